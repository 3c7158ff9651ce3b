"""Who could be asked to take an office, and how long an offer stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.core.errors import Refusal
from app.core.groups.domain.office import Term
from app.core.ids import MemberId

SUGGESTED_AT_MOST = 8
LONGEST_TERM = timedelta(days=3 * 366)


class OfferState(StrEnum):
    """How an offer stands."""

    OPEN = "open"
    TAKEN = "taken"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class Answer(StrEnum):
    """What somebody who was asked said; nothing yet is empty."""

    NONE = ""
    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Servant:
    """A member as far as offices go: `last_on` is the last day of their latest term, None where they never held one.

    `is_bound` says that they hold an office, or will.
    """

    member_id: MemberId
    joined_on: date
    last_on: date | None
    is_bound: bool


def suggested(
    servants: Iterable[Servant], *, today: date, settling_in_days: int, at_most: int = SUGGESTED_AT_MOST
) -> frozenset[MemberId]:
    """Return whom to think of first: those who never held an office, then those whose last term is longest ago.

    Not who holds one or will, nor who is settling in. It is a set, because no page shows an order among them.
    """
    settled_by = today - timedelta(days=settling_in_days)
    free = [one for one in servants if not one.is_bound and one.joined_on <= settled_by]
    by_time = sorted(free, key=lambda one: (one.last_on or date.min, one.joined_on, one.member_id))
    return frozenset(one.member_id for one in by_time[:at_most])


def refusals_for_offer(term: Term, asked: Sequence[MemberId], today: date) -> list[Refusal]:
    """Return every reason why the office cannot be offered like this."""
    refusals = []
    if term.first <= today:
        refusals.append(Refusal(code="offices.starts_too_soon", field="starts_on"))
    if term.last is not None and term.last < term.first:
        facts = {"starts": term.first}
        refusals.append(Refusal(code="offices.ends_before_start", facts=facts, field="ends_on"))
    elif term.last is not None and term.last - term.first > LONGEST_TERM:
        refusals.append(Refusal(code="offices.term_too_long", field="ends_on"))
    if not asked:
        refusals.append(Refusal(code="offices.nobody_asked", field="members"))
    return refusals


def state_on(state: OfferState, starts_on: date, today: date) -> OfferState:
    """Return how an offer stands today: one that is open when its term begins is over, though nobody noted it yet."""
    return OfferState.EXPIRED if state is OfferState.OPEN and starts_on <= today else state
