"""Who could be a mentor: whoever holds the office or offers it, has been here a while, and has not just done it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.core.ids import MemberId

EXPERIENCED_AFTER = timedelta(days=182)
"""Before that a member is still finding the own way."""

LATELY = timedelta(days=365)
"""Whoever mentored within this time is asked after the others."""

ANSWER_WITHIN = timedelta(days=7)
"""After that the office is told that it may ask somebody else."""


class AskState(StrEnum):
    """How it stands with somebody who was asked to be a mentor. The value is what the database keeps."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    STEPPED_BACK = "stepped-back"
    OVER = "over"


OPEN = frozenset({AskState.ASKED, AskState.ACCEPTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A member as a mentor to be: `newcomers` in their care now, and the day on which they last took one on."""

    member_id: MemberId
    joined_on: date
    is_in_office: bool
    has_offered: bool
    newcomers: int = 0
    last_on: date | None = None
    has_declined: bool = False
    """Declined, stepped back or was withdrawn for this very newcomer."""


def suggested(newcomer: MemberId, candidates: Iterable[Candidate], today: date) -> list[Candidate]:
    """Return who may be asked, the best first: willing, experienced, with few newcomers, not lately.

    It orders for the office that asks, and is shown to nobody else.
    """
    fit = [
        one
        for one in candidates
        if one.member_id != newcomer
        and (one.is_in_office or one.has_offered)
        and not one.has_declined
        and today - one.joined_on >= EXPERIENCED_AFTER
    ]
    return sorted(fit, key=lambda one: (one.newcomers, _was_lately(one, today), one.joined_on, one.member_id))


def _was_lately(one: Candidate, today: date) -> bool:
    return one.last_on is not None and today - one.last_on < LATELY
