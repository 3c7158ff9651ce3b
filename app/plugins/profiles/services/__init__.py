"""What members do: write, show and take away what they tell of themselves."""
