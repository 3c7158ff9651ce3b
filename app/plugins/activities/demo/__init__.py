"""Invented one-to-ones and learning units for the demo network."""
