"""The rules of one-to-ones and learning units."""
