"""What are the attendance rules of a group? Frozen values: the cut-off, what things weigh, measures and limits.

A measure turns the meetings of one member into a number; it may build on measures that stand before it. A limit
says from which number on somebody talks with the member. People decide, never the rule.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType

SCHEMA = 1
"""The version of the form in which rules are kept; it grows when their meaning changes."""


class Happening(StrEnum):
    """What a meeting can be for a member; one meeting may be several, as who came late may also leave early."""

    PRESENT = "present"
    ABSENT = "absent"
    LATE = "late"
    LEFT_EARLY = "left_early"
    SUBSTITUTE = "substitute"
    LATE_SUBSTITUTE = "late_substitute"
    MEDICAL = "medical"


EXCUSABLE = frozenset({Happening.ABSENT, Happening.LATE, Happening.LEFT_EARLY})
"""What an approved excuse lightens; a substitute stays a substitute."""


class CutOffKind(StrEnum):
    """How it is known until when one is on time."""

    CLOCK = "clock"
    """So many minutes after the start."""
    AGENDA = "agenda"
    """Until the presentations begin: one button; forgotten, the planned minute applies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CutOff:
    """Until when one is on time. `minutes` count from the start; of an agenda point they are the planned ones."""

    kind: CutOffKind = CutOffKind.CLOCK
    minutes: int = 0


class WindowKind(StrEnum):
    """Which meetings a measure looks at."""

    ROLLING = "rolling"
    """The last so many months, weeks or days."""
    MEETINGS = "meetings"
    """The last so many meetings."""
    FIXED = "fixed"
    """Fixed spans of so many months: quarters, halves, years."""
    MEMBERSHIP_YEAR = "membership_year"
    """From one anniversary of joining to the next."""
    ALL = "all"
    """Everything since the first meeting."""


class Unit(StrEnum):
    """What a rolling window is counted in."""

    MONTHS = "months"
    WEEKS = "weeks"
    DAYS = "days"


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Which meetings count. `length` is in `unit` for rolling, meetings or months for the others; `begins` is a month."""

    kind: WindowKind = WindowKind.ALL
    length: int = 0
    unit: Unit = Unit.MONTHS
    begins: int = 1


class MeasureKind(StrEnum):
    """How a measure comes to its number."""

    SUM = "sum"
    """What things weigh, added up."""
    COUNT = "count"
    """How often something happened."""
    MINUTES = "minutes"
    """Minutes late, added up."""
    PERCENT = "percent"
    """The share of meetings at which something happened, out of 100."""
    RUN = "run"
    """Meetings in a row at which something happened, up to the latest."""
    LONGEST_RUN = "longest_run"
    """The most meetings in a row at which something happened."""
    WEEKS = "weeks"
    """Weeks from the first to the last meeting of the latest such row."""
    EVERY = "every"
    """How many times another measure holds a number: two lates are one absence."""
    TOTAL = "total"
    """Other measures added up, each so many times."""
    DEPENDS = "depends"
    """One number or another, as another measure stands: six substitutes, or three."""
    BEYOND = "beyond"
    """By how much one measure is over what is allowed."""


OF_MEETINGS = frozenset(
    {
        MeasureKind.SUM,
        MeasureKind.COUNT,
        MeasureKind.MINUTES,
        MeasureKind.PERCENT,
        MeasureKind.RUN,
        MeasureKind.LONGEST_RUN,
        MeasureKind.WEEKS,
    }
)
"""Measures that look at meetings; the others build on measures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A measure within a total, `times` over."""

    measure: str
    times: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One number about a member. Which fields speak depends on `kind`; the others stand at their defaults.

    `what` is what counts, `out_of` of which meetings a percentage is, `skips` what a row reaches across.
    `allowed` of a `beyond` is a number or the key of a measure.
    """

    key: str
    name: str
    kind: MeasureKind
    window: Window = field(default_factory=Window)
    what: tuple[Happening, ...] = ()
    out_of: tuple[Happening, ...] = ()
    skips: tuple[Happening, ...] = ()
    excused_too: bool = False
    minutes_over: int = 0
    least_meetings: int = 0
    parts: tuple[Part, ...] = ()
    number: Fraction = Fraction(0)
    then: Fraction = Fraction(0)
    otherwise: Fraction = Fraction(0)
    allowed: Fraction | str = Fraction(0)


class Side(StrEnum):
    """On which side of its numbers a limit is reached."""

    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """From which number of a measure on somebody talks with the member, and from which they are close to it."""

    key: str
    name: str
    measure: str
    side: Side
    reached: Fraction
    near: Fraction | None = None


@dataclass(frozen=True, kw_only=True)
class RuleSet:
    """The rules of a group. `excused` says which share of its weight an excused thing keeps, by kind of excuse."""

    name: str
    cut_off: CutOff = field(default_factory=CutOff)
    weights: Mapping[Happening, Fraction] = field(default_factory=lambda: MappingProxyType({}))
    excused: Mapping[str, Fraction] = field(default_factory=lambda: MappingProxyType({}))
    measures: tuple[Measure, ...] = ()
    limits: tuple[Limit, ...] = ()

    def measure(self, key: str) -> Measure:
        """Return the measure of that key; an unknown key is a programmer's error."""
        return next(one for one in self.measures if one.key == key)

    def weight(self, happening: Happening) -> Fraction:
        """Return what a happening weighs in sums; 0 where nothing is said."""
        return self.weights.get(happening, Fraction(0))

    def share(self, excuse: str | None) -> Fraction:
        """Return which share of its weight a happening keeps under an approved excuse; 1 where it has none."""
        return self.excused.get(excuse, Fraction(1)) if excuse else Fraction(1)


@dataclass(frozen=True, kw_only=True)
class RulesFrom:
    """A version of the rules with the day from which it is in force.

    With a `fresh_start` meetings before that day do not count under it.
    """

    version: int
    effective_on: date
    rules: RuleSet
    fresh_start: bool = False


@dataclass(frozen=True, kw_only=True)
class RuleBook:
    """All versions of a group's rules: the past is judged by the version of its day."""

    versions: tuple[RulesFrom, ...]

    def in_force(self, day: date) -> RulesFrom | None:
        """Return the version in force on `day`: of the latest day of effect, the latest version."""
        begun = [one for one in self.versions if one.effective_on <= day]
        return max(begun, key=lambda one: (one.effective_on, one.version), default=None)

    def version(self, number: int | None) -> RulesFrom | None:
        """Return the version of that number."""
        return next((one for one in self.versions if one.version == number), None)

    @property
    def latest(self) -> int:
        """The number of the latest version; 0 before the first."""
        return max((one.version for one in self.versions), default=0)

    def to_come(self, day: date) -> list[RulesFrom]:
        """Return the versions that take effect after `day`, the first to do so first."""
        ahead = [one for one in self.versions if one.effective_on > day]
        return sorted(ahead, key=lambda one: (one.effective_on, one.version))

    def judging(self, day: date, as_of: date) -> RuleSet | None:
        """Return the rules that say what a meeting of `day` weighs: those of its day, if there were any limits then."""
        of_the_day = self.in_force(day)
        if of_the_day is not None and of_the_day.rules.limits:
            return of_the_day.rules
        now = self.in_force(as_of)
        return now.rules if now else None


def always(rules: RuleSet) -> RuleBook:
    """Return the book in which `rules` were in force from the beginning: for trying them on past months."""
    return RuleBook(versions=(RulesFrom(version=1, effective_on=date.min, rules=rules),))
