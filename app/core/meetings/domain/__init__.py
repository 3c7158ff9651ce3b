"""Rules about meetings, pure."""
