"""What does the group's door ask, which PIN is good enough, and what stands in a member's personal code?"""

import base64
import hmac
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from itertools import pairwise

from app.core.errors import Refusal
from app.core.ids import GroupId, MemberId

FETCHED_AHEAD = timedelta(hours=24)
"""How long before a meeting a tablet is told the names, so that it needs no network on the morning."""
SHOWN_BEFORE = timedelta(minutes=60)
SHOWN_AFTER = timedelta(minutes=120)
"""From when to when, around the start and after the end, the tablet shows them."""

CODE_GOOD_FOR = timedelta(minutes=30)
"""How long the one-time code of a new tablet may be typed."""
CODE_LENGTH = 8
TABLET_LIVES = timedelta(days=2 * 365)

SHORTEST_PIN = 4
LONGEST_PIN = 8
MOST_WRONG_PROOFS = 5
"""After so many wrong ones for a member at one meeting none is tried any more: a PIN of four digits is soon guessed."""

_PERSONAL = b"givefirst attendance personal code 1"
_MARK = "GF1-"
_FAMILIAR = frozenset(
    {"1212", "2580", "0852", "1122", "1313", "2000", "4711", "1004", "6969", "102030", "121212"}
)


class Asks(StrEnum):
    """What a member adds to the name at the tablet."""

    NOTHING = "nothing"
    PIN = "pin"
    """A PIN or the personal code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """How the group's tablet signs people in. `version` is 0 before it was ever changed."""

    asks: Asks = Asks.NOTHING
    guests_allowed: bool = True
    version: int = 0


def refusals_for_pin(pin: str, again: str) -> list[Refusal]:
    """Return every reason why `pin` cannot be a member's PIN; `again` is what was typed the second time."""
    if not (pin.isascii() and pin.isdigit() and SHORTEST_PIN <= len(pin) <= LONGEST_PIN):
        facts = {"shortest": SHORTEST_PIN, "longest": LONGEST_PIN}
        return [Refusal(code="attendance.pin_shape", facts=facts, field="pin")]
    refusals = []
    if _is_trivial(pin):
        refusals.append(Refusal(code="attendance.pin_trivial", field="pin"))
    if pin != again:
        refusals.append(Refusal(code="attendance.pin_differs", field="again"))
    return refusals


def key_for_personal_codes(secret_key: bytes) -> bytes:
    """Return the key that personal codes are made of, derived from the installation's secret."""
    return hmac.digest(secret_key, _PERSONAL, "sha256")


def personal_code(key: bytes, group_id: GroupId, member_id: MemberId, serial: int) -> str:
    """Return the text of a member's personal code, 128 bits; a new `serial` makes another one and ends the old."""
    drawn = hmac.digest(key, f"{group_id}:{member_id}:{serial}".encode(), "sha256")[:16]
    return _MARK + base64.b32encode(drawn).decode().rstrip("=")


def code_as_scanned(text: str) -> str:
    """Return a personal code as it was made, from what a camera read."""
    return text.strip().upper()


def _is_trivial(pin: str) -> bool:
    """Return whether anybody would try it first: one digit, a row, a pair said twice, a year, a pattern of the pad."""
    digits = [int(one) for one in pin]
    steps = {(after - before) % 10 for before, after in pairwise(digits)}
    is_row = len(steps) == 1 and steps <= {0, 1, 9}
    is_said_twice = len(pin) % 2 == 0 and pin[: len(pin) // 2] == pin[len(pin) // 2 :]
    is_year = len(pin) == 4 and pin[:2] in {"19", "20"}
    return is_row or is_said_twice or is_year or pin in _FAMILIAR
