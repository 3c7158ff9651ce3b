"""Rules about groups, pure."""
