"""Writes tables as the files that people bring: CSV, Excel workbooks, and the XML that chapter exports call `.xls`."""

import csv
import datetime as dt
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter

_URN = "urn:schemas-microsoft-com:office:spreadsheet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """A text that reaches over further columns to its right; in a grid these follow as empty cells."""

    text: str
    across: int


Value = str | int | float | bool | dt.date | Merged | None
Grid = Sequence[Sequence[Value]]


def csv_bytes(grid: Grid, *, delimiter: str = ",", encoding: str = "utf-8", line_end: str = "\r\n") -> bytes:
    """Return the table as text; `encoding` may be `utf-8-sig` or `utf-16` for a byte order mark."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator=line_end)
    for row in grid:
        writer.writerow([_as_text(value) for value in row])
    return buffer.getvalue().encode(encoding)


def xlsx_bytes(grids: Mapping[str, Grid]) -> bytes:
    """Return an Excel workbook with a worksheet for each title."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for title, grid in grids.items():
            worksheet = book.add_worksheet(title)
            for row, values in enumerate(grid):
                for column, value in enumerate(values):
                    _write_cell(worksheet, row, column, value, day)
    return buffer.getvalue()


def spreadsheetml_bytes(grid: Grid, *, title: str = "Report", line_end: str = "\r") -> bytes:
    """Return SpreadsheetML as the common exports write it.

    `Table` and `Column` carry the prefix and the rest does not, lines end with CR alone, empty cells and rows are
    skipped by `ss:Index`, and a merged title reaches over its columns by `ss:MergeAcross`.
    """
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<?mso-application progid="Excel.Sheet"?>',
        f'<Workbook xmlns="{_URN}" xmlns:ss="{_URN}">',
        '<Styles><Style ss:ID="bold"><Font ss:Bold="1"/></Style></Styles>',
        f"<Worksheet ss:Name={quoteattr(title)}>",
        '<ss:Table><ss:Column ss:Width="80"/><ss:Column ss:Width="80"/>',
    ]
    row_due = 1
    for number, values in enumerate(grid, start=1):
        cells = _xml_cells(values)
        if cells:
            index = f' ss:Index="{number}"' if number != row_due else ""
            lines += [f"<Row{index}>", *cells, "</Row>"]
            row_due = number + 1
    lines += ["</ss:Table>", "</Worksheet>", "</Workbook>", ""]
    return line_end.join(lines).encode()


def _xml_cells(values: Sequence[Value]) -> list[str]:
    cells = []
    column_due = 1
    for column, value in enumerate(values, start=1):
        if value is None or value == "":
            continue
        index = f' ss:Index="{column}"' if column != column_due else ""
        across = f' ss:MergeAcross="{value.across}"' if isinstance(value, Merged) else ""
        text = escape(_as_text(value), {"\r": "&#13;", "\n": "&#10;"})
        kind = _xml_type(value)
        cells.append(f'<Cell{index}{across} ss:StyleID="bold"><Data ss:Type="{kind}">{text}</Data></Cell>')
        column_due = column + 1 + (value.across if isinstance(value, Merged) else 0)
    return cells


def _xml_type(value: Value) -> str:
    match value:
        case bool():
            return "Boolean"
        case int() | float():
            return "Number"
        case dt.date():
            return "DateTime"
        case _:
            return "String"


def _write_cell(
    worksheet: "xlsxwriter.worksheet.Worksheet", row: int, column: int, value: Value, day: object
) -> None:
    match value:
        case None | "":
            return
        case Merged():
            worksheet.merge_range(row, column, row, column + value.across, value.text)
        case bool():
            worksheet.write_boolean(row, column, value)
        case int() | float():
            worksheet.write_number(row, column, value)
        case dt.date():
            worksheet.write_datetime(row, column, dt.datetime.combine(value, dt.time()), day)
        case _:
            worksheet.write_string(row, column, value)


def _as_text(value: Value) -> str:
    match value:
        case None:
            return ""
        case Merged():
            return value.text
        case bool():
            return "1" if value else "0"
        case dt.date():
            return value.isoformat()
        case _:
            return str(value)
