"""Reading one-to-ones and learning units."""
