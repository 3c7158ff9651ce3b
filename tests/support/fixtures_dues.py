"""A dues file of a chapter: four tables stacked in one sheet, planned before it is written.

Titles reach over merged cells, a cell is skipped where somebody has no industry, one total does not add up, and one
person of the list of those who left was never a member.
"""

import datetime as dt
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.sheets import Merged, Value, csv_bytes, spreadsheetml_bytes, xlsx_bytes

HEAD: tuple[Value, ...] = ("First Name", "Last Name", "Industry", "Due Date", "Amount")
CONTAINERS = ("xls", "xlsx", "csv")
MEMBERS = ("Ana Silva", "Bruno Costa", "Sinéad O'Brien-Østergård", "Raj Patel", "José Núñez")
NO_MEMBER = "Walt Ortiz"
TITLES = {
    "paid": "Paid",
    "due soon": "Due in the next 60 days",
    "overdue": "Overdue",
    "left": "Members who left",
}
STATES = {"paid": "paid", "due soon": "owed", "overdue": "owed", "left": "dropped"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedDue:
    """One line of the plan."""

    table: str
    name: str
    trade: str
    due: dt.date
    minor: int

    @property
    def cells(self) -> list[Value]:
        """The row as the export writes it; without an industry the next cell is skipped to."""
        given, _space, family = self.name.partition(" ")
        return [given, family, self.trade or None, f"{self.due:%d/%m/%Y}", self.minor / 100]


def planned_dues() -> list[PlannedDue]:
    """Return the plan, in the order of the file."""
    ana, bruno, sinead, raj, jose = MEMBERS
    return [
        PlannedDue(table="paid", name=ana, trade="Baker", due=dt.date(2027, 3, 1), minor=45_000),
        PlannedDue(table="paid", name=bruno, trade="", due=dt.date(2027, 4, 15), minor=45_050),
        PlannedDue(table="due soon", name=raj, trade="Tax", due=dt.date(2026, 12, 3), minor=45_000),
        PlannedDue(table="overdue", name=sinead, trade="Roofer", due=dt.date(2026, 9, 30), minor=123_450),
        PlannedDue(table="left", name=jose, trade="Florist", due=dt.date(2026, 5, 2), minor=45_000),
        PlannedDue(table="left", name=NO_MEMBER, trade="Cook", due=dt.date(2026, 6, 2), minor=9_900),
    ]


def expected(dues: Sequence[PlannedDue]) -> dict[str, Any]:
    """Return what a reader must find, counted from the plan alone."""
    return {
        "rows": len(dues),
        "states": dict(sorted(Counter(STATES[due.table] for due in dues).items())),
        "amount_minor": sum(due.minor for due in dues),
        "due_days": [due.due.isoformat() for due in dues],
        "trades": [due.trade for due in dues],
    }


def expected_beside() -> dict[str, Any]:
    """Return the expectation as it stands in the repository beside the tests."""
    path = Path(__file__).parent.parent / "unit" / "intake" / "expected" / "dues.json"
    beside: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return beside


def grid(dues: Sequence[PlannedDue], totals: Mapping[str, float] | None = None) -> list[list[Value]]:
    """Return the sheet: each table with its title, its header and its total; `totals` replaces what adds up."""
    rows: list[list[Value]] = []
    for table, title in TITLES.items():
        of_table = [due for due in dues if due.table == table]
        total = (totals or {}).get(table, sum(due.minor for due in of_table) / 100)
        rows += [[Merged(text=title, across=4), None, None, None, None], list(HEAD)]
        rows += [due.cells for due in of_table]
        rows += [["Total", None, None, None, total], []]
    return rows


def file_of(rows: Sequence[Sequence[Value]], container: str) -> bytes:
    """Return the rows in one of the containers in which such files come."""
    match container:
        case "xls":
            return spreadsheetml_bytes(rows)
        case "xlsx":
            return xlsx_bytes({"Report": rows})
        case _:
            return csv_bytes(rows, encoding="utf-8-sig")
