"""Writes PALMS summaries of half a year in each shape, with the expectation beside each: counted from the plan alone.

Thirty members are listed, three of them joined midway; two more left and stand only in the total. No reader has
touched what is expected: it is written from the plan from which the file is written.
"""

import datetime as dt
import json
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from tests.support.planned_attendance import NAMES
from tests.support.sheets import Grid, Merged, Value, csv_bytes, spreadsheetml_bytes, xlsx_bytes

FIRST, LAST = dt.date(2025, 9, 1), dt.date(2026, 2, 28)
MEETINGS = 25
JOINED_MIDWAY = {27: 19, 28: 12, 29: 6}
"""The places of three members in the list, with the meetings since they joined."""

LETTERS = ("P", "A", "L", "M", "S")
NUMBERS = ("RGI", "RGO", "RRI", "RRO", "V", "1-2-1")
COUNTS = (*LETTERS, *NUMBERS, "CEU", "T")
CONTAINERS = ("xls", "xlsx", "csv")
SHAPES = ("with_headers", "without_headers", "chinese")

CHINESE_NAMES = (
    ("小明", "王"), ("美玲", "李"), ("志強", "陳"), ("淑芬", "林"), ("建國", "黃"), ("雅婷", "張"), ("家豪", "吳"),
    ("怡君", "劉"), ("俊傑", "蔡"), ("佳蓉", "歐陽"),
)  # fmt: skip
_CHINESE_HEADINGS = (
    "姓氏", "名字", "出席", "缺席", "遲到", "病假", "替代人", "提供內部引薦", "提供外部引薦", "收到內部引薦",
    "收到外部引薦", "來賓", "一對一會面", "交易價值", "分會教育單位",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedPerson:
    """One person's half year; `thank_you` in whole units of a currency that the file does not tell."""

    given: str
    family: str
    counts: Mapping[str, int]
    thank_you: Decimal

    @property
    def cells(self) -> dict[str, Value]:
        """The numbers by heading, as a spreadsheet writes them."""
        return {**self.counts, "TYFCB": float(self.thank_you)}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSummary:
    """The whole plan: who is listed, who left, and the money that came from outside the group."""

    listed: Sequence[PlannedPerson]
    left: Sequence[PlannedPerson]
    outside: Decimal

    def total(self, heading: str) -> int:
        """Count for everyone, as the Total row does."""
        return sum(person.counts[heading] for person in (*self.listed, *self.left))

    @property
    def total_thank_you(self) -> Decimal:
        """All money, with that from outside."""
        return sum((person.thank_you for person in (*self.listed, *self.left)), self.outside)


def planned_summary(names: Sequence[tuple[str, str]] = NAMES) -> PlannedSummary:
    """Return the plan for these members, the same every time."""
    chance = random.Random(20250901)
    return PlannedSummary(
        listed=[
            _person(chance, given, family, meetings=JOINED_MIDWAY.get(place, MEETINGS))
            for place, (given, family) in enumerate(names)
        ],
        left=[
            _person(chance, "Old", "Leaver", meetings=9, thank_you=Decimal("310.25")),
            _person(chance, "Late", "Leaver", meetings=22, thank_you=Decimal("1800.00")),
        ],
        outside=Decimal("4200.50"),
    )


def _person(
    chance: random.Random, given: str, family: str, *, meetings: int, thank_you: Decimal | None = None
) -> PlannedPerson:
    letters = Counter(chance.choices(LETTERS, weights=[70, 10, 8, 4, 8], k=meetings))
    counts = {letter: letters[letter] for letter in LETTERS}
    counts |= {heading: chance.randrange(0, 9) for heading in NUMBERS}
    counts |= {"CEU": chance.randrange(0, 30), "T": chance.randrange(0, 4)}
    cents = chance.choice([0, chance.randrange(1, 9_000_000)])
    money = Decimal(cents) / 100 if thank_you is None else thank_you
    return PlannedPerson(given=given, family=family, counts=counts, thank_you=money)


def with_headers(plan: PlannedSummary, *, serial: bool = False) -> Grid:
    """Return the export with headers: values below their labels, blank spacer columns, testimonials last.

    With `serial` the days stand as a spreadsheet counts them, else as text.
    """
    first: Value = (FIRST - dt.date(1899, 12, 30)).days if serial else FIRST.isoformat()
    last: Value = (LAST - dt.date(1899, 12, 30)).days if serial else LAST.isoformat()
    head: list[list[Value]] = [
        [Merged(text="Chapter PALMS Report", across=4)],
        [],
        ["Running User", "Run At", None, "Country", "Region", "Chapter"],
        ["Admin Person", "2026-03-01", None, "Portugal", "Lisbon", "Old Harbour"],
        ["From:", None, None, first, "To:", None, last],
        [],
    ]
    headings = [
        "First Name", "Last Name", "P", "A", "", "L", "M", "S", "", "RGI", "RGO", "RRI", "RRO", "", "V", "1-2-1",
        "TYFCB", "CEU", "T",
    ]  # fmt: skip
    return [*head, *_table(plan, headings, headings)]


def without_headers(plan: PlannedSummary) -> Grid:
    """Return the bare export: no group, no period, and a last column that nobody asked for."""
    headings = ["First Name", "Last Name", *LETTERS, *NUMBERS, "TYFCB", "CEU", "Custom"]
    return _table(plan, headings, headings)


def chinese(plan: PlannedSummary) -> Grid:
    """Return the localised export: family name first."""
    headings = ["Last Name", "First Name", *LETTERS, *NUMBERS, "TYFCB", "CEU"]
    return _table(plan, headings, _CHINESE_HEADINGS)


def _table(plan: PlannedSummary, columns: Sequence[str], headings: Sequence[str]) -> list[list[Value]]:
    rows: list[list[Value]] = [list(headings)]
    for place, person in enumerate(plan.listed):
        custom = {"Custom": "Mentor" if place == 3 else "0"}
        names = {"First Name": person.given, "Last Name": person.family}
        cells: dict[str, Value] = {**names, **person.cells, **custom}
        rows.append([cells.get(column) for column in columns])
    rows.append([_foot(column, "Visitors", {"P": MEETINGS, "V": 0}, columns) for column in columns])
    outside: dict[str, Value] = {"P": MEETINGS, "TYFCB": float(plan.outside)}
    rows.append([_foot(column, "BNI", outside, columns) for column in columns])
    totals: dict[str, Value] = {heading: plan.total(heading) for heading in COUNTS}
    totals["TYFCB"] = float(plan.total_thank_you)
    rows.append([_foot(column, "Total", totals, columns) for column in columns])
    return rows


def _foot(column: str, label: str, numbers: Mapping[str, Value], columns: Sequence[str]) -> Value:
    return label if column == columns[0] else numbers.get(column)


def expected(plan: PlannedSummary, shape: str) -> dict[str, object]:
    """Return what a reader has to find in the plan's file of that shape, as JSON knows it."""
    counted = [heading for heading in COUNTS if shape == "with_headers" or heading != "T"]
    beyond = {heading: str(sum(person.counts[heading] for person in plan.left)) for heading in counted}
    beyond["TYFCB"] = str(sum((person.thank_you for person in plan.left), Decimal(0)))
    return {
        "period": [FIRST.isoformat(), LAST.isoformat()] if shape == "with_headers" else None,
        "group": "Old Harbour" if shape == "with_headers" else "",
        "meetings": MEETINGS,
        "outside": str(plan.outside),
        "people": [
            {
                "name": _said_name(person, shape),
                "counts": {heading: person.counts[heading] for heading in counted},
                "thank_you": str(person.thank_you),
                "notes": "Mentor" if shape == "without_headers" and place == 3 else "",
            }
            for place, person in enumerate(plan.listed)
        ],
        "beyond": {heading: number for heading, number in beyond.items() if Decimal(number)},
    }


def _said_name(person: PlannedPerson, shape: str) -> str:
    given, family = " ".join(person.given.split()), " ".join(person.family.split())
    return family + given if shape == "chinese" or family == "王" else f"{given} {family}"


def summary_grid(shape: str, container: str = "xls") -> Grid:
    """Return the table of a shape; a workbook counts the days of its period, the others write them."""
    if shape == "chinese":
        return chinese(planned_summary(CHINESE_NAMES))
    if shape == "with_headers":
        return with_headers(planned_summary(), serial=container == "xlsx")
    return without_headers(planned_summary())


def summary_bytes(shape: str, container: str) -> bytes:
    """Return the file of a shape in a container."""
    grid = summary_grid(shape, container)
    match container:
        case "xls":
            return spreadsheetml_bytes(grid)
        case "xlsx":
            return xlsx_bytes({"Report": grid})
        case _:
            return csv_bytes(grid, encoding="utf-8-sig")


def write_summaries(folder: Path) -> None:
    """Write every shape in every container, and beside each its expectation: `<shape>.<container>.json`."""
    for shape in SHAPES:
        plan = planned_summary(CHINESE_NAMES if shape == "chinese" else NAMES)
        for container in CONTAINERS:
            file = folder / f"{shape}.{container}"
            file.write_bytes(summary_bytes(shape, container))
            told = json.dumps(expected(plan, shape), ensure_ascii=False, indent=1)
            file.with_name(f"{file.name}.json").write_text(told, encoding="utf-8")
