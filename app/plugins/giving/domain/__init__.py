"""Rules of giving: pure, without a database."""
