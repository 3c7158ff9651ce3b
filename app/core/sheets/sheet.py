"""What a file that somebody brings looks like once it is read: sheets, rows and cells, still without meaning.

Rows are numbered from 1 as their spreadsheet shows them, and columns are told by their letters, so that every
sentence about a cell can be followed with a finger.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

_LETTERS = 26


def column_letter(column: int) -> str:
    """Return the letters above a column as a spreadsheet shows them: 1 is A, 27 is AA."""
    if column < 1:
        raise ValueError(f"Columns are counted from 1, not {column}.")
    letters = ""
    while column:
        column, rest = divmod(column - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters


class CellKind(StrEnum):
    """What the file itself says a cell holds; a CSV knows only text."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    BOOLEAN = "boolean"
    ERROR = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One filled cell. `text` is as typed; of a date it is ISO, of a number plain digits with a decimal point.

    `is_bold` is how the whole cell is written where the file tells (a CSV does not); cells that say the same are equal.
    """

    column: int
    text: str
    kind: CellKind = CellKind.TEXT
    is_bold: bool = field(default=False, compare=False)

    @property
    def letter(self) -> str:
        """The letters above the cell's column."""
        return column_letter(self.column)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The filled cells of one row, from left to right. One that `is_hidden` the spreadsheet does not show."""

    number: int
    cells: tuple[Cell, ...]
    is_hidden: bool = False

    def cell(self, column: int) -> Cell | None:
        """Return the cell in a column (counted from 1), or nothing where it is empty."""
        at = bisect_left(self.cells, column, key=_column_of)
        if at < len(self.cells) and self.cells[at].column == column:
            return self.cells[at]
        return None

    def text(self, column: int | None) -> str:
        """Return the text in a column, or nothing where the cell is empty or the column is not in this sheet."""
        cell = self.cell(column) if column is not None else None
        return cell.text if cell else ""

    def __iter__(self) -> Iterator[Cell]:
        return iter(self.cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One table of a file; rows without a filled cell are left out, the others keep their numbers.

    `guessed_encoding` names the character set where the file does not tell its own and it had to be guessed.
    """

    title: str
    rows: tuple[Row, ...]
    guessed_encoding: str = ""


def _column_of(cell: Cell) -> int:
    return cell.column
