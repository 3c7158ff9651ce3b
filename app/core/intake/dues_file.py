"""Who has paid what until when? Reads the stacked tables of a dues file, and says what is doubtful in them."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.core.errors import Refusal, Refused
from app.core.intake.dues_file_cells import DuesCells, bare
from app.core.intake.dues_file_header import (
    DuesColumn,
    DuesHeader,
    DuesTable,
    dues_header,
    looks_like_dues,
)
from app.core.intake.dues_file_line import DuesLine, DuesReader
from app.core.intake.reading_notes import encoding_notes
from app.core.intake.remarks import DayOrderAsked, Note, Problem, words_of
from app.core.sheets.dates import DayOrder, orders_shown
from app.core.sheets.sheet import Cell, Sheet
from app.core.sheets.values import decimal_mark_shown

__all__ = ["DuesFile", "DuesLine", "DuesTable", "looks_like_dues", "parse_dues"]

_DAYS = (DuesColumn.DUE, DuesColumn.PAID)


@dataclass(frozen=True, slots=True, kw_only=True)
class DuesFile:
    """What a dues file says. Only one without `problems` and without `day_order_asked` may be taken in."""

    lines: tuple[DuesLine, ...]
    notes: tuple[Note, ...]
    problems: tuple[Problem, ...]
    day_order_asked: DayOrderAsked | None


def parse_dues(sheet: Sheet, *, places: int, day_order: DayOrder | None = None) -> DuesFile:
    """Return what everybody owes or has paid, in the file's order, with everything that is to be said about it.

    `places` are the decimal places of the currency of the amounts. Decimal mark and order of day and month are
    taken from the cells that prove them, in any of the tables. Raises Refused where no table of dues stands in the
    sheet, or none of them lists anybody.
    """
    header = next((one for row in sheet.rows if (one := dues_header(row))), None)
    if header is None:
        facts = {"row": sheet.rows[0].number, "found": words_of(sheet.rows[0])}
        raise Refused([Refusal(code="intake.dues_no_header", facts=facts)])
    shown = orders_shown(_cells(sheet, *_DAYS))
    cells = DuesCells(
        places=places,
        mark=decimal_mark_shown(bare(cell) for cell in _cells(sheet, DuesColumn.AMOUNT)),
        day_order=day_order or (next(iter(shown)) if len(shown) == 1 else None),
    )
    reader = DuesReader(cells=cells)
    reader.read(sheet.rows)
    if not reader.lines and not cells.problems and not cells.days_unclear:
        raise Refused([Refusal(code="intake.no_people", facts={"row": header.row})])
    return DuesFile(
        lines=tuple(reader.lines),
        notes=(*encoding_notes(sheet), *_about_columns(header), *cells.notes),
        problems=tuple(cells.problems),
        day_order_asked=DayOrderAsked(question=cells.days_unclear[0]) if cells.days_unclear else None,
    )


def _about_columns(header: DuesHeader) -> list[Note]:
    if not header.extras:
        return []
    facts = {"found": ", ".join(header.extras.values())}
    return [Note(code="intake.extra_columns", row=header.row, facts=facts)]


def _cells(sheet: Sheet, *columns: DuesColumn) -> Iterator[Cell | None]:
    """Yield the cells of those columns, each table by its own header."""
    header: DuesHeader | None = None
    for row in sheet.rows:
        found = dues_header(row)
        header = found or header
        if found is None and header is not None:
            yield from (header.cell(row, column) for column in columns)
