"""Reading what is kept about joining."""
