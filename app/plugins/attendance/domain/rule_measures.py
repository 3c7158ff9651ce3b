"""What does each measure of a rule set come to for one member, and which meetings make it up? Pure, without a clock."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType

from app.plugins.attendance.domain.rule_facts import MeetingFact, happenings_of, in_order, weighed_as
from app.plugins.attendance.domain.rule_set import (
    EXCUSABLE,
    Happening,
    Measure,
    MeasureKind,
    RuleBook,
    RuleSet,
    Window,
    WindowKind,
)
from app.plugins.attendance.domain.rule_windows import leaves_on

_ALL_OF_IT = Fraction(100)
_DAYS_OF_A_WEEK = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A meeting that counts in a measure: with which weight, as what, and until which day (None: no day ends it)."""

    fact: MeetingFact
    weight: Fraction
    why: tuple[Happening, ...]
    leaves_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoning:
    """What a measure comes to; `value` is None while there are too few meetings to say it."""

    value: Fraction | None
    counted: tuple[Counted, ...] = ()


NOTHING = Reckoning(value=Fraction(0))


@dataclass(frozen=True, kw_only=True)
class Case:
    """One member's meetings, looked at on `as_of` under the rules in force on `ruled_on`: today, while it looks ahead."""

    book: RuleBook
    facts: Sequence[MeetingFact]
    as_of: date
    ruled_on: date
    member_since: date | None = None

    @cached_property
    def rules(self) -> RuleSet | None:
        """The rules in force; None where there are none yet."""
        found = self.book.in_force(self.ruled_on)
        return found.rules if found else None

    @cached_property
    def known(self) -> Sequence[MeetingFact]:
        """The meetings until the day, in order, without those before a fresh start."""
        version = self.book.in_force(self.ruled_on)
        first = version.effective_on if version and version.fresh_start else date.min
        return in_order(fact for fact in self.facts if first <= fact.day <= self.as_of)

    @cached_property
    def reckoned(self) -> Mapping[str, Reckoning]:
        """What each measure comes to, by its key."""
        found: dict[str, Reckoning] = {}
        for measure in self.rules.measures if self.rules else ():
            found[measure.key] = _RECKONERS[measure.kind](self, measure, found)
        return MappingProxyType(found)

    def within(self, window: Window) -> Sequence[MeetingFact]:
        """Return the known meetings that the window still holds."""
        if window.kind is WindowKind.MEETINGS:
            return self.known[-window.length :]
        return [fact for fact in self.known if self._stays(window, fact)]

    def share(self, fact: MeetingFact, happening: Happening) -> Fraction:
        """Return which share of its weight the happening keeps, by the rules of the meeting's day."""
        rules = self.book.judging(fact.day, self.ruled_on)
        return rules.share(fact.excuse) if rules and happening in EXCUSABLE else Fraction(1)

    def weight(self, fact: MeetingFact) -> Fraction:
        """Return what the meeting weighs, by the rules of its day."""
        rules = self.book.judging(fact.day, self.ruled_on)
        if rules is None:
            return Fraction(0)
        return sum((rules.weight(one) * self.share(fact, one) for one in weighed_as(fact)), Fraction(0))

    def leaving(self, window: Window, fact: MeetingFact) -> date | None:
        """Return the day on which the meeting leaves the window."""
        return leaves_on(window, fact.day, member_since=self.member_since)

    def _stays(self, window: Window, fact: MeetingFact) -> bool:
        until = self.leaving(window, fact)
        return until is None or self.as_of < until


Reckoned = Mapping[str, Reckoning]


def _matching(case: Case, measure: Measure, fact: MeetingFact) -> tuple[Happening, ...]:
    """Return what of the meeting the measure counts; what an excuse takes all weight from is left out."""
    if Happening.LATE in measure.what and 0 < fact.minutes_late <= measure.minutes_over:
        wanted = frozenset(measure.what) - {Happening.LATE}
    else:
        wanted = frozenset(measure.what)
    found = (one for one in happenings_of(fact) if one in wanted)
    return tuple(one for one in found if measure.excused_too or case.share(fact, one) > 0)


