"""The ledger: what happened, in order, kept for good."""
