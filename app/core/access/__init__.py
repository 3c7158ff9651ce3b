"""Access: accounts, sessions, devices, and who may do what."""
