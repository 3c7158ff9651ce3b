"""Reading profiles, photos, recordings and who is expected."""
