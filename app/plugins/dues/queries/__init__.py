"""Reading dues."""
