"""Rules of the first year, pure."""
