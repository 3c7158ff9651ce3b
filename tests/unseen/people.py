"""Which lists of people do leaders bring? A roster with somebody twice, visitors of all kinds, dues in four tables."""

import csv
from collections.abc import Sequence
from datetime import date
from io import StringIO
from typing import Final

from tests.unseen.brought import Brought, GroupPlan, rows_of, totals_of
from tests.unseen.spreadsheet_ml import Cell, Num, Wide, spreadsheet_ml

# ------------------------------------------------------------------------------------------------------------- roster

MILL: Final = GroupPlan(
    slug="mill", zone="Europe/Dublin", currency="EUR", weekday="MO", members=("Una Keogh",)
)

_ROSTER: Final = """
S no | Chapter Name | Profession | First Name | Last Name | Company | Phone Number | Cell Number | email | Status | Join Date | Renewal Date | Sponsor
1 | Mill Race | Baker | Ines | Haddad | Haddad Ovens | 01 555 0011 | 085 555 0011 | ines@haddad.example | Active | 03/04/2023 | 03/04/2026 |
2 | Mill Race | Notary | Pádraig | Ó Súilleabháin | Ó Súilleabháin & Co | | 085 555 0012 | padraig@notary.example | Active | 28/11/2022 | 28/11/2026 | Ines Haddad
3 | Mill Race | Printer | Omar | Castellanos | Castellanos Print | 01 555 0013 | | omar@castellanos.example | Active | 12/02/2024 | 12/02/2026 | Una Keogh
4 | Mill Race | Florist | Bríd | Mac Giolla | | | | brid@flowers.example | Active | 01/07/2024 | 01/07/2026 |
5 | Mill Race | IT support | Chidi | Eze | Eze Systems | +353 1 555 0015 | +353 85 555 0015 | chidi@eze.example | Active | 09/12/2024 | 09/12/2026 | Ines Haddad
6 | Mill Race | Printer | Omar | Castellanos | Castellanos Print | 01 555 0013 | | accounts@castellanos.example | Active | 12/02/2024 | 12/02/2026 | Una Keogh
7 | Mill Race | Physiotherapist | Xin | Li | Li Movement | 01 555 0017 | | xin@movement.example | Active | 06/01/2025 | 06/01/2026 | Chidi Eze
"""
MILL_MEMBERS: Final = {
    "Una Keogh": ("7 Jan 2025",),
    "Ines Haddad": ("3 Apr 2023", "Baker", "Haddad Ovens", "01 555 0011", "ines@haddad.example"),
    "Pádraig Ó Súilleabháin": ("28 Nov 2022", "Notary", "085 555 0012", "padraig@notary.example"),
    "Omar Castellanos": ("12 Feb 2024", "Printer", "Castellanos Print", "01 555 0013"),
    "Bríd Mac Giolla": ("1 Jul 2024", "Florist", "brid@flowers.example"),
    "Chidi Eze": ("9 Dec 2024", "IT support", "Eze Systems", "+353 1 555 0015", "chidi@eze.example"),
    "Xin Li": ("6 Jan 2025", "Physiotherapist", "Li Movement", "01 555 0017", "xin@movement.example"),
}
"""Everybody of the group afterwards, with what stands beside the name in the list of members."""


def mill() -> Brought:
    """Return the roster as XML; what is blank is left out, so that the next cell says its column."""
    rows = [[cell or None for cell in row] for row in rows_of(_ROSTER)]
    return Brought(
        name="roster.xls", content=spreadsheet_ml([[Wide("Chapter Roster Report", 12)], [], *rows])
    )


# ----------------------------------------------------------------------------------------------------------- visitors

ORCHARD: Final = GroupPlan(
    slug="orchard",
    zone="America/Bogota",
    currency="COP",
    weekday="WE",
    members=("Camila Restrepo", "Julián Ospina", "Valeria Toro", "Iván Nieto"),
)
VISITS_FROM: Final = "2026-09-02"
VISITS_TO: Final = "2026-10-14"

