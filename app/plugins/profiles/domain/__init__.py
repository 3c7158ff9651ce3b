"""Rules of profiles: pure, without a database."""
