"""Values and rules of lunches."""
