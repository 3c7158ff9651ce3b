"""The acts of attendance: signing in, marking, submitting, opening the room's screen, taking in files."""
