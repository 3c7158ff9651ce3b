"""Password hashes: argon2id at 19 MiB, two passes; never computed inside a transaction, two at a time at most."""

from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_at_once = BoundedSemaphore(2)


def hash_password(password: str) -> str:
    """Return the hash to keep; about 25 ms."""
    with _at_once:
        return _hasher.hash(password)


def is_password(password: str, kept_hash: str | None) -> bool:
    """Return whether `password` fits; without a hash the same work is done, so that nobody can tell by the time."""
    with _at_once:
        try:
            _hasher.verify(kept_hash or _hash_of_nobody(), password)
        except (VerifyMismatchError, InvalidHashError):
            return False
    return kept_hash is not None


@cache
def _hash_of_nobody() -> str:
    return _hasher.hash("nobody has this password, and checking it takes as long as any other")
