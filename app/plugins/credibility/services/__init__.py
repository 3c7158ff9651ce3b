"""What changes a record: the weekly counting, choosing a scheme, taking part, rebuilding."""
