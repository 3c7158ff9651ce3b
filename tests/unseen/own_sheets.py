"""Which sheets do leaders keep by hand? A Thai one with merged months, an Irish one in Unicode, a German one."""

from typing import Final

from tests.unseen.brought import Brought, GroupPlan, rows_of, totals_of
from tests.unseen.workbook import workbook

# ----------------------------------------------------------------- merged cells, Buddhist years, a hidden row, as .xlsx

LOTUS: Final = GroupPlan(
    slug="lotus",
    zone="Asia/Bangkok",
    currency="THB",
    weekday="TU",
    members=("Somchai Jaidee", "Malee Srisuk", "Anan Boonmee", "Pim Charoen", "Kitti Wong"),
)
_LOTUS_ROWS: Final = """
1 | Somchai  Jaidee | x | x | ✓ | x | x | 1500,00 |
2 | malee srisuk    | x |   | ✓ | x |   | 750,50  | pays in cash
3 | Anan Boonmee    | x | x | x | 1 | x | 0,00    |
4 | Kitti Wong      | x |   |   |   |   | 0,00    | moved away
5 | Pim Charoen     | ✓ | ✓ | x |   | x | 1500,00 |
  | Total           | 5 | 3 | 4 | 3 | 3 | 3750,50 |
"""
_LOTUS_HIDDEN_ROW: Final = 7
"""The row of Kitti, counted from 1 as a spreadsheet shows it."""
LOTUS_FROM: Final = "2025-12-02"
LOTUS_TO: Final = "2026-01-13"
LOTUS_PRESENT: Final = totals_of("""
Name           | P
Somchai Jaidee | 5
Malee Srisuk   | 3
Anan Boonmee   | 5
Pim Charoen    | 4
""")
"""Dec 2, 9 and 16, 2568 (2025), Jan 6 and 13, 2569 (2026). What a blank means is for the leader to say."""
LOTUS_DECEMBER: Final = totals_of("""
Name           | P
Somchai Jaidee | 3
Malee Srisuk   | 2
Anan Boonmee   | 3
Pim Charoen    | 3
""")


def lotus() -> Brought:
    """Return the sheet: a merged title, months of Buddhist years merged over their days, a hidden row, a Total."""
    with workbook("ลงชื่อ") as made:
        sheet = made.sheet
        sheet.merge_range("A1:I1", "Lotus Round Table: who came")
        sheet.merge_range("A2:A3", "No")
        sheet.merge_range("B2:B3", "Name")
        sheet.merge_range("C2:E2", "December 2568")
        sheet.merge_range("F2:G2", "January 2569")
        sheet.merge_range("H2:H3", "Fee")
        sheet.merge_range("I2:I3", "Remarks")
        sheet.write_row("C3", [2, 9, 16, 6, 13])
        for number, row in enumerate(rows_of(_LOTUS_ROWS), 3):
            for column, text in enumerate(row):
                if text.isdigit():
                    sheet.write_number(number, column, int(text))
                elif text:
                    sheet.write_string(number, column, text)
        sheet.set_row(_LOTUS_HIDDEN_ROW - 1, None, None, {"hidden": True})
    return Brought(name="Lotus 2568-69.xlsx", content=made.content)


# --------------------------------------------------------------------------- months above days, as CSV with a mark (BOM)

HEATHER: Final = GroupPlan(
    slug="heather",
    zone="Europe/Dublin",
    currency="EUR",
    weekday="MO",
    members=("Áine Ní Bhriain", "Tom Burke", "Sinéad Walsh", "Kwame Boateng", "Yvonne Cox"),
)
_HEATHER_ROWS: Final = """
Heather Hill networking - sign-in 2025,,,,,,,
,,,,,,,
Surname,First name,October,,,November,,Notes
,,6,13,20,3,10,
Ní  Bhriain,Áine,P,P,Y,P,P,
BURKE,Tom,P,A,Y,L,P,"late, lorry"
Walsh,Sinéad,1,1,1,1,1,
Boateng,Kwame,A,P,A,P,A,
Cox,Yvonne,✓,M,✓,S,✓,
Total,,4,3,4,4,4,
"""
HEATHER_FROM: Final = "2025-10-06"
HEATHER_TO: Final = "2025-11-10"
HEATHER_TOTALS: Final = totals_of("""
Name            | P | A | L | M | S | Meetings
Áine Ní Bhriain | 5 | 0 | 0 | 0 | 0 | 5
Tom Burke       | 3 | 1 | 1 | 0 | 0 | 5
Sinéad Walsh    | 5 | 0 | 0 | 0 | 0 | 5
Kwame Boateng   | 2 | 3 | 0 | 0 | 0 | 5
Yvonne Cox      | 3 | 0 | 0 | 1 | 1 | 5
""")
HEATHER_OCTOBER: Final = totals_of("""
Name            | P | A | L | M | S | Meetings
Áine Ní Bhriain | 3 | 0 | 0 | 0 | 0 | 3
Tom Burke       | 2 | 1 | 0 | 0 | 0 | 3
Kwame Boateng   | 1 | 2 | 0 | 0 | 0 | 3
""")


def heather() -> Brought:
    """Return the sheet: the year in its title alone, family name first, a name of a month over its first day only."""
    return Brought(name="sign-in.csv", content=_HEATHER_ROWS.lstrip("\n").encode("utf-8-sig"))


# ------------------------------------------------------------------- dates day first, decimal commas, as Windows-1252

LINDE: Final = GroupPlan(
    slug="linde",
    zone="Europe/Zurich",
    currency="CHF",
    weekday="TU",
    members=("Käthe Müller", "Jörg Stäubli", "Renée Favre", "Björn Ålund"),
)
_LINDE_ROWS: Final = """
Liste Unternehmerrunde Linde;;;;;;;
;;;;;;;
Name;Firma;13/05/2025;20/05/2025;27/05/2025;03/06/2025;Kasse;Bemerkung
Müller, Käthe;Müller Optik;x;x;x;x;12,50;
Stäubli, Jörg;Stäubli GmbH;x;a;x;x;7,00;Kind krank
Favre, Renée;;a;x;l;x;0,00;
Ålund, Björn;Ålund & Söhne;x;x;x;a;1.012,50;
Total;;3;3;4;3;1.032,00;
"""
LINDE_FROM: Final = "2025-05-13"
LINDE_TO: Final = "2025-06-03"
LINDE_TOTALS: Final = totals_of("""
Name         | P | A | L | M | S | Meetings
Käthe Müller | 4 | 0 | 0 | 0 | 0 | 4
Jörg Stäubli | 3 | 1 | 0 | 0 | 0 | 4
Renée Favre  | 2 | 1 | 1 | 0 | 0 | 4
Björn Ålund  | 3 | 1 | 0 | 0 | 0 | 4
""")


def linde() -> Brought:
    """Return the sheet: `Family, Given` in one column, a column of money, semicolons, Windows-1252, CRLF."""
    return Brought(name="Linde.csv", content=_LINDE_ROWS.lstrip("\n").replace("\n", "\r\n").encode("cp1252"))
