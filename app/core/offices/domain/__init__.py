"""The rules of offers and of what goes with an office."""
