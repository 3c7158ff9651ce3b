"""Writes attendance as leaders keep it themselves, each sheet messy in its own way, with the expectation beside it.

Eight members over nine weeks across New Year, one of them a holiday. What is expected is written from the plan from
which the sheets are written; no reader has touched it.
"""

import datetime as dt
import json
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.support.sheets import Grid, Merged, Value, csv_bytes, spreadsheetml_bytes, xlsx_bytes

WEEKS = tuple(dt.date(2025, 11, 18) + dt.timedelta(weeks=week) for week in range(9))
HOLIDAY = dt.date(2025, 12, 23)
JOINED_LATE = 7
"""The place of the member who joined midway and has no mark before."""

# As written, with double spaces; Windows-1252 knows every letter.
NAMES = (
    ("Ana", "Silva"), ("Bruno ", " Costa"), ("Sinéad", "O'Brien-Østergård"), ("Mary  Jane", "Watson"),
    ("José", "Núñez"), ("Jürgen", "Groß"), ("Zoë", "van der  Berg"), ("Inês", "Duarte"),
)  # fmt: skip
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptMember:
    """One member and the letter of each week with a mark."""

    given: str
    family: str
    letters: Mapping[dt.date, str]

    @property
    def said(self) -> str:
        """The name without its double spaces."""
        return " ".join(f"{self.given} {self.family}".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One leader's habit: how letters are marked, and in which files the sheet comes.

    `answers` are the marks that nobody can guess, with what the leader says of them.
    """

    name: str
    marks: Mapping[str, str]
    containers: Sequence[str]
    answers: Mapping[str, str]
    needs_period: bool = False


VARIANTS = (
    Variant(
        name="two_rows",
        marks={"P": "x", "A": "-", "L": "L", "M": "M", "S": "S"},
        containers=("xls", "xlsx", "csv"),
        answers={},
    ),
    Variant(
        name="family_first",
        marks={"P": "1", "A": "0", "L": "late", "M": "sick", "S": "sub"},
        containers=("windows-1252", "xlsx"),
        answers={},
    ),
    Variant(
        name="buddhist_era",
        marks={"P": "✓", "A": "abs", "L": "l", "M": "med", "S": "subst"},
        containers=("csv", "xls"),
        answers={},
    ),
    Variant(
        name="without_years",
        marks={"P": "Y", "A": "n", "L": "(late)", "M": "?", "S": "S"},
        containers=("csv", "xlsx"),
        answers={"(late)": "L", "?": "M"},
        needs_period=True,
    ),
)


def planned_members() -> list[KeptMember]:
    """Return the plan, the same every time."""
    chance = random.Random(20251118)
    return [
        KeptMember(
            given=given,
            family=family,
            letters={
                week: chance.choices("PALMS", weights=[60, 12, 10, 8, 10])[0]
                for week in WEEKS
                if week != HOLIDAY and (place != JOINED_LATE or week >= WEEKS[4])
            },
        )
        for place, (given, family) in enumerate(NAMES)
    ]


def attended(members: Sequence[KeptMember], week: dt.date) -> int:
    """Count who came in a week, or sent somebody."""
    return sum(member.letters.get(week, "") in {"P", "L", "S"} for member in members)


def kept_grid(variant: Variant, members: Sequence[KeptMember]) -> Grid:
    """Return the sheet as this leader keeps it."""
    return {
        "two_rows": _two_rows,
        "family_first": _family_first,
        "buddhist_era": _buddhist_era,
        "without_years": _without_years,
    }[variant.name](variant, members)


def _marks(variant: Variant, member: KeptMember) -> list[Value]:
    return [variant.marks.get(member.letters.get(week, ""), None) for week in WEEKS]


def _two_rows(variant: Variant, members: Sequence[KeptMember]) -> list[list[Value]]:
    """Months merged above the days, a name in two columns without headings, titles, sums below and beside."""
    months: list[Value] = [None, None, None]
    for month, weeks in (("November 2025", 2), ("December 2025", 5), ("January 2026", 2)):
        months += [Merged(text=month, across=weeks - 1), *[None] * (weeks - 1)]
    rows: list[list[Value]] = [
        [Merged(text="Attendance of the Harbour group", across=6)],
        ["kept by Ana, please do not sort"],
        [],
        [*months, "Total", "%"],
        ["No", None, None, *(week.day for week in WEEKS)],
    ]
    for place, member in enumerate(members, start=1):
        came = sum(letter in {"P", "L", "S"} for letter in member.letters.values())
        share = f"{came * 100 / len(member.letters):.1f}".replace(".", ",") + " %"
        rows.append([place, member.given, member.family, *_marks(variant, member), came, share])
    rows.append([None, "Total", None, *(attended(members, week) for week in WEEKS)])
    rows.append([None, "x = here, - = not here"])
    return rows


def _family_first(variant: Variant, members: Sequence[KeptMember]) -> list[list[Value]]:
    """Days as 18/11/2025, names as `Silva, Ana`, a column of trades, whole numbers with a decimal comma."""
    rows: list[list[Value]] = [["Name", "Trade", *(f"{week:%d/%m/%Y}" for week in WEEKS)]]
    for member in members:
        marks = ["1,0" if mark == "1" else mark for mark in _marks(variant, member)]
        rows.append([f"{member.family},  {member.given}", "Baker", *marks])
    rows.append(["Summe", None, *(f"{attended(members, week)},0" for week in WEEKS)])
    return rows


def _buddhist_era(variant: Variant, members: Sequence[KeptMember]) -> list[list[Value]]:
    """Years of the Buddhist era, the names numbered, an empty row and a title between the rows."""
    days = [f"{week.day}.{week.month}.{week.year + 543}" for week in WEEKS]
    rows: list[list[Value]] = [["Meetings 2568/2569"], [], ["#", "Member", *days]]
    for place, member in enumerate(members, start=1):
        if place == 5:
            rows += [[], [None, "Gold members"]]
        rows.append([place, f" {member.given}  {member.family} ", *_marks(variant, member)])
    return rows


def _without_years(variant: Variant, members: Sequence[KeptMember]) -> list[list[Value]]:
    """Days without a year, the newest first, and a remark beside some members."""
    backwards = WEEKS[::-1]
    days = [f"{_MONTHS[week.month - 1]} {week.day}" for week in backwards]
    rows: list[list[Value]] = [["First Name", "Surname", *days, "Remarks"]]
    rows += [
        [
            member.given,
            member.family,
            *_marks(variant, member)[::-1],
            "often travels" if place == 2 else None,
        ]
        for place, member in enumerate(members)
    ]
    return rows


def expected(variant: Variant, members: Sequence[KeptMember]) -> dict[str, object]:
    """Return what a reader has to find in the sheet, as JSON knows it."""
    counted = Counter(letter for member in members for letter in member.letters.values())
    return {
        "days": [week.isoformat() for week in WEEKS],
        "people": {
            member.said: {week.isoformat(): letter for week, letter in member.letters.items()}
            for member in members
        },
        "letters": dict(counted),
        "answers": dict(variant.answers),
        "period": [WEEKS[0].isoformat(), WEEKS[-1].isoformat()] if variant.needs_period else None,
    }


def kept_bytes(variant: Variant, container: str) -> bytes:
    """Return the file of a variant."""
    grid = kept_grid(variant, planned_members())
    match container:
        case "xls":
            return spreadsheetml_bytes(grid, title="2025")
        case "xlsx":
            return xlsx_bytes({"Attendance": grid})
        case "windows-1252":
            return csv_bytes(grid, delimiter=";", encoding="cp1252")
        case _:
            return csv_bytes(grid, encoding="utf-8-sig")


def write_kept_sheets(folder: Path) -> None:
    """Write every variant in each of its containers, and beside each its expectation: `<name>.<container>.json`."""
    for variant in VARIANTS:
        told = json.dumps(expected(variant, planned_members()), ensure_ascii=False, indent=1)
        for container in variant.containers:
            (folder / f"{variant.name}.{container}").write_bytes(kept_bytes(variant, container))
            (folder / f"{variant.name}.{container}.json").write_text(told, encoding="utf-8")
