"""How things are identified: keys inside the database, public ids in addresses, secrets in links and cookies.

Keys are 63-bit integers that grow with time, so that a group's rows lie together and in order. They never
leave the house: addresses carry a random public id instead, and a key in an address opens nothing.
"""

import random
import secrets
import threading
import time
from typing import NewType, Protocol

GroupId = NewType("GroupId", int)
PersonId = NewType("PersonId", int)
MemberId = NewType("MemberId", int)
MeetingId = NewType("MeetingId", int)
AccountId = NewType("AccountId", int)
DeviceId = NewType("DeviceId", int)
ExchangeId = NewType("ExchangeId", int)
PublicId = NewType("PublicId", str)

NETWORK = GroupId(0)
"""The ledger chain and the notices that belong to no group."""

_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
_PUBLIC_ID_LENGTH = 12
_RANDOM_BITS = 22
_EPOCH_MILLISECONDS = 1_767_225_600_000
"""The first instant of 2026, from which keys count: 41 bits of milliseconds then reach into the year 2095."""


class Ids(Protocol):
    """Where new keys, public ids and secrets come from; injected, so that a test or the demo repeats exactly."""

    def key(self) -> int:
        """Return a new key, greater than every key this source gave before."""
        ...

    def public_id(self) -> PublicId:
        """Return a new public id: 12 letters and digits without look-alikes, about 59 random bits."""
        ...

    def secret(self) -> str:
        """Return a new secret of 256 random bits, safe in an address."""
        ...


class RandomIds:
    """Ids from the operating system's randomness and clock; safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last_key = 0

    def key(self) -> int:
        milliseconds = time.time_ns() // 1_000_000 - _EPOCH_MILLISECONDS
        candidate = (milliseconds << _RANDOM_BITS) | secrets.randbits(_RANDOM_BITS)
        with self._lock:
            self._last_key = max(candidate, self._last_key + 1)
            return self._last_key

    def public_id(self) -> PublicId:
        return PublicId("".join(secrets.choice(_ALPHABET) for _ in range(_PUBLIC_ID_LENGTH)))

    def secret(self) -> str:
        return secrets.token_urlsafe(32)


class SeededIds:
    """Ids that repeat exactly for the same seed: for the demo network and for tests, never for real people."""

    def __init__(self, seed: int, first_key: int = 1_000) -> None:
        self._random = random.Random(seed)
        self._last_key = first_key

    def key(self) -> int:
        self._last_key += 1
        return self._last_key

    def public_id(self) -> PublicId:
        return PublicId("".join(self._random.choice(_ALPHABET) for _ in range(_PUBLIC_ID_LENGTH)))

    def secret(self) -> str:
        return self._random.randbytes(32).hex()
