"""Where does a member stand under the rules: what counts, what it comes to, and what would change it? In data."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import IntEnum
from fractions import Fraction
from functools import cached_property

from app.plugins.attendance.domain.rule_facts import MeetingFact
from app.plugins.attendance.domain.rule_measures import Case, Counted, Reckoning
from app.plugins.attendance.domain.rule_set import Limit, RuleBook, RuleSet, Side
from app.plugins.attendance.domain.status import Status

MOST_TRIED = 3
"""So many more of one letter are tried: what lies further away is no news today."""
MOST_ATTENDED = 26
"""So many meetings ahead it is asked whether coming betters things: half a year of weeks."""


class State(IntEnum):
    """How a member stands at one limit; the higher, the more somebody should talk with them."""

    CLEAR = 0
    TOO_EARLY = 1
    """There are too few meetings to say it."""
    NEAR = 2
    REACHED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Worsening:
    """So many more of a letter would bring the member to `state`; `before` is the first day on which it would not."""

    letter: Status
    times: int
    state: State
    value: Fraction
    before: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bettering:
    """Without anything new the member comes to a better `state` on that day."""

    on: date
    state: State
    value: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Attending:
    """Coming to so many meetings, on time, brings the member to a better `state`."""

    times: int
    state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitStanding:
    """How a member stands at one limit. What would change it is asked for one member alone, else it is empty."""

    limit: Limit
    reckoning: Reckoning
    state: State
    worsenings: tuple[Worsening, ...] = ()
    bettering: Bettering | None = None
    attending: Attending | None = None

    @property
    def value(self) -> Fraction | None:
        """What the measure comes to."""
        return self.reckoning.value

    @property
    def counted(self) -> tuple[Counted, ...]:
        """The meetings that make it up, the earliest first."""
        return self.reckoning.counted

    @property
    def leaving(self) -> tuple[Counted, ...]:
        """The meetings that will count no more from a day on, the first to leave first."""
        ending = [one for one in self.counted if one.leaves_on is not None]
        return tuple(sorted(ending, key=lambda one: (one.leaves_on or date.max, one.fact.day)))


@dataclass(frozen=True, kw_only=True)
class MemberStanding:
    """How a member stands under the rules in force on `as_of`; `rules` is None where there are none."""

    as_of: date
    rules: RuleSet | None
    limits: tuple[LimitStanding, ...]

    @cached_property
    def state(self) -> State:
        """The furthest that any limit has come; clear where there is none."""
        return max((one.state for one in self.limits), default=State.CLEAR)

    def with_state(self, state: State) -> list[LimitStanding]:
        """Return the limits that stand so."""
        return [one for one in self.limits if one.state is state]


def where_stands(
    book: RuleBook, facts: Iterable[MeetingFact], as_of: date, *, member_since: date | None = None
) -> MemberStanding:
    """Return where the member stands on `as_of`, without what would change it: for lists of many members."""
    case = Case(book=book, facts=tuple(facts), as_of=as_of, ruled_on=as_of, member_since=member_since)
    limits = case.rules.limits if case.rules else ()
    return MemberStanding(
        as_of=as_of, rules=case.rules, limits=tuple(_standing_at(case, limit) for limit in limits)
    )


def standing(
    book: RuleBook, facts: Iterable[MeetingFact], as_of: date, *, member_since: date | None = None
) -> MemberStanding:
    """Return where the member stands on `as_of`, and at each limit what would make it worse or better."""
    case = Case(book=book, facts=tuple(facts), as_of=as_of, ruled_on=as_of, member_since=member_since)
    found = where_stands(book, case.facts, as_of, member_since=member_since)
    return replace(found, limits=tuple(_with_changes(case, one) for one in found.limits))


def state_at(limit: Limit, value: Fraction | None) -> State:
    """Return how a value stands at the limit."""
    if value is None:
        return State.TOO_EARLY
    if _is_past(limit.side, value, limit.reached):
        return State.REACHED
    if limit.near is not None and _is_past(limit.side, value, limit.near):
        return State.NEAR
    return State.CLEAR


def _is_past(side: Side, value: Fraction, number: Fraction) -> bool:
    if side is Side.AT_LEAST:
        return value >= number
    return value > number if side is Side.MORE_THAN else value < number


def _standing_at(case: Case, limit: Limit) -> LimitStanding:
    reckoning = case.reckoned[limit.measure]
    return LimitStanding(limit=limit, reckoning=reckoning, state=state_at(limit, reckoning.value))


def _with_changes(case: Case, now: LimitStanding) -> LimitStanding:
    days = sorted({one.leaves_on for one in now.counted if one.leaves_on and one.leaves_on > case.as_of})
    return replace(
        now,
        worsenings=tuple(_worsenings(case, now, days)),
        bettering=_bettering(case, now, days),
        attending=_attending(case, now),
    )


def _worsenings(case: Case, now: LimitStanding, days: Sequence[date]) -> Iterator[Worsening]:
    """Yield the fewest further absences, lates and substitutes that lead to each worse state."""
    for letter in (Status.ABSENT, Status.LATE, Status.SUBSTITUTE):
        reached = now.state
        for times in range(1, MOST_TRIED + 1):
            then = _after(case, now.limit, letter, times, case.as_of)
            if then.state is State.TOO_EARLY or then.value is None or then.state <= reached:
                continue
            reached = then.state
            later = ((day, _after(case, now.limit, letter, times, day).state) for day in days)
            yield Worsening(
                letter=letter,
                times=times,
                state=then.state,
                value=then.value,
                before=next((day for day, state in later if state < reached), None),
            )


def _bettering(case: Case, now: LimitStanding, days: Sequence[date]) -> Bettering | None:
    if now.state < State.NEAR:
        return None
    for day in days:
        then = _standing_at(replace(case, as_of=day), now.limit)
        if then.state < now.state and then.value is not None:
            return Bettering(on=day, state=then.state, value=then.value)
    return None


def _attending(case: Case, now: LimitStanding) -> Attending | None:
    if now.state < State.NEAR:
        return None
    for times in range(1, MOST_ATTENDED + 1):
        then = _after(case, now.limit, Status.PRESENT, times, case.as_of)
        if then.state < now.state:
            return Attending(times=times, state=then.state)
    return None


def _after(case: Case, limit: Limit, letter: Status, times: int, day: date) -> LimitStanding:
    """Return how the limit would stand on `day` after so many more meetings with the letter."""
    more = tuple(_imagined(letter, day, number) for number in range(times))
    imagined = replace(case, facts=(*case.facts, *more), as_of=day)
    return _standing_at(imagined, limit)


def _imagined(letter: Status, day: date, number: int) -> MeetingFact:
    begins = datetime(day.year, day.month, day.day, 23, 59, number, tzinfo=UTC)
    return MeetingFact(meeting=f"imagined {number}", day=day, starts_at_utc=begins, letter=letter)
