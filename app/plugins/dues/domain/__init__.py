"""The rules of dues."""
