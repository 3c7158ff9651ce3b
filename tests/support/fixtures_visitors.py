"""A visitors file of a chapter, planned before any file is written, with what a reader must find beside it.

Day first, in a year whose days prove it; address lines, a double space in a name, invitations of somebody who is no
member, each type of visit, and `Visitor` alone for people who came before and for people who did not.
"""

import datetime as dt
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.sheets import Value, csv_bytes, spreadsheetml_bytes, xlsx_bytes

HEAD: tuple[Value, ...] = (
    "First Name", "Last Name", "Company", "Profession", "Email", "Phone", "Address Line One", "Address Line Two",
    "City", "State", "Zip", "Country", "Visit Date", "Invited By", "Type",
)  # fmt: skip
CONTAINERS = ("xls", "xlsx", "csv")
MEMBERS = ("Ana Silva", "Bruno Costa", "Sinéad O'Brien-Østergård")
FORMER = "Rui Antunes"
"""Somebody who invited and is no member."""

COUNTED = ("first", "repeat")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedVisit:
    """One visit of the plan; `kind` is what the type must come to, `written` what the file says."""

    given: str
    family: str
    day: dt.date
    inviter: str
    written: str
    kind: str
    city: str = ""
    company: str = ""

    @property
    def name(self) -> str:
        """The name as people say it."""
        return f"{self.given} {self.family}"

    @property
    def email(self) -> str:
        """An address that is theirs alone."""
        return f"{self.given.lower()}@visitor.example" if self.given.isascii() else ""


def planned_visits() -> list[PlannedVisit]:
    """Return the plan, in the file's order, which is not that of the days."""
    first, second, third = dt.date(2026, 10, 6), dt.date(2026, 10, 13), dt.date(2026, 10, 27)
    off_calendar, long_ago = dt.date(2026, 10, 8), dt.date(2025, 3, 4)
    ana, bruno, sinead = MEMBERS
    return [
        PlannedVisit(given="Vera", family="Nunes", day=second, inviter=ana, written="Visitor", kind="repeat"),
        PlannedVisit(given="Vera", family="Nunes", day=first, inviter=ana, written="Visitor", kind="first"),
        PlannedVisit(
            given="Walt", family="Ortiz", day=first, inviter=bruno, written="First Visit", kind="first",
            city="Lisboa", company="Ortiz & Filhos",
        ),
        PlannedVisit(
            given="Xenia", family="Petrova", day=third, inviter=sinead, written="Repeat Visitor", kind="repeat"
        ),
        PlannedVisit(given="小明", family="王", day=third, inviter=bruno, written="Guest", kind="guest"),
        PlannedVisit(
            given="Yann", family="Le  Goff", day=second, inviter=FORMER, written="Substitute", kind="substitute"
        ),
        PlannedVisit(given="Zita", family="Reis", day=off_calendar, inviter="", written="", kind="first"),
        PlannedVisit(
            given="Olga", family="Brito", day=long_ago, inviter=ana, written="First Visit", kind="first"
        ),
    ]  # fmt: skip


def expected(visits: Sequence[PlannedVisit]) -> dict[str, Any]:
    """Return what a reader must find, counted from the plan alone."""
    palms = Counter(visit.inviter for visit in visits if visit.kind in COUNTED and visit.inviter in MEMBERS)
    return {
        "rows": len(visits),
        "kinds": dict(sorted(Counter(visit.kind for visit in visits).items())),
        "days": dict(sorted(Counter(visit.day.isoformat() for visit in visits).items())),
        "palms_v": dict(sorted(palms.items())),
    }


def expected_beside() -> dict[str, Any]:
    """Return the expectation as it stands in the repository beside the tests."""
    path = Path(__file__).parent.parent / "unit" / "intake" / "expected" / "visitors.json"
    beside: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return beside


def row_of(visit: PlannedVisit) -> list[Value]:
    """Return the row as the export writes it, the day first."""
    return [
        visit.given, visit.family, visit.company, "Roofer", visit.email, "+351 910 000 111", "Rua do Cais 5", "",
        visit.city, "", "1200-001", "Portugal", f"{visit.day:%d/%m/%Y}", visit.inviter, visit.written,
    ]  # fmt: skip


def grid(visits: Sequence[PlannedVisit]) -> list[list[Value]]:
    """Return the whole export: a title, an empty row, the header, the visits, and how many they are."""
    return [["Visitors Report"], [], list(HEAD), *(row_of(visit) for visit in visits), ["Total"]]


def file_of(rows: Sequence[Sequence[Value]], container: str) -> bytes:
    """Return the rows in one of the containers in which such files come."""
    match container:
        case "xls":
            return spreadsheetml_bytes(rows)
        case "xlsx":
            return xlsx_bytes({"Report": rows})
        case _:
            return csv_bytes(rows, encoding="utf-8-sig")
