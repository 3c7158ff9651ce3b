"""What do the cells of a dues file say: an amount, a day, whether somebody has paid? What is unclear is told."""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from app.core.intake.dues_file_header import DuesColumn, DuesHeader
from app.core.intake.remarks import Note, Problem, Remark, shown
from app.core.sheets.dates import DayOrder, NoDate, read_date
from app.core.sheets.sheet import Cell, Row
from app.core.sheets.spelling import letters_only, tidy
from app.core.sheets.values import DecimalMark, NoNumber, read_number

MOST_MINOR = 10**12
"""The largest amount that is taken; more is a slip of the hand."""

_CODE_BESIDE = re.compile(r"^[A-Z]{3}\s*(?=[\d.,])|(?<=[\d.,])\s*[A-Z]{3}$")
_YES = frozenset(
    letters_only(word) for word in ("yes", "y", "x", "1", "true", "paid", "ja", "oui", "sí", "sim", "是", "bezahlt")
)  # fmt: skip
_NO = frozenset(
    letters_only(word) for word in ("no", "n", "0", "false", "unpaid", "nein", "non", "não", "否")
)
_TICKS = frozenset("✓✔☑")


@dataclass(slots=True, kw_only=True)
class DuesCells:
    """Reads cells as the whole file writes them, and collects what is to be said. `places` are the currency's."""

    places: int
    mark: DecimalMark | None
    day_order: DayOrder | None
    problems: list[Problem] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    days_unclear: list[Remark] = field(default_factory=list)

    def amount(self, header: DuesHeader, row: Row) -> int | None:
        """Return the amount of a row in minor units; nothing where there is none to take, which is told."""
        cell = header.cell(row, DuesColumn.AMOUNT)
        number = self.number(cell)
        place = (row, header.letter(DuesColumn.AMOUNT))
        if number in (NoNumber.BLANK, NoNumber.DASH) or number == 0:
            self.note("intake.dues_without_amount", *place)
            return None
        found = shown(cell.text) if cell else ""
        if not isinstance(number, Decimal):
            is_unclear = number is NoNumber.MARK_UNCLEAR
            code = "intake.dues_amount_unclear" if is_unclear else "intake.dues_amount_unreadable"
            self.problem(code, *place, found=found)
            return None
        minor = number.scaleb(self.places)
        if not 0 < minor <= MOST_MINOR:
            self.problem("intake.dues_amount_unlikely", *place, found=found)
            return None
        if minor != minor.to_integral_value():
            self.problem("intake.dues_amount_too_fine", *place, found=found)
            return None
        return int(minor)

    def number(self, cell: Cell | None) -> Decimal | NoNumber:
        """Return the number in a cell, without the sign or code of a currency: what it is in is asked for the file."""
        return read_number(bare(cell), self.mark)

    def day(self, header: DuesHeader, row: Row) -> dt.date | None:
        """Return the due day of a row; nothing where it cannot be told, which is said."""
        cell = header.cell(row, DuesColumn.DUE)
        letter, found = header.letter(DuesColumn.DUE), shown(cell.text if cell else "")
        read = read_date(cell, self.day_order)
        if not isinstance(read, NoDate):
            return read
        if read is NoDate.ORDER_UNCLEAR:
            self._ask_order(row, letter, found)
        elif read is NoDate.BLANK:
            self.problem("intake.dues_day_missing", row, letter)
        else:
            self.problem("intake.dues_day_unreadable", row, letter, found=found)
        return None

    def paid(self, header: DuesHeader, row: Row) -> tuple[bool | None, dt.date | None]:
        """Return whether the row says that it is paid (None: it says nothing), and on what day where it says that."""
        cell = header.cell(row, DuesColumn.PAID)
        text = tidy(cell.text) if cell else ""
        if cell is None or not text or read_number(cell) is NoNumber.DASH:
            return None, None
        if letters_only(text) in _YES or text in _TICKS:
            return True, None
        if letters_only(text) in _NO:
            return False, None
        read = read_date(cell, self.day_order)
        if not isinstance(read, NoDate):
            return True, read
        if read is NoDate.ORDER_UNCLEAR:
            self._ask_order(row, cell.letter, shown(text))
        else:
            self.problem("intake.dues_paid_unclear", row, cell.letter, found=shown(text))
        return None, None

    def _ask_order(self, row: Row, letter: str, found: str) -> None:
        unclear = Remark(
            code="intake.day_order_needed", row=row.number, column=letter, facts={"found": found}
        )
        self.days_unclear.append(unclear)

    def note(self, code: str, row: Row, letter: str, **facts: Any) -> None:
        """Tell something about a cell that hinders nothing."""
        self.notes.append(Note(code=code, row=row.number, column=letter, facts=facts))

    def problem(self, code: str, row: Row, letter: str, **facts: Any) -> None:
        """Tell something about a cell without which nothing may be taken in."""
        self.problems.append(Problem(code=code, row=row.number, column=letter, facts=facts))


def bare(cell: Cell | None) -> Cell | None:
    """Return the cell without the sign or code of a currency beside its number."""
    if cell is None:
        return None
    text = "".join(one for one in cell.text if unicodedata.category(one) != "Sc")
    return Cell(column=cell.column, text=_CODE_BESIDE.sub("", tidy(text)), kind=cell.kind)
