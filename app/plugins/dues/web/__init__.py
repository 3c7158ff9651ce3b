"""The pages of dues."""
