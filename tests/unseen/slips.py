"""Which slips audits do leaders bring? A new one dated by its file name, an old one by its title, and a fuller one."""

from collections.abc import Sequence
from typing import Final

from tests.unseen.brought import Brought, GroupPlan, rows_of, totals_of
from tests.unseen.spreadsheet_ml import Bold, Cell, Num, Wide, spreadsheet_ml
from tests.unseen.workbook import workbook

DAY: Final = "2025-02-13"
"""A Thursday."""

# ----------------------------------------------------------------------------- the newer shape; `*` is a name in bold

TANNERY: Final = GroupPlan(
    slug="tannery",
    zone="Europe/London",
    currency="GBP",
    weekday="TH",
    members=("Nadia Farouk", "Piotr Zielinski", "Oke Adeyemi", "Lucía Peña", "Grace Mbeki", "Ulla Still"),
)

_TANNERY_HEAD: Final = (
    "From",
    "To",
    "Slip Type",
    "Inside/Outside",
    "TYFCB Amount",
    "CEU Credits",
    "Detail",
)
_TANNERY_ROWS: Final = """
Nadia Farouk    | Piotr Zielinski | Referral   | Tier 1 (inside)  | | |
Nadia Farouk    | Piotr Zielinski | Referral   | Tier 1 (inside)  | | |
Nadia Farouk    | Piotr Zielinski | Referral   | Tier 1 (inside)  | | |
Nadia Farouk    | Oke Adeyemi     | Referral   | Tier 2 (outside) | | |
                | Piotr Zielinski | TYFCB      | Tier 2 (outside) | 235036.00   | |
Nadia Farouk    | Piotr Zielinski | Referral   | Tier 1 (inside)  | | |
nadia  farouk   | piotr zielinski | Referral   | Tier 1 (inside)  | | |
Nadia Farouk    | Oke Adeyemi     | Referral   | Tier 2 (outside) | | |
Nadia Farouk    | Oke Adeyemi     | Referral   | Tier 2 (outside) | | |
Piotr Zielinski | Nadia Farouk    | Referral   | Tier 2 (outside) | | | call after Easter
Oke Adeyemi     | *Hana Mori      | Referral   | Tier 2 (outside) | | | Riverside
*Hana Mori      | Lucía Peña      | Referral   | Tier 2 (outside) | | | Riverside
Nadia Farouk    | Piotr Zielinski | One-to-One | Tier 1 (inside)  | | |
Nadia Farouk    | Piotr Zielinski | One-to-One | Tier 1 (inside)  | | |
Oke Adeyemi     | Lucía Peña      | One-to-One | Tier 1 (inside)  | | | at the harbour
Lucía Peña      | *Ken Ito        | One-to-One | Tier 2 (outside) | | | Old Town
Grace Mbeki     |                 | CEU        |                  | | 2.0 | a book
Piotr Zielinski |                 | CEU        |                  | | 1 |
Piotr Zielinski |                 | CEU        |                  | | 1 |
                | Piotr Zielinski | TYFCB      | Tier 2 (outside) | 235036.00   | |
                | Nadia Farouk    | TYFCB      | Tier 1 (inside)  | 1,05,000.50 | |
                | Oke Adeyemi     | TYFCB      | Tier 2 (outside) | 7           | |
                | Grace Mbeki     | TYFCB      | Tier 2 (outside) | 1.8E+10     | |
                | Lucía Peña      | TYFCB      | Tier 2 (outside) | 99,999.99   | |
Grace Mbeki     | Bo Lindqvist    | Visitor    |                  | | |
Grace Mbeki     | Di Chen         | Visitor    |                  | | |
Oke Adeyemi     | Ffion Rees      | Visitor    |                  | | |
"""
TANNERY_TOTALS: Final = totals_of("""
Name            | RGI | RGO | RRI | RRO | V | 1-2-1 | TYFCB (GBP) | CEU
Nadia Farouk    | 5   | 3   | 0   | 1   | 0 | 2     | 105000.50   | 0
Piotr Zielinski | 0   | 1   | 5   | 0   | 0 | 2     | 470072      | 2
Oke Adeyemi     | 0   | 1   | 0   | 3   | 1 | 1     | 7           | 0
Lucía Peña      | 0   | 0   | 0   | 1   | 0 | 2     | 99999.99    | 0
Grace Mbeki     | 0   | 0   | 0   | 0   | 2 | 0     | 18000000000 | 2
Ulla Still      | 0   | 0   | 0   | 0   | 0 | 0     | 0           | 0
""")
"""A talk counts for both; Oke's referral to another group's person is Oke's, Hana's to Lucía is Lucía's."""


