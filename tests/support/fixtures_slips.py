"""A slips audit of 513 rows, planned before any file is written: the expectation that no reader has touched.

84 rows equal an earlier one, thank-you business never says from whom it is, people of other groups are written in bold
with their group in Detail, and names have double spaces. Everything counted here is counted from the plan itself.
"""

import datetime as dt
import io
import json
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter

from tests.support.sheets import Value, csv_bytes

DAY = dt.date(2025, 2, 13)
ROWS, ALIKE = 513, 84
TITLE = "Slips Audit Report for 13/02/2025"

MEMBERS = (
    "Ana Silva", "Bruno Costa", "Sinéad O'Brien-Østergård", "ليلى حداد", "小明 王", "Mary Jane Watson", "José Núñez",
    "Jürgen Groß", "Zoë van der Berg", "Łukasz Żak", "Ngozi Okafor", "Raj Patel",
)  # fmt: skip
ELSEWHERE = {"Marta Reis": "Old Town", "Piet de Vries": "Canal Side", "Ana  Luz": "Old Town"}
"""People of other groups as the export writes them, each with the group that Detail names."""

VISITORS = ("Vera Nunes", "Walt Ortiz", "Xenia Petrova")

AMOUNTS: tuple[tuple[Value, int], ...] = (
    (53.0, 5_300),
    ("57.0", 5_700),
    ("235036.00", 23_503_600),
    ("1.8E+10", 1_800_000_000_000),
    ("8,14,41,353", 8_144_135_300),
    ("1,250.50", 125_050),
    ("1.350,50", 135_050),
    ("1,234", 123_400),
    ("€ 420", 42_000),
    (99.5, 9_950),
)
"""An amount as exports write it, and what it is in cents."""


class Kind(StrEnum):
    """The types of slip, as today's export writes them."""

    REFERRAL = "Referral"
    ONE_TO_ONE = "One-to-One"
    CEU = "CEU"
    TYFCB = "TYFCB"
    VISITOR = "Visitor"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSlip:
    """One slip of the plan. Names of other groups' people come from `ELSEWHERE`."""

    kind: Kind
    sender: str = ""
    receiver: str = ""
    tier: str = ""
    amount: int = 0
    credits: int = 0

    @property
    def detail(self) -> str:
        """The other group, where somebody of one takes part."""
        return ELSEWHERE.get(self.sender) or ELSEWHERE.get(self.receiver) or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bold:
    """A text in bold."""

    text: str


def planned_slips() -> list[PlannedSlip]:
    """Return the plan, the same every time: distinct slips, and 84 that equal one of them, mixed."""
    chance = random.Random(20250213)
    distinct: list[PlannedSlip] = []
    while len(distinct) < ROWS - ALIKE:
        slip = _slip(chance)
        if slip not in distinct:
            distinct.append(slip)
    slips = [*distinct, *(chance.choice(distinct) for _again in range(ALIKE))]
    chance.shuffle(slips)
    return slips


def expected(slips: Sequence[PlannedSlip]) -> dict[str, Any]:
    """Return what a reader must find: counts by kind, and PALMS of each member, counted from the plan."""
    palms: dict[str, Counter[str]] = {name: Counter() for name in MEMBERS}
    for slip in slips:
        _count(palms, slip)
    return {
        "rows": len(slips),
        "alike": len(slips) - len(set(slips)),
        "kinds": dict(sorted(Counter(slip.kind.value for slip in slips).items())),
        "elsewhere": sum(bool(slip.detail) for slip in slips),
        "business_minor": sum(AMOUNTS[slip.amount][1] for slip in slips if slip.kind is Kind.TYFCB),
        "palms": {name: dict(sorted(counts.items())) for name, counts in palms.items()},
    }


def expected_beside() -> dict[str, Any]:
    """Return the expectation as it stands in the repository beside the tests."""
    path = Path(__file__).parent.parent / "unit" / "intake" / "expected" / "slips_audit.json"
    beside: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return beside


def grid(slips: Sequence[PlannedSlip], *, with_headers: bool) -> list[list[Value | Bold]]:
    """Return the export: today's without headers, or the older one with a title and blank spacer columns."""
    if not with_headers:
        head: list[Value | Bold] = [
            "From", "To", "Slip Type", "Inside/Outside", "TYFCB Amount", "CEU Credits", "Detail",
        ]  # fmt: skip
        return [head, *(_cells(slip, number) for number, slip in enumerate(slips))]
    older: list[list[Value | Bold]] = [
        [Bold(text=TITLE)],
        [],
        ["From", "To", None, "Slip Type", None, "Inside/Outside", "$ if TYFCB", None, "Qty if CEU", "Detail"],
    ]
    for number, slip in enumerate(slips):
        sender, receiver, kind, tier, amount, units, detail = _cells(slip, number)
        kind = "One to One" if kind == Kind.ONE_TO_ONE.value else kind
        tier = {"Tier 1 (inside)": "Inside", "Tier 2 (outside)": "Outside"}.get(str(tier), tier)
        older.append([sender, receiver, None, kind, None, tier, amount, None, units, detail])
    return older


