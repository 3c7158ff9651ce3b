"""Pages of visitors and newcomers."""
