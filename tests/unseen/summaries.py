"""Which PALMS summaries do leaders bring? With headers, without them, and with Chinese ones; with their totals."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from tests.unseen.brought import Brought, GroupPlan, rows_of, totals_of
from tests.unseen.spreadsheet_ml import Cell, Num, Wide, spreadsheet_ml
from tests.unseen.workbook import workbook

_EXCEL_DAY_NULL: Final = date(1899, 12, 30)
_FIGURES: Final = re.compile(r"\d+(\.\d+)?(E\+\d+)?")

# --------------------------------------------------------------------- with headers, as .xls that is XML, from India

LANTERN: Final = GroupPlan(
    slug="lantern",
    zone="Asia/Kolkata",
    currency="INR",
    weekday="TH",
    members=(
        "Aarav Mehta",
        "Ishita Rao",
        "Kabir D'Souza",
        "Meera Iyer",
        "Rohan van der Merwe",
        "Saanvi Pillai",
        "Robert Tanaka",
        "Li Na Zhou",
        "Zara Sheikh",
        "Nobody Listed",
    ),
)
LANTERN_FROM: Final = date(2025, 3, 6)
LANTERN_TO: Final = date(2025, 8, 28)
"""26 Thursdays."""

_LANTERN_ROWS: Final = """
Aarav  | Mehta         | 24   | 1   | 0 | 1 | 0 | 3 | 12 | 2 | 9  | 4 | 22 | 1.8E+10     | 11 | 2
Ishita | Rao           | 20   | 2   | 3 | 0 | 1 | 0 | 5  | 1 | 7  | 2 | 15 | 8,14,41,353 | 6  | 0
Kabir  | D'Souza       | 26.0 | 0.0 | 0 | 0 | 0 | 8 | 31 | 4 | 10 | 7 | 41 | 235036.00   | 26 | 5
Meera  | Iyer          | 22   | -   | 1 | 3 | - | 1 | 2  | - | 4  | - | 9  | -           | 3  | 1
Rohan  | van der Merwe | 18.0 | 4   | 2 | 0 | 2 | 2 | 6  | 3 | 3  | 1 | 12 | 0           | 4  | 0
Saanvi | Pillai        | 11   | 1   | 0 | 0 | 1 | 0 | 3  | 1 | 2  | 1 | 8  | 12500       | 5  | 0
Bob    | Tanaka        | 23   | 1   | 1 | 0 | 1 | 4 | 9  | 2 | 6  | 3 | 20 | 1,05,000.50 | 9  | 1
Li Na  | Zhou          | 25   | 0   | 1 | 0 | 0 | 5 | 5  | 5 | 5  | 0 | 18 | 7           | 8  | 0
Zara   | Sheikh        | 21   | 3   | 1 | 1 | 0 | 0 | 0  | 6 | 2  | 2 | 3  | 99,999.99   | 1  | 0
Dev    | Kulkarni      | 10   | 0   | 2 | 0 | 0 | 1 | 1  | 0 | 1  | 0 | 4  | 0           | 2  | 0
"""
_LANTERN_TAIL: Final = """
Visitors | | 26  | 0  | 0  | 0 | 0 | 0  | 0  | 0  | 0  | 0  | 0   | 0       | 0  | 0
BNI      | | 26  | 0  | 0  | 0 | 0 | 0  | 0  | 0  | 0  | 0  | 0   | 6400000 | 0  | 0
Total    | | 283 | 21 | 13 | 5 | 6 | 26 | 85 | 24 | 53 | 23 | 169 | 18088330896.49 | 75 | 9
"""
LANTERN_TOTALS: Final = totals_of("""
Name                    | P  | A  | L  | M | S | RGI | RGO | RRI | RRO | V | 1-2-1 | TYFCB (INR) | CEU | T
Aarav Mehta             | 24 | 1  | 0  | 1 | 0 | 3   | 12  | 2   | 9   | 4 | 22    | 18000000000 | 11  | 2
Ishita Rao              | 20 | 2  | 3  | 0 | 1 | 0   | 5   | 1   | 7   | 2 | 15    | 81441353    | 6   | 0
Kabir D'Souza           | 26 | 0  | 0  | 0 | 0 | 8   | 31  | 4   | 10  | 7 | 41    | 235036      | 26  | 5
Meera Iyer              | 22 | 0  | 1  | 3 | 0 | 1   | 2   | 0   | 4   | 0 | 9     | 0           | 3   | 1
Rohan van der Merwe     | 18 | 4  | 2  | 0 | 2 | 2   | 6   | 3   | 3   | 1 | 12    | 0           | 4   | 0
Saanvi Pillai           | 11 | 1  | 0  | 0 | 1 | 0   | 3   | 1   | 2   | 1 | 8     | 12500       | 5   | 0
Robert Tanaka           | 23 | 1  | 1  | 0 | 1 | 4   | 9   | 2   | 6   | 3 | 20    | 105000.50   | 9   | 1
Li Na Zhou              | 25 | 0  | 1  | 0 | 0 | 5   | 5   | 5   | 5   | 0 | 18    | 7           | 8   | 0
Zara Sheikh             | 21 | 3  | 1  | 1 | 0 | 0   | 0   | 6   | 2   | 2 | 3     | 99999.99    | 1   | 0
Nobody Listed           | 0  | 0  | 0  | 0 | 0 | 0   | 0   | 0   | 0   | 0 | 0     | 0           | 0   | 0
""")
LANTERN_RESIDUE: Final = totals_of("""
Name                    | A | L | S | RGI | RGO | RRI | RRO | V | 1-2-1
People no longer listed | 9 | 4 | 1 | 3   | 12  | 0   | 5   | 3 | 21
""")
"""What Total has beyond the nine members; Dev is nobody here. In P and money it matters whether Total counts tail rows."""
LANTERN_RESIDUE_OF_P: Final = (41, 93)
LANTERN_RESIDUE_OF_MONEY: Final = (37000, 6437000)
"""If Total counts the rows `Visitors` and `BNI` in, and if not: formats.md does not say. BNI alone has 6400000."""


def lantern() -> Brought:
    """Return the summary with headers: values under and three cells beside their labels, spacers, T last."""
    head: list[Sequence[Cell]] = [
        [Wide("Chapter PALMS Summary Report", 7)],
        [],
        ["Running User", "Run At", "", "Country", "Region", "Chapter"],
        ["Zara Sheikh", "2025-09-01 08:11", "", "India", "Mumbai West", "Lantern Quay"],
        [],
        ["From:", None, None, _serial(LANTERN_FROM), "", "To:", None, None, _serial(LANTERN_TO)],
        [],
        _spaced(
            "First Name", "Last Name", *"PALMS", "RGI", "RGO", "RRI", "RRO", "V", "1-2-1", "TYFCB", "CEU", "T"
        ),
    ]
    listed = [_spaced(*map(_figure, row)) for row in rows_of(_LANTERN_ROWS)]
    tail = [_spaced(*map(_figure, row)) for row in rows_of(_LANTERN_TAIL)]
    return Brought(name="Lantern PALMS.xls", content=spreadsheet_ml([*head, *listed, *tail]))


def lantern_unreadable() -> Brought:
    """Return the same summary with two amounts no one can read: Aarav's is ∞, Ishita's too wide for its column."""
    changes = {"8,14,41,353": "#######", "1.8E+10": "∞"}
    text = lantern().content.decode()
    for written, broken in changes.items():
        text = re.sub(rf'"(?:Number|String)">{re.escape(written)}<', f'"String">{broken}<', text)
    return Brought(name="Lantern PALMS (2).xls", content=text.encode())


def _spaced(*cells: Cell) -> Sequence[Cell]:
    """Return the cells of a row with a gap behind A, S, RGO, RRO and 1-2-1: the header spans it, values skip it."""
    gaps = {4, 7, 9, 11, 13}
    row: list[Cell] = []
    for number, cell in enumerate(cells, 1):
        is_head = number in gaps and isinstance(cell, str) and not _is_value(cell)
        row += (
            [Wide(cell, 1)]
            if is_head and isinstance(cell, str)
            else [cell, None]
            if number in gaps
            else [cell]
        )
    return row


def _is_value(text: str) -> bool:
    return text == "-" or _FIGURES.fullmatch(text) is not None


def _figure(text: str) -> Cell:
    return Num(text) if _FIGURES.fullmatch(text) else text


def _serial(day: date) -> Num:
    return Num(str((day - _EXCEL_DAY_NULL).days))


# ------------------------------------------------------------------ without headers, as CSV Windows-1252, from Norway

FJORD: Final = GroupPlan(
    slug="fjord",
    zone="Europe/Oslo",
    currency="NOK",
    weekday="TU",
    members=(
        "Ingrid O'Brien-Østergård",
        "José da Silva",
        "Åse Brække",
        "Jürgen Weiß",
        "Ole Bull",
        "Siv Aanerud",
        "Nuno Gonçalves Sá",
    ),
)
FJORD_FROM: Final = date(2025, 1, 7)
FJORD_TO: Final = date(2025, 5, 27)
"""21 Tuesdays."""

_FJORD_ROWS: Final = """
First Name;Last Name;P;A;L;M;S;RGI;RGO;RRI;RRO;V;1-2-1;TYFCB;CEU;Custom
Ingrid;O'Brien-Østergård;17;2;1;0;1;2;4;1;6;1;12;235036,00;3;sings
 José ;da  Silva;19;0;0;2;0;0;7;3;0;0;8;12\u00a0450,50;1;
