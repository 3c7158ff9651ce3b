"""The short name that stands in a group's addresses, made from its name so that nobody is asked for it."""

import re
import unicodedata

LONGEST = 50
WITHOUT_LETTERS = "group"

_SPELLED = str.maketrans(
    {"ß": "ss", "æ": "ae", "ø": "o", "đ": "d", "ł": "l", "œ": "oe", "þ": "th", "ð": "d", "ı": "i"}
)


def address_name(name: str, number: int = 1) -> str:
    """Return the name in small ASCII letters, digits and hyphens; from the second on with its number.

    A name of other scripts alone becomes `group`.
    """
    spelled = unicodedata.normalize("NFKD", name.casefold().translate(_SPELLED))
    bare = (
        "".join(letter for letter in spelled if not unicodedata.combining(letter))
        .replace("'", "")
        .replace("’", "")
    )
    words = re.sub(r"[^a-z0-9]+", "-", bare).strip("-")[:LONGEST].strip("-") or WITHOUT_LETTERS
    return words if number == 1 else f"{words}-{number}"
