"""When are two slips about the same prospect? Names and contacts are compared as people mean them, not as they type them."""

import unicodedata
from datetime import timedelta

REMEMBERED = timedelta(days=30)
"""A slip for the same prospect to the same receiver within this time may be the same referral, passed twice."""

_FEWEST_DIGITS = 6


def is_same_prospect(name: str, contact: str, other_name: str, other_contact: str) -> bool:
    """Return whether two prospects have the same name, or the same telephone number or mail address."""
    return _name(name) == _name(other_name) or _contact(contact) == _contact(other_contact)


def _name(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(one for one in plain if one.isalnum())


def _contact(text: str) -> str:
    """Return what identifies a contact: the digits of a telephone number, without the zeros it may begin with."""
    digits = "".join(one for one in text if one.isdecimal()).lstrip("0")
    if "@" not in text and len(digits) >= _FEWEST_DIGITS:
        return digits
    return "".join(text.split()).casefold()