ÅSE;BRÆKKE;21;0;0;0;0;1;1;1;1;5;30;0,00;9;treasurer; keeps the float
jürgen;weiss;12;5;4;0;0;0;0;2;3;0;2;-;0;
Ole;bull;20;1;0;0;0;6;2;0;4;1;11;7;2;
SIV;Aanerud;8;0;1;0;0;0;2;0;1;0;4;1.500,00;2;joined in April
Nuno  Gonçalves;Sá;16;1;1;2;1;3;9;2;2;2;17;99;4;
"""
FJORD_TOTALS: Final = totals_of("""
Name                     | P  | A | L | M | S | RGI | RGO | RRI | RRO | V | 1-2-1 | TYFCB (NOK) | CEU
Ingrid O'Brien-Østergård | 17 | 2 | 1 | 0 | 1 | 2   | 4   | 1   | 6   | 1 | 12    | 235036      | 3
José da Silva            | 19 | 0 | 0 | 2 | 0 | 0   | 7   | 3   | 0   | 0 | 8     | 12450.50    | 1
Åse Brække               | 21 | 0 | 0 | 0 | 0 | 1   | 1   | 1   | 1   | 5 | 30    | 0           | 9
Jürgen Weiß              | 12 | 5 | 4 | 0 | 0 | 0   | 0   | 2   | 3   | 0 | 2     | 0           | 0
Ole Bull                 | 20 | 1 | 0 | 0 | 0 | 6   | 2   | 0   | 4   | 1 | 11    | 7           | 2
Siv Aanerud              | 8  | 0 | 1 | 0 | 0 | 0   | 2   | 0   | 1   | 0 | 4     | 1500        | 2
Nuno Gonçalves Sá        | 16 | 1 | 1 | 2 | 1 | 3   | 9   | 2   | 2   | 2 | 17    | 99          | 4
""")


def fjord() -> Brought:
    """Return the summary without headers, saved by a Norwegian spreadsheet: `;`, decimal commas, Windows-1252."""
    text = (
        _FJORD_ROWS.lstrip("\n").replace("treasurer; keeps", '"treasurer; keeps').replace(" float", ' float"')
    )
    return Brought(name="palms fjord vår.csv", content=text.replace("\n", "\r\n").encode("cp1252"))


def fjord_named_with_its_period() -> Brought:
    """Return the same under a name that says its period."""
    return Brought(name="PALMS Fjord 2025-01-07 to 2025-05-27.csv", content=fjord().content)


# --------------------------------------------------------------------------------- with Chinese headers, as true .xlsx

HARVEST: Final = GroupPlan(
    slug="harvest",
    zone="Asia/Taipei",
    currency="TWD",
    weekday="WE",
    members=("家豪 陳", "美玲 陳", "美玲 林", "靜 歐陽", "大明 王", "Grace 許"),
)
HARVEST_FROM: Final = date(2025, 7, 2)
HARVEST_TO: Final = date(2025, 9, 24)
"""13 Wednesdays."""

_HARVEST_ROWS: Final = """
姓氏 | 名字 | 出席 | 缺席 | 遲到 | 病假 | 替代人 | 提供內部引薦 | 提供外部引薦 | 收到內部引薦 | 收到外部引薦 | 來賓 | 一對一會面 | 交易價值 | 分會教育單位
陳 | 家豪 | 12 | 0 | 1 | 0 | 0 | 2 | 5 | 0 | 4 | 3 | 14 | 1250000 | 13
陳 | 美玲 | 9 | 2 | 0 | 2 | 0 | 1 | 0 | 3 | 2 | 0 | 6 | 88,000 | 2
林 | 美玲 | 13 | 0 | 0 | 0 | 0 | 4 | 4 | 1 | 1 | 1 | 9 | - | 5
歐陽 | 靜 | 10 | 1 | 1 | 0 | 1 | 0 | 2 | 2 | 0 | 0 | 3 | 560.5 | 0
王 | 大明 | 11 | 0 | 2 | 0 | 0 | 0 | 1 | 1 | 3 | 2 | 8 | 0 | 1
許 | Grace | 5 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 2 | 0 | 2 | 30000 | 1
"""
HARVEST_TOTALS: Final = totals_of("""
Name      | P  | A | L | M | S | RGI | RGO | RRI | RRO | V | 1-2-1 | TYFCB (TWD) | CEU
陳家豪    | 12 | 0 | 1 | 0 | 0 | 2   | 5   | 0   | 4   | 3 | 14    | 1250000     | 13
陳美玲    | 9  | 2 | 0 | 2 | 0 | 1   | 0   | 3   | 2   | 0 | 6     | 88000       | 2
林美玲    | 13 | 0 | 0 | 0 | 0 | 4   | 4   | 1   | 1   | 1 | 9     | 0           | 5
歐陽靜    | 10 | 1 | 1 | 0 | 1 | 0   | 2   | 2   | 0   | 0 | 3     | 560.5       | 0
王大明    | 11 | 0 | 2 | 0 | 0 | 0   | 1   | 1   | 3   | 2 | 8     | 0           | 1
Grace 許  | 5  | 0 | 0 | 0 | 0 | 0   | 0   | 0   | 2   | 0 | 2     | 30000       | 1
""")


def harvest() -> Brought:
    """Return the summary with Chinese headers, family name first, numbers as numbers."""
    with workbook("報表") as made:
        for number, row in enumerate(rows_of(_HARVEST_ROWS)):
            for column, text in enumerate(row):
                if _FIGURES.fullmatch(text):
                    made.sheet.write_number(number, column, float(text))
                else:
                    made.sheet.write_string(number, column, text)
    return Brought(name="豐收分會 PALMS.xlsx", content=made.content)
