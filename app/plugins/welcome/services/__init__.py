"""Use cases: a visitor is noted, completed, forgotten; a newcomer is welcomed."""
