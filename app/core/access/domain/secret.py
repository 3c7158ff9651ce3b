"""How secrets are kept: the database holds the SHA-256 of a token of 256 random bits, never the token."""

import hashlib


def hash_of(token: str) -> str:
    """Return the 64 hexadecimal digits under which `token` is known."""
    return hashlib.sha256(token.encode()).hexdigest()
