"""Disagreeing with a counted report: until when, what freezes it, who decides, and what their words come to. Pure rules."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Final

from app.core.errors import Refusal
from app.core.ids import MemberId

APPEAL_DAYS: Final = 30
"""A report can be disagreed with for so long after it was published."""

FREEZES_EVERY: Final = timedelta(days=180)
"""The first disagreement within this time takes the report out of the sums at once; later ones do not."""

DECIDED_WITHIN: Final = timedelta(days=21)
THIRD_HAS: Final = timedelta(days=7)
"""A third who is asked late has so long at least."""

REMINDED_BEFORE: Final = timedelta(days=5)
"""Who was asked and has not decided is reminded once, so long before the end."""

KEPT_FOR: Final = timedelta(days=365)
"""Reasons and decisions are forgotten so long after the end."""

LEAST_MEMBERS: Final = 5
"""Two sides and three who can decide: a smaller group cannot."""

LONGEST_REASON: Final = 2000


class AppealState(StrEnum):
    """Where an appeal stands. Moot: the report was corrected or taken away meanwhile."""

    OPEN = "open"
    UPHELD = "upheld"
    REJECTED = "rejected"
    LAPSED = "lapsed"
    MOOT = "moot"


class Tier(StrEnum):
    """Who is asked to decide, in this order: those who lead, then whoever holds another office, then members by lot."""

    LEADER = "1-leader"
    OFFICE = "2-office"
    MEMBER = "3-member"


class Outcome(StrEnum):
    """What the words of the deciders come to so far."""

    WAITING = "waiting"
    THIRD = "third"
    UPHELD = "upheld"
    REJECTED = "rejected"


SAYS: Final = ("uphold", "keep")


def may_appeal(published_on: date, today: date) -> bool:
    """Return whether a report published on that day can still be disagreed with."""
    return (today - published_on).days <= APPEAL_DAYS


def freezes(earlier: Collection[datetime], now: datetime) -> bool:
    """Return whether an appeal filed now takes its report out of the sums at once, after those filed earlier."""
    return all(now - one >= FREEZES_EVERY for one in earlier)


def asked_next(
    eligible: Mapping[MemberId, Tier], taken: Collection[MemberId], lot: str, count: int
) -> list[MemberId]:
    """Return who decides, so many, without those who were asked already: by tier, and by lot within one."""

    def place(member: MemberId) -> tuple[str, str]:
        return eligible[member].value, sha256(f"{lot} {member}".encode()).hexdigest()

    return sorted((one for one in eligible if one not in taken), key=place)[:count]


def is_to_remind(due_at: datetime, now: datetime) -> bool:
    """Return whether those whose word is missing are to be reminded now: the end is near and has not come."""
    return due_at - REMINDED_BEFORE <= now < due_at


def outcome_of(says: Sequence[str]) -> Outcome:
    """Return what the words come to: two that agree decide; where two differ a third is asked."""
    if says.count("uphold") >= 2:  # two that agree
        return Outcome.UPHELD
    if says.count("keep") >= 2:  # likewise
        return Outcome.REJECTED
    return Outcome.THIRD if len(says) > 1 else Outcome.WAITING


def refusals_for_reason(reason: str) -> list[Refusal]:
    """Return what is wrong with a written reason."""
    if not reason.strip():
        return [Refusal(code="credibility.no_reason", field="reason")]
    if len(reason) > LONGEST_REASON:
        facts = {"most": LONGEST_REASON}
        return [Refusal(code="credibility.long_reason", field="reason", facts=facts)]
    return []


def refusals_for_word(says: str, reason: str) -> list[Refusal]:
    """Return what is wrong with a decider's word: it is one of two, with its reason."""
    missing = [] if says in SAYS else [Refusal(code="credibility.no_decision", field="says")]
    return missing + refusals_for_reason(reason)
