"""What is done with dues."""
