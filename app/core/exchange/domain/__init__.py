"""Rules of finding a member of another group."""
