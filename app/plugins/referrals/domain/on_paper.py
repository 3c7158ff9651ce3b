"""Slips written on paper and typed in later: on which days that may be, and which of a pile look like the same one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import combinations

from app.core.errors import Refusal
from app.core.ids import MemberId
from app.plugins.referrals.domain.likeness import is_same_prospect
from app.plugins.referrals.domain.slip import Slip, passed

TYPED_IN_WITHIN = timedelta(days=10)
"""How long after the day on the paper a slip may count on that day: a week, and the days until somebody sits down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A slip of the pile as far as likeness goes; `number` is its place in the pile."""

    number: int
    giver: MemberId
    receiver: MemberId
    prospect_name: str
    prospect_contact: str


def refusals_for_day(day: date | None, *, today: date) -> list[Refusal]:
    """Return why the slips cannot count on `day`: missing, to come, or too long ago."""
    if day is not None and today - TYPED_IN_WITHIN <= day <= today:
        return []
    facts = {"days": TYPED_IN_WITHIN.days, "first": (today - TYPED_IN_WITHIN).isoformat()}
    return [Refusal(code="referrals.paper_day_bad", facts=facts, field="paper_day")]


def passed_on_paper(*, giver: MemberId, receiver: MemberId, on: datetime, now: datetime) -> Slip:
    """Return a slip that counts from `on` and is known to its receiver from `now` on, when its clock starts."""
    return replace(passed(giver=giver, receiver=receiver, now=now), passed_at=on)


def alike_in(pile: Sequence[Written]) -> list[tuple[int, int]]:
    """Return the places of each two slips of the pile with the same two sides and the same prospect."""
    return [
        (one.number, other.number) for one, other in combinations(pile, 2) if _is_same_referral(one, other)
    ]


def _is_same_referral(one: Written, other: Written) -> bool:
    return (one.giver, one.receiver) == (other.giver, other.receiver) and is_same_prospect(
        one.prospect_name, one.prospect_contact, other.prospect_name, other.prospect_contact
    )
