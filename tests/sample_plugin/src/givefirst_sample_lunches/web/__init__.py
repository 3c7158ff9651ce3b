"""The pages of lunches."""
