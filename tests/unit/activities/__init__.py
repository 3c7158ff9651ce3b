"""Unit tests of activities."""
