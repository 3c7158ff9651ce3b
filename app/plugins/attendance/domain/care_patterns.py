"""When does somebody's attendance change so that a group looks after them? Three patterns, each with its numbers as data."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.core.errors import Refusal
from app.plugins.attendance.domain.status import Status

GOOD_YEAR_WEEKS = 52


class Pattern(StrEnum):
    """What was noticed. The value is what the database keeps."""

    ABSENCES = "absences"
    LATES = "lates"
    DROP = "drop"


@dataclass(frozen=True, slots=True, kw_only=True)
class CareNumbers:
    """From which numbers on a trend is noticed; each group may set its own.

    A drop: of the `GOOD_YEAR_WEEKS` weeks before the last `drop_weeks`, at least `good_meetings` count and the
    member came to `good_percent` of them; of the last weeks at least `drop_meetings` count and they came to
    `drop_percent` or fewer. Leave longer than `leave_weeks` is pointed out to who decides.
    """

    absences: int = 3
    absences_weeks: int = 26
    lates: int = 4
    lates_weeks: int = 8
    good_meetings: int = 20
    good_percent: int = 90
    drop_weeks: int = 8
    drop_meetings: int = 4
    drop_percent: int = 60
    leave_weeks: int = 8
    version: int = 0


USUAL = CareNumbers()

BOUNDS = {
    "absences": (1, 52),
    "absences_weeks": (1, 52),
    "lates": (1, 52),
    "lates_weeks": (1, 52),
    "good_meetings": (1, 52),
    "good_percent": (1, 100),
    "drop_weeks": (1, 26),
    "drop_meetings": (1, 26),
    "drop_percent": (0, 99),
    "leave_weeks": (1, 52),
}
"""The least and the most of each number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingFact:
    """One letter of a submitted record. `is_excused` once an office approved an excuse for it."""

    day: date
    status: Status
    is_excused: bool = False

    @property
    def counts(self) -> bool:
        """Whether it says something of a trend: leave and excused meetings do not."""
        return self.status is not Status.MEDICAL and not self.is_excused


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """A pattern that holds today: how many letters of how many weeks, the last of them on `newest_on`."""

    pattern: Pattern
    count: int
    weeks: int
    newest_on: date


def trends_of(facts: Sequence[MeetingFact], today: date, numbers: CareNumbers = USUAL) -> list[Trend]:
    """Return the patterns that hold on `today` for one member, from the letters of submitted records in any order."""
    counted = [fact for fact in facts if fact.counts and fact.day <= today]
    found = (
        _often(Pattern.ABSENCES, Status.ABSENT, counted, today, (numbers.absences, numbers.absences_weeks)),
        _often(Pattern.LATES, Status.LATE, counted, today, (numbers.lates, numbers.lates_weeks)),
        _drop(counted, today, numbers),
    )
    return [trend for trend in found if trend is not None]


def refusals_for_numbers(numbers: CareNumbers) -> list[Refusal]:
    """Return which numbers make no sense."""
    refusals = [
        Refusal(code="attendance.care_number", facts={"least": least, "most": most}, field=name)
        for name, (least, most) in BOUNDS.items()
        if not least <= getattr(numbers, name) <= most
    ]
    if numbers.drop_percent >= numbers.good_percent:
        refusals.append(Refusal(code="attendance.care_drop_is_none", field="drop_percent"))
    return refusals


def _since(today: date, weeks: int) -> date:
    """Return the first day of the last `weeks` weeks, today included."""
    return today - timedelta(weeks=weeks) + timedelta(days=1)


def _often(
    pattern: Pattern, status: Status, facts: Sequence[MeetingFact], today: date, least: tuple[int, int]
) -> Trend | None:
    number, weeks = least
    days = [fact.day for fact in facts if fact.status is status and fact.day >= _since(today, weeks)]
    if len(days) < number:
        return None
    return Trend(pattern=pattern, count=len(days), weeks=weeks, newest_on=max(days))


def _drop(facts: Sequence[MeetingFact], today: date, numbers: CareNumbers) -> Trend | None:
    lately_from = _since(today, numbers.drop_weeks)
    year_from = lately_from - timedelta(weeks=GOOD_YEAR_WEEKS)
    lately = [fact for fact in facts if fact.day >= lately_from]
    year = [fact for fact in facts if year_from <= fact.day < lately_from]
    was_good = len(year) >= numbers.good_meetings and _percent_came(year) >= numbers.good_percent
    is_low = len(lately) >= numbers.drop_meetings and _percent_came(lately) <= numbers.drop_percent
    missed = [fact.day for fact in lately if fact.status is Status.ABSENT]
    if not (was_good and is_low and missed):
        return None
    return Trend(pattern=Pattern.DROP, count=len(missed), weeks=numbers.drop_weeks, newest_on=max(missed))


def _percent_came(facts: Sequence[MeetingFact]) -> int:
    """Return how many of a hundred they came to, rounded down; a substitute who came stands for them."""
    came = sum(fact.status is not Status.ABSENT for fact in facts)
    return came * 100 // len(facts)
