"""Activities: one-to-ones of two members and learning units, one line each."""
