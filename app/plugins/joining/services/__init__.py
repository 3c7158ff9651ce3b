"""What people do on the way into the group."""
