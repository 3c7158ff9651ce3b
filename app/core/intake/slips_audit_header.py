"""Where does a slips audit's table begin, and which column holds what? Both generations of the export."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.core.errors import Refusal, Refused
from app.core.intake.name_columns import HEADER_WITHIN_ROWS
from app.core.intake.remarks import shown, words_of
from app.core.sheets.sheet import Cell, Row, Sheet, column_letter
from app.core.sheets.spelling import letters_only

_KNOWN_BY = 3
"""How many of its words make a row this header: From and To alone head the period of other reports."""


class SlipColumn(StrEnum):
    """What a column of a slips audit holds. The value is its heading today."""

    FROM = "From"
    TO = "To"
    KIND = "Slip Type"
    TIER = "Inside/Outside"
    AMOUNT = "TYFCB Amount"
    CREDITS = "CEU Credits"
    DETAIL = "Detail"


_WORDS = {
    SlipColumn.FROM: "From",
    SlipColumn.TO: "To",
    SlipColumn.KIND: "Slip Type, Type, Type of Slip",
    SlipColumn.TIER: "Inside/Outside, Inside or Outside, Tier",
    SlipColumn.AMOUNT: "TYFCB Amount, $ if TYFCB, TYFCB, Amount",
    SlipColumn.CREDITS: "CEU Credits, Qty if CEU, CEU, CEUs",
    SlipColumn.DETAIL: "Detail, Details",
}
_COLUMNS = {letters_only(word): column for column, words in _WORDS.items() for word in words.split(", ")}
_NEEDED = (SlipColumn.FROM, SlipColumn.TO, SlipColumn.KIND)


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipsHeader:
    """The header row of a slips audit, its columns, counted from 1, and the headings of columns nobody asked for."""

    row: Row
    columns: Mapping[SlipColumn, int]
    extras: tuple[str, ...]

    def cell(self, row: Row, column: SlipColumn) -> Cell | None:
        """Return what a row holds in that column, or nothing."""
        place = self.columns.get(column)
        return row.cell(place) if place is not None else None

    def letter(self, column: SlipColumn) -> str:
        """Return the letters above a column; of one that the file lacks, those of the header's first."""
        return column_letter(self.columns.get(column) or self.row.cells[0].column)


def is_slips_header(row: Row) -> bool:
    """Does this row head a slips audit, perhaps with a column missing?"""
    found = _columns_in(row)
    return len(found) >= _KNOWN_BY and (SlipColumn.KIND in found or SlipColumn.TIER in found)


def looks_like_slips_audit(sheet: Sheet) -> bool:
    """Is this a slips audit, which `parse_slips` then reads or tells what it lacks?"""
    return any(is_slips_header(row) for row in sheet.rows[:HEADER_WITHIN_ROWS])


def find_slips_header(sheet: Sheet) -> SlipsHeader:
    """Return the header row, wherever it stands below titles; refused where there is none, or a column lacks."""
    rows = sheet.rows[:HEADER_WITHIN_ROWS]
    row = next((one for one in rows if is_slips_header(one)), None)
    if row is None:
        facts = {"row": rows[0].number, "found": words_of(rows[0])}
        raise Refused([Refusal(code="intake.slips_no_header", facts=facts)])
    columns = _columns_in(row)
    lacking = [column.value for column in _NEEDED if column not in columns]
    if lacking:
        facts = {"row": row.number, "found": words_of(row), "lacking": ", ".join(lacking)}
        raise Refused([Refusal(code="intake.slips_column_missing", facts=facts)])
    extras = tuple(shown(cell.text) for cell in row if cell.column not in columns.values())
    return SlipsHeader(row=row, columns=columns, extras=extras)


def _columns_in(row: Row) -> dict[SlipColumn, int]:
    found: dict[SlipColumn, int] = {}
    for cell in row:
        if column := _COLUMNS.get(letters_only(cell.text)):
            found.setdefault(column, cell.column)
    return found