def _sum(case: Case, measure: Measure, _before: Reckoned) -> Reckoning:
    weighed = [(fact, case.weight(fact)) for fact in case.within(measure.window)]
    counted = [
        _counted(case, measure, fact, weight, _weighty(case, fact)) for fact, weight in weighed if weight > 0
    ]
    return _added(counted)


def _weighty(case: Case, fact: MeetingFact) -> tuple[Happening, ...]:
    rules = case.book.judging(fact.day, case.ruled_on)
    return tuple(one for one in weighed_as(fact) if rules and rules.weight(one) * case.share(fact, one) > 0)


def _count(case: Case, measure: Measure, _before: Reckoned) -> Reckoning:
    matches = ((fact, _matching(case, measure, fact)) for fact in case.within(measure.window))
    return _added([_counted(case, measure, fact, Fraction(1), why) for fact, why in matches if why])


def _minutes(case: Case, measure: Measure, _before: Reckoned) -> Reckoning:
    late = replace(measure, what=(Happening.LATE,))
    matches = (
        fact for fact in case.within(measure.window) if fact.minutes_late > 0 and _matching(case, late, fact)
    )
    return _added(
        [_counted(case, measure, fact, Fraction(fact.minutes_late), (Happening.LATE,)) for fact in matches]
    )


def _percent(case: Case, measure: Measure, _before: Reckoned) -> Reckoning:
    """Reckon the share of meetings with one of `what` among those with one of `out_of`; counted are the others."""
    meetings = [fact for fact in case.within(measure.window) if _is_of(fact, measure.out_of)]
    if not measure.excused_too:
        meetings = [fact for fact in meetings if not _is_excused(case, fact)]
    missed = [fact for fact in meetings if not _is_of(fact, measure.what)]
    counted = tuple(_counted(case, measure, fact, Fraction(1), happenings_of(fact)) for fact in missed)
    if not meetings or len(meetings) < measure.least_meetings:
        return Reckoning(value=None, counted=counted)
    return Reckoning(value=_ALL_OF_IT * (len(meetings) - len(missed)) / len(meetings), counted=counted)


def _is_of(fact: MeetingFact, happenings: Iterable[Happening]) -> bool:
    return not frozenset(happenings).isdisjoint(happenings_of(fact))


def _is_excused(case: Case, fact: MeetingFact) -> bool:
    """Return whether the rules of the day leave nothing of an absence that was excused."""
    absent = happenings_of(fact)[0]
    return absent is Happening.ABSENT and case.share(fact, absent) == 0


def _runs(case: Case, measure: Measure) -> list[list[MeetingFact]]:
    """Return the rows of meetings that match, in order; the last one is empty where the latest meeting does not."""
    rows: list[list[MeetingFact]] = [[]]
    for fact in case.within(measure.window):
        if _matching(case, measure, fact):
            rows[-1].append(fact)
        elif not _is_of(fact, measure.skips) and not (rows[-1] and _passes(case, measure, fact)):
            rows.append([])
    return rows


def _passes(case: Case, measure: Measure, fact: MeetingFact) -> bool:
    """Return whether the meeting would match but for its excuse: it neither lengthens the row nor ends it."""
    return _is_of(fact, measure.what) and any(case.share(fact, one) == 0 for one in happenings_of(fact))


def _row(case: Case, measure: Measure, row: Sequence[MeetingFact]) -> tuple[Counted, ...]:
    return tuple(_counted(case, measure, fact, Fraction(1), _matching(case, measure, fact)) for fact in row)


def _run(case: Case, measure: Measure, _before: Reckoned) -> Reckoning:
    return _added(_row(case, measure, _runs(case, measure)[-1]))


def _longest_run(case: Case, measure: Measure, _before: Reckoned) -> Reckoning:
    return _added(_row(case, measure, max(reversed(_runs(case, measure)), key=len)))


