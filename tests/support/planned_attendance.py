"""Half a year of attendance, planned before any file is written: the expectation that no reader has touched.

Thirty members are listed, three of them joined midway; two more left and stand only in the totals. The weeks cross
1 January, and one of them is a holiday. Everything counted here is counted from the plan itself.
"""

import datetime as dt
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.support.sheets import Grid, Merged, Value

FIRST_WEEK = dt.date(2025, 9, 2)
WEEKS = tuple(FIRST_WEEK + dt.timedelta(weeks=week) for week in range(26))
HOLIDAY = dt.date(2025, 12, 23)
JOINED_MIDWAY = {27: dt.date(2025, 10, 14), 28: dt.date(2025, 12, 2), 29: dt.date(2026, 1, 13)}
LEFT = {"Old Leaver": dt.date(2025, 11, 4), "Late Leaver": dt.date(2026, 2, 3)}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

# Given and family name as the export writes them, with its double spaces.
NAMES = (
    ("Ana", "Silva"), ("Bruno ", " Costa"), ("Sinéad", "O'Brien-Østergård"), ("ليلى", "حداد"), ("小明", "王"),
    ("Mary  Jane", "Watson"), ("José", "Núñez"), ("Jürgen", "Groß"), ("Zoë", "van der  Berg"), ("Łukasz", "Żak"),
    ("Ngozi", "Okafor"), ("Raj", "Patel"), ("Mei", "Lin"), ("Yuki", "Tanaka"), ("Olga", "Ivanova"),
    ("Tom", "Baker"), ("Eva", "Novák"), ("Paul", "Martin"), ("Inês", "Duarte"), ("Karl", "Weber"),
    ("Fatima", "Zahra"), ("Liam", "Byrne"), ("Chloé", "Dubois"), ("Hugo", "Meyer"), ("Sara", "Lopes"),
    ("Omar", "Aziz"), ("Nina", "Berg"), ("Ivo", "Reis"), ("Greta", "Holm"), ("Sam", "Lee"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedMember:
    """One member and the letter of each week with a record."""

    given: str
    family: str
    letters: Mapping[dt.date, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedAttendance:
    """The whole plan: who is listed, who left, and what was counted while planning."""

    listed: Sequence[PlannedMember]
    left: Sequence[PlannedMember]

    def letters_of(self, row: int) -> Counter[str]:
        """Count the letters of a listed member, by their place in the list."""
        return Counter(self.listed[row].letters.values())

    def letters_on(self, week: dt.date) -> Counter[str]:
        """Count the letters of everyone listed in one week."""
        return Counter(member.letters[week] for member in self.listed if week in member.letters)

    def left_and_attended(self, week: dt.date) -> int:
        """Count those who attended in a week and are listed no longer."""
        return sum(member.letters.get(week, "") in {"P", "L", "S"} for member in self.left)

    def total_on(self, week: dt.date) -> int:
        """Count everyone who attended in a week, as a Total row does: the listed and those who left."""
        listed = self.letters_on(week)
        return listed["P"] + listed["L"] + listed["S"] + self.left_and_attended(week)


def planned_attendance() -> PlannedAttendance:
    """Return the plan, the same every time."""
    chance = random.Random(20250902)
    listed = [
        PlannedMember(given=given, family=family, letters=_letters(chance, since=JOINED_MIDWAY.get(place)))
        for place, (given, family) in enumerate(NAMES)
    ]
    left = [
        PlannedMember(given=name.split()[0], family=name.split()[1], letters=_letters(chance, until=until))
        for name, until in LEFT.items()
    ]
    return PlannedAttendance(listed=listed, left=left)


def _letters(
    chance: random.Random, *, since: dt.date | None = None, until: dt.date | None = None
) -> dict[dt.date, str]:
    return {
        week: chance.choices("PALMS", weights=[70, 10, 8, 4, 8])[0]
        for week in WEEKS
        if week != HOLIDAY and (since is None or week >= since) and (until is None or week <= until)
    }


def yearless(week: dt.date) -> str:
    """Return a week as exports head it: `Sep 02`."""
    return f"{_MONTHS[week.month - 1]} {week.day:02}"


def export_grid(plan: PlannedAttendance) -> Grid:
    """Return the export with headers: title, user and chapter, From and To, weeks without a year, tail rows."""
    head: list[list[Value]] = [
        [Merged(text="PALMS Attendance Report", across=5)],
        [],
        ["Running User", "Run At", "Country", "Region", "Chapter"],
        ["Admin Person", "2026-03-01", "Portugal", "Lisbon", "Old Harbour"],
        ["From:", None, "2025-09-01", "To:", None, None, "2026-02-28"],
        [],
    ]
    return [*head, *table(plan, [yearless(week) for week in WEEKS])]


def table(plan: PlannedAttendance, weeks: Sequence[Value]) -> list[list[Value]]:
    """Return the table alone: its header with a blank spacer, the listed members, and the rows at the foot."""
    rows: list[list[Value]] = [["First Name", "Last Name", "", *weeks]]
    rows += [
        [member.given, member.family, None, *(member.letters.get(week) for week in WEEKS)]
        for member in plan.listed
    ]
    rows.append(["Visitors", None, None, *(None if week == HOLIDAY else 2 for week in WEEKS)])
    rows.append(["BNI"])
    rows.append(["Total", None, None, *(None if week == HOLIDAY else plan.total_on(week) for week in WEEKS)])
    return rows
