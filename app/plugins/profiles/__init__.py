"""Names and faces: a profile in one's own words, how a name is said, photos, practice cards, badges."""
