"""Reading visitors and newcomers."""
