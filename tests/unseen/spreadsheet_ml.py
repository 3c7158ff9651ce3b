"""How does a report look that was saved as SpreadsheetML 2003 and named `.xls`? One sheet, written by hand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

_HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>',
    '<?mso-application progid="Excel.Sheet"?>',
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel"',
    ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">',
    '<ss:Styles><ss:Style ss:ID="Default"/><ss:Style ss:ID="s1"><ss:Font ss:Bold="1"/></ss:Style></ss:Styles>',
    '<ss:Worksheet ss:Name="Report">',
    '<ss:Table><ss:Column ss:Width="120"/><ss:Column ss:Width="96" ss:Span="3"/>',
)
_FOOT = ("</ss:Table>", "</ss:Worksheet>", "</Workbook>")


@dataclass(frozen=True, slots=True)
class Num:
    """A cell of the type Number, with its figures exactly as they stand in the file."""

    written: str


@dataclass(frozen=True, slots=True)
class Wide:
    """A text over `across` more columns: the next cell of the row stands behind them."""

    text: str
    across: int


@dataclass(frozen=True, slots=True)
class Bold:
    """A text in bold: the slips audit marks people of another group so."""

    text: str


Cell = str | Num | Wide | Bold | date | None
"""None is left out of the file: the next cell then says its column by `ss:Index`."""


def spreadsheet_ml(rows: Sequence[Sequence[Cell]]) -> bytes:
    """Return the sheet, its lines ended by CR alone; an empty row is left out, the next one says its number."""
    return "\r".join((*_HEAD, *_rows(rows), *_FOOT)).encode()


def _rows(rows: Sequence[Sequence[Cell]]) -> Iterator[str]:
    is_after_gap = False
    for number, row in enumerate(rows, 1):
        if not row:
            is_after_gap = True
            continue
        index = f' ss:Index="{number}"' if is_after_gap else ""
        yield f"<Row{index}>{''.join(_cells(row))}</Row>"
        is_after_gap = False


def _cells(row: Sequence[Cell]) -> Iterator[str]:
    column, is_after_gap = 1, False
    for cell in row:
        if cell is None:
            column, is_after_gap = column + 1, True
            continue
        yield _cell(cell, f' ss:Index="{column}"' if is_after_gap else "")
        column, is_after_gap = column + 1 + (cell.across if isinstance(cell, Wide) else 0), False


def _cell(cell: str | Num | Wide | Bold | date, index: str) -> str:
    match cell:
        case Num(written):
            return f'<Cell{index}><Data ss:Type="Number">{written}</Data></Cell>'
        case Wide(text, across):
            return f'<Cell{index} ss:MergeAcross="{across}">{_string(text)}</Cell>'
        case Bold(text):
            return f'<Cell{index} ss:StyleID="s1">{_string(text)}</Cell>'
        case date():
            return f'<Cell{index}><Data ss:Type="DateTime">{cell.isoformat()}T00:00:00.000</Data></Cell>'
        case _:
            return f"<Cell{index}>{_string(cell)}</Cell>"


def _string(text: str) -> str:
    return f'<Data ss:Type="String">{escape(text)}</Data>'
