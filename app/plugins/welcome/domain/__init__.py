"""Rules about visitors and newcomers, pure."""
