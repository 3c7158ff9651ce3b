"""Do the totals at the foot agree with the people listed? Those who left are counted there and listed no longer."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.core.intake.tail_rows import TailKind
from app.core.intake.weekly_line import DayCount, Letter, TailLine, WeeklyLine


@dataclass(frozen=True, slots=True, kw_only=True)
class DayTally:
    """How many listed people have each letter on one meeting day; a late person is not also present."""

    on: dt.date
    present: int
    absent: int
    late: int
    medical: int
    substitute: int

    @property
    def recorded(self) -> int:
        """Everyone with a letter that day."""
        return self.present + self.absent + self.late + self.medical + self.substitute

    @property
    def attended(self) -> int:
        """Everyone whose place was taken that day, by themselves or by a substitute."""
        return self.present + self.late + self.substitute


class Counting(StrEnum):
    """What the numbers of a Total row count."""

    RECORDED = "recorded"
    ATTENDED = "attended"
    PRESENT = "present"


_COUNTED: dict[Counting, Callable[[DayTally], int]] = {
    Counting.RECORDED: lambda tally: tally.recorded,
    Counting.ATTENDED: lambda tally: tally.attended,
    Counting.PRESENT: lambda tally: tally.present,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Residue:
    """How many more (or, below zero, fewer) people a Total row counts on a day than the sheet lists."""

    on: dt.date
    total: int
    listed: int
    counting: Counting

    @property
    def people(self) -> int:
        """The people no longer listed."""
        return self.total - self.listed


def tallies(days: Sequence[dt.date], lines: Sequence[WeeklyLine]) -> tuple[DayTally, ...]:
    """Return the letters of the listed people, counted for each day."""
    counted: defaultdict[dt.date, Counter[Letter]] = defaultdict(Counter)
    for line in lines:
        for mark in line.marks:
            counted[mark.on][mark.letter] += 1
    return tuple(
        DayTally(
            on=day,
            present=counted[day][Letter.PRESENT],
            absent=counted[day][Letter.ABSENT],
            late=counted[day][Letter.LATE],
            medical=counted[day][Letter.MEDICAL],
            substitute=counted[day][Letter.SUBSTITUTE],
        )
        for day in days
    )


def residues(tail: Sequence[TailLine], counted: Sequence[DayTally]) -> tuple[Residue, ...]:
    """Return for each day with a total how it differs from the listed people; nothing where no Total row counts.

    No file says what its Total row counts. Taken is the widest counting that no day contradicts by listing more
    people than the total; where each is contradicted, those who attended.
    """
    totals = next((line.counts for line in tail if line.kind is TailKind.TOTAL and line.counts), ())
    by_day = {tally.on: tally for tally in counted}
    readings = [_compared(totals, by_day, counting) for counting in Counting]
    fitting = [reading for reading in readings if all(residue.people >= 0 for residue in reading)]
    return fitting[0] if fitting else _compared(totals, by_day, Counting.ATTENDED)


def _compared(
    totals: Sequence[DayCount], by_day: dict[dt.date, DayTally], counting: Counting
) -> tuple[Residue, ...]:
    count = _COUNTED[counting]
    return tuple(
        Residue(on=total.on, total=total.count, listed=count(by_day[total.on]), counting=counting)
        for total in totals
    )
