"""Invented profiles for the demo network."""