def _weeks(case: Case, measure: Measure, _before: Reckoned) -> Reckoning:
    row = _runs(case, measure)[-1]
    if not row:
        return NOTHING
    weeks = (row[-1].day - row[0].day).days // _DAYS_OF_A_WEEK + 1
    return Reckoning(value=Fraction(weeks), counted=_row(case, measure, row))


def _every(_case: Case, measure: Measure, before: Reckoned) -> Reckoning:
    of = before[measure.parts[0].measure]
    if of.value is None:
        return Reckoning(value=None)
    return Reckoning(
        value=Fraction(of.value // measure.number), counted=_times(of.counted, 1 / measure.number)
    )


def _total(_case: Case, measure: Measure, before: Reckoned) -> Reckoning:
    parts = [(before[part.measure], part.times) for part in measure.parts]
    values = [of.value * times for of, times in parts if of.value is not None]
    counted = _merged(one for of, times in parts for one in _times(of.counted, times))
    return Reckoning(value=sum(values, Fraction(0)) if len(values) == len(parts) else None, counted=counted)


def _depends(_case: Case, measure: Measure, before: Reckoned) -> Reckoning:
    of = before[measure.parts[0].measure]
    holds = of.value is not None and of.value >= measure.number
    return Reckoning(value=measure.then if holds else measure.otherwise, counted=of.counted if holds else ())


def _beyond(_case: Case, measure: Measure, before: Reckoned) -> Reckoning:
    of = before[measure.parts[0].measure]
    allowed = before[measure.allowed].value if isinstance(measure.allowed, str) else measure.allowed
    if of.value is None or allowed is None:
        return Reckoning(value=None)
    return Reckoning(value=max(Fraction(0), of.value - allowed), counted=of.counted)


_RECKONERS: Mapping[MeasureKind, Callable[[Case, Measure, Reckoned], Reckoning]] = MappingProxyType(
    {
        MeasureKind.SUM: _sum,
        MeasureKind.COUNT: _count,
        MeasureKind.MINUTES: _minutes,
        MeasureKind.PERCENT: _percent,
        MeasureKind.RUN: _run,
        MeasureKind.LONGEST_RUN: _longest_run,
        MeasureKind.WEEKS: _weeks,
        MeasureKind.EVERY: _every,
        MeasureKind.TOTAL: _total,
        MeasureKind.DEPENDS: _depends,
        MeasureKind.BEYOND: _beyond,
    }
)


def _counted(
    case: Case, measure: Measure, fact: MeetingFact, weight: Fraction, why: tuple[Happening, ...]
) -> Counted:
    return Counted(fact=fact, weight=weight, why=why, leaves_on=case.leaving(measure.window, fact))


def _added(counted: Sequence[Counted]) -> Reckoning:
    return Reckoning(value=sum((one.weight for one in counted), Fraction(0)), counted=tuple(counted))


def _times(counted: Iterable[Counted], times: Fraction) -> tuple[Counted, ...]:
    return tuple(replace(one, weight=one.weight * times) for one in counted)


def _merged(counted: Iterable[Counted]) -> tuple[Counted, ...]:
    """Return each meeting once: with all its weight, all that it counts as, and the last day on which any of it does."""
    by_meeting: dict[str, Counted] = {}
    for one in counted:
        other = by_meeting.get(one.fact.meeting)
        by_meeting[one.fact.meeting] = _together(other, one) if other else one
    return tuple(sorted(by_meeting.values(), key=lambda one: (one.fact.day, one.fact.starts_at_utc)))


def _together(one: Counted, other: Counted) -> Counted:
    ends = None if one.leaves_on is None or other.leaves_on is None else max(one.leaves_on, other.leaves_on)
    return Counted(
        fact=one.fact,
        weight=one.weight + other.weight,
        why=tuple(dict.fromkeys((*one.why, *other.why))),
        leaves_on=ends,
    )
