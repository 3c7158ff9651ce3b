"""Collects the cells that a reader finds into sheets, and refuses a file that is larger than the limits."""

from dataclasses import dataclass, field
from typing import Any, NoReturn

from app.core.errors import Refusal, Refused
from app.core.sheets.limits import Limits
from app.core.sheets.sheet import Cell, CellKind, Row, Sheet, column_letter

_LONG_CELLS_TOLD = 20


def refuse(code: str, **facts: Any) -> NoReturn:
    """Raise the one refusal that ends the reading."""
    raise Refused([Refusal(code=code, facts=facts)])


@dataclass(slots=True, kw_only=True)
class SheetsBuilder:
    """Takes the cells of a file in reading order; the limits hold for all its sheets together."""

    limits: Limits
    guessed_encoding: str = ""
    _sheets: list[Sheet] = field(default_factory=list)
    _title: str = ""
    _rows: list[Row] = field(default_factory=list)
    _cells: list[Cell] = field(default_factory=list)
    _row_number: int = 0
    _rows_kept: int = 0
    _cells_kept: int = 0
    _too_long: list[Refusal] = field(default_factory=list)
    _hidden: frozenset[int] = frozenset()

    def begin_sheet(self, title: str, *, hidden_rows: frozenset[int] = frozenset()) -> None:
        """Start a further sheet; what came before belongs to the one before."""
        self._end_sheet()
        self._hidden = hidden_rows
        if len(self._sheets) >= self.limits.sheets:
            refuse("sheets.too_many_sheets", limit=self.limits.sheets)
        self._title = title

    def hide(self, row: int) -> None:
        """Note that the spreadsheet does not show a row of this sheet."""
        self._hidden |= {row}

    def put(
        self, *, row: int, column: int, text: str, kind: CellKind = CellKind.TEXT, is_bold: bool = False
    ) -> None:
        """Keep one cell; blank text is no cell. Rows and columns come in ascending order.

        Raises Refused as soon as a size is passed; cells that are too long are told together at the end.
        """
        if not text.strip():
            return
        if row != self._row_number:
            self._end_row()
        self._check_size(row=row, column=column, text=text)
        self._row_number = row
        self._cells.append(Cell(column=column, text=text, kind=kind, is_bold=is_bold))
        self._cells_kept += 1

    def finish(self) -> tuple[Sheet, ...]:
        """Return the sheets that hold anything, or refuse a file in which nothing is filled."""
        self._end_sheet()
        if self._too_long:
            raise Refused(self._too_long)
        if not self._sheets:
            refuse("sheets.nothing_in_it")
        return tuple(self._sheets)

    def _check_size(self, *, row: int, column: int, text: str) -> None:
        if column > self.limits.columns:
            refuse(
                "sheets.too_many_columns", row=row, column=column_letter(column), limit=self.limits.columns
            )
        if row > self.limits.row_number or (row != self._row_number and self._rows_kept >= self.limits.rows):
            refuse("sheets.too_many_rows", row=row, limit=self.limits.rows)
        if self._cells_kept >= self.limits.cells:
            refuse("sheets.too_many_cells", row=row, limit=self.limits.cells)
        if len(text) > self.limits.cell_characters and len(self._too_long) < _LONG_CELLS_TOLD:
            self._too_long.append(self._too_long_at(row, column, len(text)))

    def _too_long_at(self, row: int, column: int, length: int) -> Refusal:
        facts = {
            "row": row,
            "column": column_letter(column),
            "length": length,
            "limit": self.limits.cell_characters,
        }
        return Refusal(code="sheets.cell_too_long", facts=facts)

    def _end_row(self) -> None:
        if self._cells:
            number = self._row_number
            self._rows.append(Row(number=number, cells=tuple(self._cells), is_hidden=number in self._hidden))
            self._rows_kept += 1
        self._cells = []
        self._row_number = 0

    def _end_sheet(self) -> None:
        self._end_row()
        if self._rows:
            sheet = Sheet(title=self._title, rows=tuple(self._rows), guessed_encoding=self.guessed_encoding)
            self._sheets.append(sheet)
        self._rows = []
