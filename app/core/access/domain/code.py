"""The six digits that stand beside a mailed link: how they are made, typed, and kept without being known."""

import hashlib
import hmac
import unicodedata
from typing import NewType

CodeKey = NewType("CodeKey", bytes)
"""The secret of the installation under which codes are kept: a stolen database does not tell them."""

DIGITS = 6
TRIES = 5
"""How often a wrong code may be typed before the right one opens nothing any more."""


def code_from(secret: str) -> str:
    """Return six digits drawn from `secret`, a text of 256 random bits that is used for nothing else."""
    number = int.from_bytes(hashlib.sha256(secret.encode()).digest()) % 10**DIGITS
    return f"{number:0{DIGITS}d}"


def typed_code(text: str) -> str:
    """Return the digits that somebody typed, however they grouped or wrote them; empty unless there are six."""
    digits = "".join(
        str(unicodedata.digit(letter)) for letter in text if unicodedata.digit(letter, None) is not None
    )
    return digits if len(digits) == DIGITS else ""


def code_hash(key: CodeKey, address: str, code: str) -> str:
    """Return how the code mailed to the folded `address` is kept."""
    return _keyed(key, "code", address, code)


def address_hash(key: CodeKey, address: str) -> str:
    """Return how the tries for the folded `address` are counted, whether anybody has it or not."""
    return _keyed(key, "tries", address)


def _keyed(key: CodeKey, *parts: str) -> str:
    return hmac.new(key, "\0".join(parts).encode(errors="replace"), hashlib.sha256).hexdigest()
