"""The receiver's clock: when a slip that nobody acted on is spoken of again, and to whom. A help, never a debt."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.plugins.referrals.domain.slip import SlipState

WAITS = frozenset({SlipState.PASSED, SlipState.ACKNOWLEDGED})
"""The states in which the prospect still waits to hear from the receiver."""

FIRST_AFTER = timedelta(days=2)
SECOND_AFTER = timedelta(days=5)
GIVER_ASKED_AFTER = timedelta(days=7)
"""How long after the last word of either side the receiver is written to, once and again, and the giver is asked."""


class Move(StrEnum):
    """What the clock does next."""

    FIRST = "first"
    SECOND = "second"
    ASK_GIVER = "ask-giver"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """How far the clock of a slip has come: the last word of either side, and what was sent since it was passed."""

    news_at: datetime
    first_at: datetime | None = None
    second_at: datetime | None = None
    asked_at: datetime | None = None


def next_move(clock: Clock, now: datetime) -> Move | None:
    """Return what is due at `now`, or None.

    Each move is made once, and never sooner after the one before than the days between them: after a stop of the
    house nobody gets everything at once.
    """
    silent = now - clock.news_at
    if clock.first_at is None:
        return Move.FIRST if silent >= FIRST_AFTER else None
    if clock.second_at is None:
        has_waited = now - clock.first_at >= SECOND_AFTER - FIRST_AFTER
        return Move.SECOND if silent >= SECOND_AFTER and has_waited else None
    if clock.asked_at is None:
        has_waited = now - clock.second_at >= GIVER_ASKED_AFTER - SECOND_AFTER
        return Move.ASK_GIVER if silent >= GIVER_ASKED_AFTER and has_waited else None
    return None
