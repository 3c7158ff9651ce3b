"""Whether a code read off the room's screen is good: it changes every 15 seconds and dies 30 after it was first shown.

The code is an HMAC of the group, the meeting and the slot of time, so nothing is stored and nobody can compute the
next one. It is short enough to be typed: 8 letters and digits without look-alikes, 40 bits.
"""

import hashlib
import hmac
from datetime import datetime
from enum import StrEnum

from app.core.ids import GroupId, MeetingId

SLOT_SECONDS = 15
GOOD_SLOTS = 2
"""The slot that runs and the one before it: a code is good for 15 to 30 seconds after it was shown."""
REMEMBERED_SLOTS = 240
"""How far back a code is still told apart from a wrong one: an hour."""

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_LENGTH = 8
_BITS_PER_LETTER = 5
_PURPOSE = b"givefirst attendance room code 1"


class CodeDecision(StrEnum):
    """What a code proves."""

    GOOD = "good"
    EXPIRED = "expired"
    """It was shown for this meeting within the last hour, and is over."""
    WRONG = "wrong"


def key_for_room_codes(secret_key: bytes) -> bytes:
    """Return the key of the codes, derived from the installation's secret so that neither gives the other away."""
    return hmac.digest(secret_key, _PURPOSE, "sha256")


def slot_at(instant: datetime) -> int:
    """Return the number of the 15-second slot that `instant` lies in."""
    return int(instant.timestamp()) // SLOT_SECONDS


def code_in(key: bytes, group_id: GroupId, meeting_id: MeetingId, slot: int) -> str:
    """Return the code that the screen of the meeting shows in `slot`."""
    digest = hmac.digest(key, f"{group_id}:{meeting_id}:{slot}".encode(), hashlib.sha256)
    number = int.from_bytes(digest[:CODE_LENGTH], "big")
    return "".join(ALPHABET[(number >> (_BITS_PER_LETTER * place)) & 31] for place in range(CODE_LENGTH))


def seconds_left(instant: datetime) -> float:
    """Return for how long the code of the slot that runs at `instant` is still good."""
    return (slot_at(instant) + GOOD_SLOTS) * SLOT_SECONDS - instant.timestamp()


def as_typed(text: str) -> str:
    """Return a code as a person types it, without spaces, hyphens and case."""
    return "".join(text.split()).replace("-", "").upper()


def as_read(code: str) -> str:
    """Return the code in two halves, as it is read off a screen."""
    half = CODE_LENGTH // 2
    return f"{code[:half]} {code[half:]}"


def decided(
    key: bytes, group_id: GroupId, meeting_id: MeetingId, *, code: str, now: datetime
) -> CodeDecision:
    """Return what `code` proves at `now`; takes the same time for every code that is not good."""
    tried = code.encode()
    slot = slot_at(now)
    for age in range(GOOD_SLOTS):
        if hmac.compare_digest(tried, code_in(key, group_id, meeting_id, slot - age).encode()):
            return CodeDecision.GOOD
    was_shown = False
    for age in range(GOOD_SLOTS, REMEMBERED_SLOTS):
        was_shown |= hmac.compare_digest(tried, code_in(key, group_id, meeting_id, slot - age).encode())
    return CodeDecision.EXPIRED if was_shown else CodeDecision.WRONG
