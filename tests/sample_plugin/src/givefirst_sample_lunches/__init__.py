"""Lunch after the meeting: who comes, and what they eat."""
