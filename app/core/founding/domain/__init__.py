"""Rules of founding, pure."""
