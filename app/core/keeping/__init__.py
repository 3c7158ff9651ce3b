"""Keeping the data: back-ups that were verified by restoring them, and restoring without a moment in between."""
