"""Rules about seats, applications and decisions, pure."""