def tannery() -> Brought:
    """Return the newer report as true `.xlsx`, dated by its file name alone."""
    with workbook("Sheet1") as made:
        bold = made.book.add_format({"bold": True})
        made.sheet.write_row(0, 0, _TANNERY_HEAD, bold)
        for number, row in enumerate(rows_of(_TANNERY_ROWS), 1):
            for column, text in enumerate(row):
                if text:
                    style = bold if text.startswith("*") else None
                    made.sheet.write_string(number, column, text.removeprefix("*"), style)
    return Brought(name=f"slips-audit-report_{DAY}.xlsx", content=made.content)


# ------------------------------------------------------------------------------ the older shape: A, B, D, F, G, I, J

QUARRY: Final = GroupPlan(
    slug="quarry",
    zone="Australia/Hobart",
    currency="AUD",
    weekday="TH",
    members=("Mary Ann Chua", "Deepa Nair", "Tobias Grün", "Imogen Hale"),
)
_QUARRY_HEAD: Final = "From | To | | Slip Type | | Inside/Outside | $ if TYFCB | | Qty if CEU | Detail"
_QUARRY_ROWS: Final = """
Mary  Ann  Chua | Deepa Nair  | | Referral   | | Inside  | | | |
Mary  Ann  Chua | Deepa Nair  | | Referral   | | Inside  | | | |
Mary  Ann  Chua | Deepa Nair  | | Referral   | | Inside  | | | |
Mary Ann Chua   | Deepa Nair  | | Referral   | | Inside  | | | |
Deepa Nair      | Tobias Grün | | Referral   | | Outside | | | | wants a quote
Tobias Grün     | Mary Ann Chua | | Referral | | Outside | | | |
Tobias Grün     | Mary Ann Chua | | Referral | | Outside | | | |
Tobias Grün     | Mary Ann Chua | | Referral | | Outside | | | |
Deepa Nair      | Tobias Grün | | One to One | | Inside  | | | |
*Rex Dunn       | Tobias Grün | | Referral   | | Outside | | | | Launceston
                | Deepa Nair  | | TYFCB      | | Inside  | 8,14,41,353 | | |
                | Tobias Grün | | TYFCB      | | Outside | 50.0 | | |
                | Tobias Grün | | TYFCB      | | Outside | 50.0 | | |
Mary Ann Chua   |             | | CEU        | |         | | | 3 | podcast
Tobias Grün     | Una Blythe  | | Visitor    | |         | | | |
"""
_QUARRY_LATE_ROWS: Final = """
Mary Ann Chua   | Deepa Nair  | | Referral   | | Inside  | | | |
                | Imogen Hale | | TYFCB      | | Outside | 1200 | | |
"""
QUARRY_TOTALS: Final = totals_of("""
Name          | RGI | RGO | RRI | RRO | V | 1-2-1 | TYFCB (AUD) | CEU
Mary Ann Chua | 4   | 0   | 0   | 3   | 0 | 0     | 0           | 3
Deepa Nair    | 0   | 1   | 4   | 0   | 0 | 1     | 81441353    | 0
Tobias Grün   | 0   | 3   | 0   | 2   | 1 | 1     | 100         | 0
Imogen Hale   | 0   | 0   | 0   | 0   | 0 | 0     | 0           | 0
""")
QUARRY_FULL_TOTALS: Final = totals_of("""
Name          | RGI | RGO | RRI | RRO | V | 1-2-1 | TYFCB (AUD) | CEU
Mary Ann Chua | 5   | 0   | 0   | 3   | 0 | 0     | 0           | 3
Deepa Nair    | 0   | 1   | 5   | 0   | 0 | 1     | 81441353    | 0
Tobias Grün   | 0   | 3   | 0   | 2   | 1 | 1     | 100         | 0
Imogen Hale   | 0   | 0   | 0   | 0   | 0 | 0     | 1200        | 0
""")
"""After the evening's report of the same day, which repeats the morning's fifteen rows and has two more."""


def quarry() -> Brought:
    """Return the older report, dated by its title; its name says nothing."""
    return Brought(name="Report(3).xls", content=_older(_QUARRY_ROWS))


def quarry_full() -> Brought:
    """Return the report of the same day saved again in the evening: all rows of the first, and two more."""
    return Brought(name="Report(4).xls", content=_older(_QUARRY_LATE_ROWS + _QUARRY_ROWS.lstrip("\n")))


def _older(rows: str) -> bytes:
    head: list[Sequence[Cell]] = [
        [Wide("Slips Audit Report for 13/02/2025", 9)],
        ["Running User", "Run At", "Country", "Region", "Chapter"],
        ["Imogen Hale", "14/02/2025 09:30", "Australia", "Tasmania", "Quarry Hill"],
        [],
    ]
    table = [_QUARRY_HEAD, *rows.strip("\n").splitlines()]
    return spreadsheet_ml(
        [*head, *([_older_cell(text) for text in row] for row in rows_of("\n".join(table)))]
    )


def _older_cell(text: str) -> Cell:
    if not text:
        return None
    if text.startswith("*"):
        return Bold(text.removeprefix("*"))
    return Num(text) if text.replace(".", "").isdigit() else text
