"""What follows from one tap on the tablet: a letter with its grade, nothing new, or a question for the leader."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.plugins.attendance.domain.door import Asks
from app.plugins.attendance.domain.evidence import Grade, Origin
from app.plugins.attendance.domain.interval_rule import LONG_AGO, Bounds, Fault
from app.plugins.attendance.domain.punctuality import Verdict, status_by
from app.plugins.attendance.domain.rules import MeetingFacts
from app.plugins.attendance.domain.status import CAME, Status
from app.plugins.attendance.domain.tablet_events import GUESTS, Kind

AT_ONCE = timedelta(seconds=90)
"""A tap that provably was sent within this time had a network; what lay longer is graded as offline."""


class State(StrEnum):
    """What became of an event."""

    DONE = "done"
    WAITS = "waits"
    DECIDED = "decided"


class Proven(StrEnum):
    """What came of the PIN or code beside the name."""

    NONE = "none"
    RIGHT = "right"
    WRONG = "wrong"


class Why(StrEnum):
    """Why an event waits for the leader."""

    CHANGED = Fault.CHANGED.value
    TWICE = Fault.TWICE.value
    LINK_MISSING = Fault.LINK_MISSING.value
    CLOCK = Fault.CLOCK.value
    NO_MEETING = "no-meeting"
    CANCELLED = "cancelled"
    TOO_EARLY = "too-early"
    TOO_LATE = "too-late"
    UNKNOWN_CODE = "unknown-code"
    NOT_A_MEMBER = "not-a-member"
    RECORD_SAYS_OTHER = "record-says-other"
    RECORD_CLOSED = "record-closed"
    NO_GUESTS = "no-guests"
    PROOF_WRONG = "proof-wrong"
    PROOF_MISSING = "proof-missing"
    UNDECIDED = "undecided"


_BY_THEMSELVES = frozenset({Origin.TABLET.value, Origin.ROOM_CODE.value})
"""Ways by which members sign in themselves; nobody of an office chose the letter."""

TO_PUT_RIGHT_NOW = frozenset({Why.PROOF_WRONG, Why.PROOF_MISSING, Why.UNKNOWN_CODE})
"""What the person at the tablet may put right themselves, by trying again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the record says already of the member: the letter, and the way by which it came."""

    status: Status | None = None
    origin: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """All that one event is judged by. `meeting` is None where it names none of the group."""

    kind: Kind
    bounds: Bounds
    uploaded_at: datetime
    meeting: MeetingFacts | None
    is_known: bool
    was_member: bool
    standing: Standing
    proof: Proven
    asks: Asks
    guests_allowed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What follows. `writes` is the letter to be written, over the standing one where `betters`; `arrived` goes with it."""

    state: State
    why: Why | None = None
    writes: Status | None = None
    grade: Grade | None = None
    arrived: datetime | None = None
    betters: bool = False


def outcome_of(case: Case) -> Outcome:
    """Return what follows from the event; it never counts where anything is in doubt."""
    if why := _why_not_at_all(case):
        return _waits(why)
    if case.kind in GUESTS:
        return Outcome(state=State.DONE) if case.guests_allowed else _waits(Why.NO_GUESTS)
    if why := _why_not_this_member(case):
        return _waits(why)
    if _says_so_already(case):
        return _already(case)
    if case.standing.status is not None:
        return _waits(Why.RECORD_SAYS_OTHER)
    if why := _why_not_yet(case):
        return _waits(why)
    verdict = _verdict(case)
    if case.kind is Kind.SUBSTITUTE:
        return _written(case, Status.SUBSTITUTE, verdict)
    if verdict is Verdict.UNDECIDED:
        return _waits(Why.UNDECIDED)
    return _written(case, status_by(verdict), verdict)


def _why_not_at_all(case: Case) -> Why | None:
    """Return why nothing can follow, whoever it was."""
    if case.bounds.fault is not None:
        return Why(case.bounds.fault.value)
    if case.meeting is None:
        return Why.NO_MEETING
    if not case.meeting.takes_place:
        return Why.CANCELLED
    if case.bounds.latest < case.meeting.opens_at_utc:
        return Why.TOO_EARLY
    if (case.bounds.earliest or LONG_AGO) > case.meeting.closes_at_utc:
        return Why.TOO_LATE
    return None


def _why_not_this_member(case: Case) -> Why | None:
    if not case.is_known:
        return Why.UNKNOWN_CODE
    return None if case.was_member else Why.NOT_A_MEMBER


def _says_so_already(case: Case) -> bool:
    if case.kind is Kind.SUBSTITUTE:
        return case.standing.status is Status.SUBSTITUTE
    return case.standing.status in CAME


def _already(case: Case) -> Outcome:
    """Return nothing new, unless this tap proves that somebody whom a later sign-in made late was on time.

    Tablets and phones may come back in any order; whichever is first, the earlier arrival stands. What an office wrote stands.
    """
    is_of_member = case.standing.origin in _BY_THEMSELVES
    was_late = case.standing.status is Status.LATE and case.kind is Kind.MEMBER
    if was_late and is_of_member and _why_not_yet(case) is None and _verdict(case) is Verdict.ON_TIME:
        return _written(case, Status.PRESENT, Verdict.ON_TIME, betters=True)
    return Outcome(state=State.DONE)


def _why_not_yet(case: Case) -> Why | None:
    if case.meeting is not None and not case.meeting.record.is_open:
        return Why.RECORD_CLOSED
    if case.proof is Proven.WRONG:
        return Why.PROOF_WRONG
    if case.asks is Asks.PIN and case.proof is Proven.NONE and case.kind is Kind.MEMBER:
        return Why.PROOF_MISSING
    return None


def _verdict(case: Case) -> Verdict:
    return case.bounds.verdict(case.meeting.cut_off) if case.meeting else Verdict.UNDECIDED


def _written(case: Case, status: Status | None, verdict: Verdict, *, betters: bool = False) -> Outcome:
    """Return the letter; of the two bounds the one counts that is better for the member, for no more is proven.

    A substitute of whom nothing is proven has no time: they came, and nobody says late.
    """
    is_late = verdict is Verdict.LATE and case.bounds.earliest is not None
    arrived = case.bounds.earliest if is_late else case.bounds.latest
    return Outcome(
        state=State.DONE,
        writes=status,
        grade=_grade(case),
        arrived=None if verdict is Verdict.UNDECIDED else arrived,
        betters=betters,
    )


def _grade(case: Case) -> Grade:
    earliest = case.bounds.earliest
    if earliest is None or case.uploaded_at - earliest > AT_ONCE:
        return Grade.OFFLINE_WITHIN_BOUNDS
    return Grade.TABLET_AND_PIN if case.proof is Proven.RIGHT else Grade.NAME_ON_TABLET


def _waits(why: Why) -> Outcome:
    return Outcome(state=State.WAITS, why=why)
