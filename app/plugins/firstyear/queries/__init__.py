"""Reading the first year."""
