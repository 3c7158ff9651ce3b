"""Does what somebody typed mean this member: by name, trade or group, whatever the accents?"""

import unicodedata

FEWEST_LETTERS = 2
"""Fewer letters find nobody: people of other groups are looked for, not leafed through."""


def folded(text: str) -> str:
    """Return the text without case and accents, so that “joao” finds João."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def may_be_looked_for(typed: str) -> bool:
    """Return whether enough was typed to look for somebody."""
    return sum(letter.isalnum() for letter in folded(typed)) >= FEWEST_LETTERS


def is_meant(typed: str, *texts: str) -> bool:
    """Return whether every word that was typed stands in one of the texts."""
    known = " ".join(folded(text) for text in texts)
    return all(word in known for word in folded(typed).split())
