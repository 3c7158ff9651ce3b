"""People: who someone is, in whatever groups."""
