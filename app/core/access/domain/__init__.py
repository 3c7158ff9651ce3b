"""Rules of access, pure."""
