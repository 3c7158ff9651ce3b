"""Reading records. `secret` alone reads what was reported; everything else gets `Surfaced` or `Withheld`."""
