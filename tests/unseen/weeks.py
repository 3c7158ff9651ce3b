"""Which attendance, week by week, do leaders bring? Twelve Fridays over New Year, and one letter nobody knows."""

from collections.abc import Sequence
from typing import Final

from tests.unseen.brought import Brought, GroupPlan, rows_of, totals_of
from tests.unseen.spreadsheet_ml import Cell, Wide, spreadsheet_ml
from tests.unseen.workbook import workbook

KILN: Final = GroupPlan(
    slug="kiln",
    zone="America/Toronto",
    currency="CAD",
    weekday="FR",
    members=(
        "Maude Tremblay",
        "Ngozi Okafor",
        "Priya Raman",
        "Sam Lee",
        "Tomasz Wójcik",
        "Wendy Chartrand",
        "Yusuf Demir",
        "Zoë Kowalski",
    ),
    joined={"Yusuf Demir": "2025-12-12", "Zoë Kowalski": "2026-01-14"},
)
KILN_FROM: Final = "2025-11-21"
KILN_TO: Final = "2026-02-06"

# Dec 26 was a holiday: nobody has a letter. The meeting of Jan 16 was held on Wednesday, Jan 14. Yusuf and Zoë joined.
_HEAD: Final = (
    "Nov 21",
    "Nov 28",
    "Dec 05",
    "Dec 12",
    "Dec 19",
    "Dec 26",
    "Jan 02",
    "Jan 09",
    "Jan 14",
    "Jan 23",
)
_LATER_HEAD: Final = ("Jan 30", "Feb 06")
_LETTERS: Final = """
Maude  | Tremblay  | P | P | P | P | P |   | P | P | P | P | P | P
Ngozi  | Okafor    | P | L | P | A | P |   | A | P | P | L | P | S
Priya  | Raman     | M | M | M | P | P |   | P | P | A | P | P | P
SAM    | lee       | P | P | S | P | A |   | A | A | P | P | L | P
Tomasz | Wójcik    | A | P | P | P | P |   | S | P | P | P | P | A
Wendy  | Chartrand | P | P | P | L | L |   | P | P | P | P | M | M
Yusuf  | Demir     |   |   |   | P | P |   | P | A | P | P | P | P
Zoë    | Kowalski  |   |   |   |   |   |   |   |   | P | P | P | L
"""
_TAIL: Final = """
Visitors | | P | P | P | P | P |   | P | P | P | P | P | P
BNI      | | P | P | P | P | P |   | P | P | P | P | P | P
Total    | | 5 | 6 | 7 | 6 | 6 |   | 5 | 7 | 8 | 7 | 7 | 5
"""
KILN_TOTALS: Final = totals_of("""
Name            | P  | A | L | M | S | Meetings
Maude Tremblay  | 11 | 0 | 0 | 0 | 0 | 11
Ngozi Okafor    | 6  | 2 | 2 | 0 | 1 | 11
Priya Raman     | 7  | 1 | 0 | 3 | 0 | 11
Sam Lee         | 6  | 3 | 1 | 0 | 1 | 11
Tomasz Wójcik   | 8  | 2 | 0 | 0 | 1 | 11
Wendy Chartrand | 7  | 0 | 2 | 2 | 0 | 11
Yusuf Demir     | 7  | 1 | 0 | 0 | 0 | 11
Zoë Kowalski    | 3  | 0 | 1 | 0 | 0 | 11
""")
KILN_OLD_YEAR: Final = totals_of("""
Name            | P  | A | L | M | S | Meetings
Maude Tremblay  | 5  | 0 | 0 | 0 | 0 | 5
Ngozi Okafor    | 3  | 1 | 1 | 0 | 0 | 5
Priya Raman     | 2  | 0 | 0 | 3 | 0 | 5
Sam Lee         | 3  | 1 | 0 | 0 | 1 | 5
Tomasz Wójcik   | 4  | 1 | 0 | 0 | 0 | 5
Wendy Chartrand | 3  | 0 | 2 | 0 | 0 | 5
Yusuf Demir     | 2  | 0 | 0 | 0 | 0 | 5
""")
"""What stands on days of 2025 alone: a header without a year that was read wrongly shows here."""


def kiln() -> Brought:
    """Return the report as true `.xlsx`: From and To as ISO days right beside their labels."""
    with workbook("Report") as made:
        for number, row in enumerate(_report()):
            for column, cell in enumerate(row):
                if cell:
                    made.sheet.write_string(number, column, cell)
    return Brought(name="attendance.xlsx", content=made.content)


def kiln_with_unknown_letter() -> Brought:
    """Return the same as XML, with `V` (for a holiday trip) in Priya's Jan 30 and Tomasz' Dec 12."""
    rows = [list[Cell](row) for row in _report()]
    priya, tomasz = (next(row for row in rows if row[:1] == [name]) for name in ("Priya", "Tomasz"))
    priya[3 + 10] = "V"
    tomasz[3 + 3] = "V"
    rows[0] = [Wide("Chapter PALMS Attendance Report", 5)]
    return Brought(name="attendance (V).xls", content=spreadsheet_ml(_without_blanks(rows)))


def _report() -> list[list[str]]:
    return [
        ["Chapter PALMS Attendance Report"],
        [],
        ["Chapter", "Kiln Lane"],
        ["From:", KILN_FROM, "", "To:", "", KILN_TO],
        [],
        ["First Name", "Last Name", "", *_HEAD, *_LATER_HEAD],
        *([row[0], row[1], "", *row[2:]] for row in [*rows_of(_LETTERS), *rows_of(_TAIL)]),
    ]


def _without_blanks(rows: Sequence[Sequence[Cell]]) -> list[Sequence[Cell]]:
    """Return the rows with their blank cells left out of the file, as the report does it."""
    return [[None if cell == "" else cell for cell in row] for row in rows]
