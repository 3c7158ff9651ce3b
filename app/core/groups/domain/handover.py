"""Offices that change hands: when a hand-over is possible, who holds what when, and that somebody always leads."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.core.errors import Refusal
from app.core.groups.domain.office import Term
from app.core.ids import MemberId

USUAL_OVERLAP_DAYS = 14
LONGEST_OVERLAP_DAYS = 60
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldTerm:
    """A term of one office and who holds it."""

    member_id: MemberId
    term: Term


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """Who gives an office to whom, from which day, and for how many days both hold it."""

    predecessor: MemberId
    successor: MemberId
    first_day: date
    overlap_days: int

    def predecessors_last_day(self, today: date) -> date:
        """Return the predecessor's last day: with no overlap the one before the successor's first, never one past."""
        return max(today, self.first_day + timedelta(days=self.overlap_days - 1))


def refusals_for_handover(wanted: Handover, held: Sequence[HeldTerm], today: date) -> list[Refusal]:
    """Return every reason why the office cannot be handed over like this; `held` are its terms."""
    refusals = []
    given = _running(wanted.predecessor, held, today)
    if given is None:
        refusals.append(Refusal(code="groups.holds_no_such_office"))
    if wanted.successor == wanted.predecessor:
        refusals.append(Refusal(code="groups.hand_over_to_oneself", field="successor"))
    if wanted.first_day < today:
        refusals.append(Refusal(code="groups.hand_over_in_the_past", field="first_day"))
    elif given is not None and wanted.first_day <= given.first:
        facts = {"began": given.first}
        refusals.append(Refusal(code="groups.hand_over_before_term", facts=facts, field="first_day"))
    if not 0 <= wanted.overlap_days <= LONGEST_OVERLAP_DAYS:
        most = {"most": LONGEST_OVERLAP_DAYS}
        refusals.append(Refusal(code="groups.bad_overlap", facts=most, field="overlap_days"))
    if wanted.successor != wanted.predecessor:
        refusals += refusals_for_term(wanted.successor, Term(first=wanted.first_day), held, field="successor")
    return refusals


def refusals_for_term(
    member_id: MemberId, term: Term, held: Iterable[HeldTerm], *, field: str
) -> list[Refusal]:
    """Return why the member cannot have this term of an office: it ends before it begins, or they hold it then."""
    if term.last is not None and term.last < term.first:
        return [Refusal(code="groups.term_backwards", facts={"starts": term.first}, field="ends_on")]
    if any(one.member_id == member_id and _overlap(one.term, term) for one in held):
        return [Refusal(code="groups.office_held_already", field=field)]
    return []


def first_day_without(terms: Iterable[Term], today: date) -> date | None:
    """Return the first day from `today` on that no term covers, or None where one is open."""
    day = today
    for term in sorted(terms, key=lambda one: one.first):
        if term.first > day:
            return day
        if term.last is None:
            return None
        day = max(day, term.last + _ONE_DAY)
    return day


def leaves_nobody(before: Iterable[Term], after: Iterable[Term], today: date) -> bool:
    """Return whether a change of terms leaves the group without a leader soon, and sooner than it was anyway.

    Soon is within the days that two may hold one office: a term that ends long after them can still be followed.
    """
    was, becomes = first_day_without(before, today), first_day_without(after, today)
    if becomes is None or becomes > today + timedelta(days=LONGEST_OVERLAP_DAYS):
        return False
    return was is None or becomes < was


def mark_of(held: Iterable[HeldTerm], today: date) -> str:
    """Return a mark of the terms that run or are to come, so that a form can tell whether they changed since."""
    lines = sorted(
        (one.member_id, one.term.first, str(one.term.last))
        for one in held
        if one.term.last is None or one.term.last >= max(today, one.term.first)
    )
    return hashlib.sha256(repr(lines).encode()).hexdigest()[:16]


def _running(member_id: MemberId, held: Iterable[HeldTerm], today: date) -> Term | None:
    return next((one.term for one in held if one.member_id == member_id and one.term.covers(today)), None)


def _overlap(one: Term, other: Term) -> bool:
    if one.last is not None and one.last < one.first:
        return False
    starts_in_time = other.last is None or one.first <= other.last
    return starts_in_time and (one.last is None or other.first <= one.last)
