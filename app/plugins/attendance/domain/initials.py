"""Under which letter does somebody look for their own name? Two taps find it: the letter, then the name."""

import unicodedata
from collections.abc import Iterable
from itertools import groupby

FEW = 12
"""As many names as one screen shows at once; only more are found by their letter first."""


def initial_of(name: str) -> str:
    """Return the capital that `name` is looked up by: É is found under E; a name without letters under its first sign."""
    signs = [sign for sign in unicodedata.normalize("NFKD", name) if sign.isalnum()] or list(name) or ["?"]
    return signs[0].upper()[:1]


def initials_of(names: Iterable[str]) -> list[str]:
    """Return every capital that one of the names is looked up by, each once, in order."""
    return [letter for letter, _names in groupby(sorted(initial_of(name) for name in names))]
