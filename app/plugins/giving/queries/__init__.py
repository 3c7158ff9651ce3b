"""Reading asks, introductions and words."""