def as_csv(rows: Sequence[Sequence[Value | Bold]]) -> bytes:
    """Return the rows as CSV, where nothing is bold."""
    return csv_bytes([[cell.text if isinstance(cell, Bold) else cell for cell in row] for row in rows])


def as_xlsx(rows: Sequence[Sequence[Value | Bold]]) -> bytes:
    """Return the rows as an Excel workbook."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_urls": False, "strings_to_numbers": False}
    ) as book:
        bold, sheet = book.add_format({"bold": True}), book.add_worksheet("Report")
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                match cell:
                    case None | "":
                        continue
                    case Bold():
                        sheet.write_string(row, column, cell.text, bold)
                    case int() | float():
                        sheet.write_number(row, column, cell)
                    case _:
                        sheet.write_string(row, column, str(cell))
    return buffer.getvalue()


def as_xls(rows: Sequence[Sequence[Value | Bold]]) -> bytes:
    """Return the rows as SpreadsheetML: bold by a style whose parent is bold, lines that end with CR alone."""
    urn = "urn:schemas-microsoft-com:office:spreadsheet"
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<?mso-application progid="Excel.Sheet"?>',
        f'<Workbook xmlns="{urn}" xmlns:ss="{urn}"><Styles>',
        '<Style ss:ID="Default"><Font ss:Size="10"/></Style>',
        '<Style ss:ID="head"><Font ss:Bold="1"/></Style>',
        '<Style ss:ID="s23" ss:Parent="head"><Alignment ss:Vertical="Top"/></Style>',
        '<Style ss:ID="s24" ss:Parent="head"><Font ss:Bold="0"/></Style></Styles>',
        '<Worksheet ss:Name="Report"><ss:Table>',
    ]
    for number, cells in enumerate(rows, start=1):
        lines.append(f'<Row ss:Index="{number}">')
        lines += [_xml_cell(column, cell) for column, cell in enumerate(cells, 1) if cell not in {None, ""}]
        lines.append("</Row>")
    return "\r".join([*lines, "</ss:Table></Worksheet></Workbook>"]).encode()


def _xml_cell(column: int, cell: Value | Bold) -> str:
    style = "s23" if isinstance(cell, Bold) else "s24"
    kind = "Number" if isinstance(cell, int | float) else "String"
    text = escape(cell.text if isinstance(cell, Bold) else str(cell))
    return f'<Cell ss:Index="{column}" ss:StyleID="{style}"><Data ss:Type="{kind}">{text}</Data></Cell>'


def _slip(chance: random.Random) -> PlannedSlip:
    kind = chance.choices(list(Kind), weights=[45, 22, 10, 18, 5])[0]
    one, other = chance.sample(MEMBERS, 2)
    tier = chance.choice(("Tier 1 (inside)", "Tier 2 (outside)"))
    match kind:
        case Kind.REFERRAL:
            sides = chance.choices(((one, other), ("", other), (one, "")), weights=[86, 7, 7])[0]
            guest = chance.choice(list(ELSEWHERE))
            return PlannedSlip(kind=kind, sender=sides[0] or guest, receiver=sides[1] or guest, tier=tier)
        case Kind.ONE_TO_ONE:
            if chance.random() < 0.1:
                guest = chance.choice(list(ELSEWHERE))
                return PlannedSlip(kind=kind, sender=one, receiver=guest, tier="Tier 2 (outside)")
            return PlannedSlip(kind=kind, sender=one, receiver=other, tier="Tier 1 (inside)")
        case Kind.CEU:
            return PlannedSlip(kind=kind, sender=one, credits=chance.randrange(1, 25))
        case Kind.TYFCB:
            return PlannedSlip(kind=kind, receiver=one, amount=chance.randrange(len(AMOUNTS)))
        case Kind.VISITOR:
            return PlannedSlip(kind=kind, sender=one, receiver=chance.choice(VISITORS))


def _count(palms: dict[str, Counter[str]], slip: PlannedSlip) -> None:
    nobody: Counter[str] = Counter()
    sender, receiver = palms.get(slip.sender, nobody), palms.get(slip.receiver, nobody)
    side = "i" if "inside" in slip.tier else "o"
    match slip.kind:
        case Kind.REFERRAL:
            sender[f"rg{side}"] += 1
            receiver[f"rr{side}"] += 1
        case Kind.ONE_TO_ONE:
            sender["talks"] += 1
            receiver["talks"] += 1
        case Kind.CEU:
            sender["units"] += slip.credits
        case Kind.TYFCB:
            receiver["thank_you_minor"] += AMOUNTS[slip.amount][1]
        case Kind.VISITOR:
            sender["visitors"] += 1


def _cells(slip: PlannedSlip, number: int) -> list[Value | Bold]:
    business = slip.kind is Kind.TYFCB
    return [
        _name(slip.sender, number),
        _name(slip.receiver, number),
        slip.kind.value,
        slip.tier or None,
        AMOUNTS[slip.amount][0] if business else None,
        slip.credits or None,
        slip.detail or None,
    ]


def _name(name: str, number: int) -> Value | Bold:
    """Return the name as the export writes it: bold for another group's, with a double space in every seventh row."""
    if name in ELSEWHERE:
        return Bold(text=name)
    return name.replace(" ", "  ") if number % 7 == 0 else name or None
