"""Welcome: visitors noted in one line, and newcomers who find a named contact waiting."""
