"""Are two contacts the same? A mail address whatever its letters, a number whatever its spaces and its country code."""

import re
from unicodedata import decimal

_FEWEST_DIGITS = 6
"""Fewer digits are no number by which somebody is found."""
_LOCAL_DIGITS = 8
"""So many equal digits at the end are one number, written with its country code or without."""


def is_findable(contact: str) -> bool:
    """Return whether somebody can be found by it: a mail address, or a number long enough."""
    return "@" in contact or len(_digits(contact)) >= _FEWEST_DIGITS


def is_same_contact(one: str, other: str) -> bool:
    """Return whether both reach the same person; what can be found by neither way is never the same."""
    if "@" in one or "@" in other:
        return _letters(one) == _letters(other)
    first, second = sorted((_digits(one), _digits(other)), key=len)
    if len(first) < _FEWEST_DIGITS:
        return False
    return first == second or (len(first) >= _LOCAL_DIGITS and second.endswith(first))


def _letters(text: str) -> str:
    return "".join(text.split()).casefold()


def _digits(text: str) -> str:
    return "".join(str(decimal(one)) for one in re.sub(r"\D", "", text)).lstrip("0")
