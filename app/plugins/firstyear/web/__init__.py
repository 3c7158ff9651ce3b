"""Pages of the first year."""
