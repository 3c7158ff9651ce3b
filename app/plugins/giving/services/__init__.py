"""What members do: ask, answer, introduce, thank, recommend."""
