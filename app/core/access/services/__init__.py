"""Use cases of access: accounts and their links, sessions, devices."""
