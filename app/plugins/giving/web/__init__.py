"""Pages of giving."""
