"""What does each row of the stacked tables of a dues file say? A title changes the table, a total is only compared."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from app.core.intake.dues_file_cells import DuesCells
from app.core.intake.dues_file_header import DuesColumn, DuesHeader, DuesTable, dues_header, table_called
from app.core.intake.names import PersonName
from app.core.intake.remarks import Problem, shown
from app.core.intake.tail_rows import TailKind, tail_kind
from app.core.sheets.sheet import Row, column_letter
from app.core.sheets.spelling import tidy

_LONGEST_NAME = 200
LONGEST_NOTE = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class DuesLine:
    """What one person owes, or has paid. `is_paid` where the row or its table says so; `paid_on` where it says when.

    `table` is of what its table is: whoever stands below people who left owes nothing any more. `what_for` is the
    file's own word, or empty. `note` keeps the columns that nobody asked for.
    """

    row: int
    table: DuesTable
    name: PersonName
    trade: str
    due_on: dt.date
    amount_minor: int
    is_paid: bool
    paid_on: dt.date | None
    what_for: str
    note: str


@dataclass(slots=True, kw_only=True)
class DuesReader:
    """Reads the rows from top to bottom: titles, headers, people, totals."""

    cells: DuesCells
    lines: list[DuesLine] = field(default_factory=list)
    _header: DuesHeader | None = None
    _table: DuesTable = DuesTable.OTHER
    _listed: Decimal = Decimal(0)
    _listed_before: Decimal = Decimal(0)

    def read(self, rows: Sequence[Row]) -> None:
        """Take in the rows."""
        for at, row in enumerate(rows):
            if header := dues_header(row):
                self._header = header
            elif len(row.cells) == 1:
                self._read_title(row, rows[at + 1] if at + 1 < len(rows) else None)
            elif self._header is not None:
                self._read_row(row, self._header)

    def _read_title(self, row: Row, following: Row | None) -> None:
        """Take a row of one cell as a title where its words or the header below tell that it is one."""
        (cell,) = row.cells
        table = table_called(cell.text)
        if table is not DuesTable.OTHER or (following is not None and dues_header(following)):
            self._table = table
            self._listed_before += self._listed
            self._listed = Decimal(0)
        elif self._header is not None:
            self.cells.note("intake.row_skipped", row, cell.letter, found=shown(cell.text))

    def _read_row(self, row: Row, header: DuesHeader) -> None:
        if any(tail_kind(cell.text) is TailKind.TOTAL for cell in row):
            self._compare_total(row, header)
            return
        name = header.names.name_in(row)
        if not name.full:
            column = column_letter(header.names.first)
            self.cells.problems.append(Problem(code="intake.name_missing", row=row.number, column=column))
            return
        amount, due_on = self.cells.amount(header, row), self.cells.day(header, row)
        is_paid, paid_on = self.cells.paid(header, row)
        if amount is None or due_on is None:
            return
        self._listed += Decimal(amount)
        self.lines.append(
            DuesLine(
                row=row.number,
                table=self._table,
                name=PersonName(full=name.full[:_LONGEST_NAME], given=name.given, family=name.family),
                trade=tidy(row.text(header.trade)),
                due_on=due_on,
                amount_minor=amount,
                is_paid=is_paid if is_paid is not None else self._table is DuesTable.PAID,
                paid_on=paid_on,
                what_for=tidy(row.text(header.columns.get(DuesColumn.WHAT_FOR))),
                note=self._kept_beside(row, header),
            )
        )

    def _compare_total(self, row: Row, header: DuesHeader) -> None:
        """Leave a total out; tell it where it is neither what its table lists nor what all tables list."""
        number = self.cells.number(header.cell(row, DuesColumn.AMOUNT))
        if not isinstance(number, Decimal):
            return
        minor = number.scaleb(self.cells.places)
        if minor in (self._listed, self._listed + self._listed_before):
            return
        listed = self._listed.scaleb(-self.cells.places)
        facts = {"found": f"{number:f}", "listed": f"{listed:f}"}
        self.cells.note("intake.dues_total_differs", row, header.letter(DuesColumn.AMOUNT), **facts)

    def _kept_beside(self, row: Row, header: DuesHeader) -> str:
        """Return the further columns of a row, each on a line; where that is too long it is cut, and told."""
        told = [
            f"{heading}: {text}"
            for column, heading in header.extras.items()
            if (text := tidy(row.text(column)))
        ]
        note = "\n".join(told)
        if len(note) > LONGEST_NOTE:
            self.cells.note("intake.text_cut", row, column_letter(min(header.extras)), longest=LONGEST_NOTE)
        return note[:LONGEST_NOTE]