_VISITORS_HEAD: Final = (
    "First Name | Last Name | Company | Profession | Email | Phone | Address Line One | Address Line Two | City"
    " | State | Postcode | Country | Visit Date | Invited By | Type"
)
_VISITORS: Final = """
Lars | Holm | Holm Tiles | Tiler | lars@tiles.example | 555 0201 | 4 Hill Rd | | Bogotá | | | Colombia | 2026-09-02 | Camila Restrepo | First Visit
Amal | Sayegh | | Caterer | | | | | | | | | 2026-09-02 | camila  restrepo | Visitor
Lars | Holm | Holm Tiles | Tiler | lars@tiles.example | 555 0201 | 4 Hill Rd | | Bogotá | | | Colombia | 2026-09-09 | Camila Restrepo | Repeat Visitor
Pau | Ferrer | Ferrer Legal | Lawyer | pau@legal.example | | | | Cali | | | Colombia | 2026-09-16 | Julián Ospina | First Visit
Dana | Weiss | Weiss Auto | Mechanic | dana@auto.example | | | | | | | | 2026-09-23 | | Guest
Rosa | Lima | | | | | | | | | | | 2026-09-30 | Julián Ospina | First Visit
Theo | Blanc | Blanc Wines | Vintner | theo@wines.example | | | | | | | France | 2026-10-14 | Valeria Toro | Visitor
Nils | Krog | | | | | | | | | | | 2026-10-14 | Iván Nieto | Substitute
"""
VISITS_BY: Final = totals_of("""
Name          | V
Julián Ospina | 2
Valeria Toro  | 1
""")
"""V of those whose visitors all came for the first time or as plain visitors, so that every rule counts them."""
VISITOR_NAMES: Final = ("Lars Holm", "Amal Sayegh", "Pau Ferrer", "Dana Weiss", "Rosa Lima", "Theo Blanc")
VISITS: Final = 8
"""The substitute's row is one, and counts for nobody."""


def orchard_visitors() -> Brought:
    """Return the visitors as XML, with real dates."""
    head: list[Sequence[Cell]] = [
        [Wide("Visitor Registration Report", 5)],
        [],
        list(rows_of(_VISITORS_HEAD)[0]),
    ]
    rows = [[_dated(cell) for cell in row] for row in rows_of(_VISITORS)]
    return Brought(name="visitors.xls", content=spreadsheet_ml([*head, *rows]))


def _dated(text: str) -> Cell:
    if text.startswith("2026-"):
        return date.fromisoformat(text)
    return text or None


# --------------------------------------------------------------------------------------------------------------- dues

_DUES: Final = """
Members Overdue
First Name | Last Name | Company | Industry | Due Date | Amount
Julián | Ospina | Ospina Café | Coffee | 2026-10-01 | 8,14,353
|
Members Due This Month
First Name | Last Name | Company | Industry | Due Date | Amount
Camila | Restrepo | Restrepo Law | | 2026-11-30 | 235036.00
|
Members Due Within Three Months
First Name | Last Name | Company | Industry | Due Date | Amount
VALERIA | Toro | | Design | 2027-01-15 | 1.2E+5
|
Members Paid Up
First Name | Last Name | Company | Industry | Due Date | Amount
Iván | Nieto | Nieto Roofs | Roofing | 2027-08-02 | 250000
"""
DUE: Final = {
    "Julián Ospina": ("1 Oct 2026", "814,353"),
    "Camila Restrepo": ("30 Nov 2026", "235,036"),
    "Valeria Toro": ("15 Jan 2027", "120,000"),
}
"""Who owes what, and when; Iván has paid."""


def orchard_dues() -> Brought:
    """Return the dues: four tables in one sheet, each under its title, Camila's industry left out of the file."""
    report: list[Sequence[Cell]] = [[Wide("Chapter Dues Report", 5)], []]
    for row in rows_of(_DUES):
        cells = [_due_cell(cell) for cell in row]
        report.append([Wide(row[0], 5)] if len(row) == 1 else cells)
    return Brought(name="dues.xls", content=spreadsheet_ml(report))


def _due_cell(text: str) -> Cell:
    if text.startswith("202"):
        return date.fromisoformat(text)
    return Num(text) if text[:1].isdigit() and "," not in text else text or None


def visitors_as_csv_of_excel() -> Brought:
    """Return the visitors once more as a spreadsheet saves them as CSV: dates as dd/mm/yyyy, a mark at the start."""
    held = StringIO()
    writer = csv.writer(held, delimiter=";")
    writer.writerow(rows_of(_VISITORS_HEAD)[0])
    for row in rows_of(_VISITORS):
        writer.writerow([_day_first(cell) for cell in row])
    return Brought(name="visitors.csv", content=held.getvalue().encode("utf-8-sig"))


def _day_first(text: str) -> str:
    return date.fromisoformat(text).strftime("%d/%m/%Y") if text.startswith("2026-") else text
