"""What happens in the first year."""
