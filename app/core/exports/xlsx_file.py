"""A table as XLSX: numbers as numbers, money with its decimals, days as days, the head frozen, no live formula.

xlsxwriter writes row after row into temporary files, so that memory does not grow with the rows.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from tempfile import TemporaryFile
from typing import IO, Any, Final, NamedTuple

from app.core.exports.formulas import harmless_chunks, neutral
from app.core.exports.table import ROWS_AT_A_TIME, Column, Kind, Row, Table, decimals_of

MOST_ROWS_A_SHEET: Final = 1_048_576
"""What a sheet of the format can hold, head included."""
_LONGEST_SHEET_NAME: Final = 31
_BYTES_AT_A_TIME: Final = 65_536
_LEFT_ALONE: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class _Place(NamedTuple):
    """Where a column's cells go: its number, what writes a cell of its kind, and the format the cell is shown in."""

    number: int
    write: Callable[[int, int, Any, Any], Any]
    shown: Any


def xlsx_chunks(table: Table) -> Iterator[bytes]:
    """Yield the file piece by piece; it is written to a temporary file first, since its parts are packed at the end."""
    with TemporaryFile() as file:
        write_xlsx(table, file)
        file.seek(0)
        while chunk := file.read(_BYTES_AT_A_TIME):
            yield chunk


def write_xlsx(table: Table, file: IO[bytes], *, most_rows: int = MOST_ROWS_A_SHEET) -> None:
    """Write the table into `file`; what is longer than one sheet goes on in the next, under the same head."""
    from xlsxwriter import Workbook  # noqa: PLC0415  # no start should wait for what few processes ever need

    book = Workbook(file, _LEFT_ALONE)
    written = _Written(book=book, table=table, most_rows=most_rows)
    at_a_time = min(ROWS_AT_A_TIME, most_rows - 1)
    for chunk in harmless_chunks(table.columns, table.rows, rows_at_a_time=at_a_time):
        written.add(chunk)
    written.add_foot()
    book.close()


class _Written:
    """The book as far as it is written: the sheet in hand, and the line that comes next on it."""

    def __init__(self, *, book: Any, table: Table, most_rows: int) -> None:
        self._book = book
        self._table = table
        self._most_rows = most_rows
        self._looks = [_look_of(column) for column in table.columns]
        self._shown = [self._book.add_format(look) if look else None for look in self._looks]
        self._sheets = 0
        self._begin_sheet()

    def add(self, rows: Sequence[Row]) -> None:
        """Write rows on, beginning another sheet where this one cannot hold them."""
        if self._line + len(rows) > self._most_rows:
            self._begin_sheet()
        places = self._places(self._shown)
        for line, row in enumerate(rows, self._line):
            _write_row(places, line, row)
        self._line += len(rows)

    def add_foot(self) -> None:
        """Write the totals under the rows."""
        bold = [self._book.add_format({**look, "bold": True}) for look in self._looks]
        for line, row in enumerate(self._table.foot, self._line):
            _write_row(self._places(bold), line, row)

    def _begin_sheet(self) -> None:
        self._sheets += 1
        self._sheet = self._book.add_worksheet(_sheet_name(self._table.title, self._sheets))
        for number, column in enumerate(self._table.columns):
            self._sheet.set_column(number, number, column.width)
        self._sheet.freeze_panes(1, 1)
        heading = self._book.add_format({"bold": True, "bottom": 1})
        for number, column in enumerate(self._table.columns):
            self._sheet.write_string(0, number, neutral(column.heading), heading)
        self._line = 1

    def _places(self, shown: Sequence[Any]) -> list[_Place]:
        write = {Kind.TEXT: self._sheet.write_string, Kind.DAY: self._sheet.write_datetime}
        return [
            _Place(number=number, write=write.get(column.kind, self._sheet.write_number), shown=shown[number])
            for number, column in enumerate(self._table.columns)
        ]


def _write_row(places: Sequence[_Place], line: int, row: Row) -> None:
    for (number, write, shown), cell in zip(places, row, strict=True):
        if cell is not None and cell != "":
            write(line, number, cell, shown)


def _look_of(column: Column) -> dict[str, Any]:
    if column.kind is Kind.DAY:
        return {"num_format": "yyyy-mm-dd"}
    if column.kind is not Kind.MONEY:
        return {}
    decimals = "0" * decimals_of(column.currency)
    return {"num_format": f'#,##0{"." if decimals else ""}{decimals} "{column.currency}"'}


def _sheet_name(title: str, number: int) -> str:
    plain = re.sub(r"[\[\]:*?/\\]", " ", title).strip(" '") or "Table"
    ending = f" {number}" if number > 1 else ""
    return plain[: _LONGEST_SHEET_NAME - len(ending)].rstrip(" '") + ending
