"""The pages of credibility."""
