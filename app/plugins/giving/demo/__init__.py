"""Invented asks, introductions and kind words for the demo network."""
