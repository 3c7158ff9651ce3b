"""What does one row of a visitors file say about a visit? Each doubtful cell is named with its row and column."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from app.core.intake.header_words import Heading
from app.core.intake.names import PersonName
from app.core.intake.remarks import Note, Problem, Remark, shown
from app.core.intake.tail_rows import tail_kind
from app.core.intake.visitors_file_header import VisitColumn, VisitorsHeader, is_visitors_header
from app.core.sheets.dates import DayOrder, NoDate, read_date
from app.core.sheets.sheet import Cell, Row, column_letter
from app.core.sheets.spelling import letters_only, tidy
from app.core.sheets.values import NoNumber, read_number

LONGEST_LINE = 200
LONGEST_NOTE = 2_000
"""How many characters of a cell, and of everything that is kept as a note, are taken."""

_SHORTENED = re.compile(r"\d([.,]\d+)?E\+?\d+", re.IGNORECASE)
_NO_VALUE = (NoNumber.ERROR, NoNumber.HIDDEN, NoNumber.INFINITE)


class CameAs(StrEnum):
    """As what somebody came, as far as the file says it: `Visitor` alone leaves open whether they came before."""

    FIRST = "first"
    REPEAT = "repeat"
    GUEST = "guest"
    SUBSTITUTE = "substitute"
    OBSERVER = "observer"
    OPEN = ""


_KINDS = {
    CameAs.FIRST: "First Visit, First, First Time, First Time Visitor, New Visitor",
    CameAs.REPEAT: "Repeat Visitor, Repeat Visit, Repeat, Return Visit, Returning Visitor, Second Visit",
    CameAs.GUEST: "Guest, Guests, Gast, Invité",
    CameAs.SUBSTITUTE: "Substitute, Sub, Vertretung, Remplaçant, Sustituto, Substituto, 替代人",
    CameAs.OBSERVER: "Observer, Beobachter",
    CameAs.OPEN: "Visitor, Visit, Besucher, Visiteur, Visitante, 来宾, 來賓",
}
_KIND_OF = {letters_only(word): kind for kind, words in _KINDS.items() for word in words.split(", ")}


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitLine:
    """One visit of the file; texts are empty where it says nothing. `note` holds the address and other columns."""

    row: int
    name: PersonName
    came_on: dt.date
    came_as: CameAs
    invited_by: str
    firm: str
    trade: str
    email: str
    phone: str
    note: str


@dataclass(slots=True, kw_only=True)
class VisitorsReader:
    """Reads the rows below the header and collects what is to be said about them."""

    header: VisitorsHeader
    day_order: DayOrder | None
    lines: list[VisitLine] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    days_unclear: list[Remark] = field(default_factory=list)

    def read(self, rows: Sequence[Row]) -> None:
        """Take in the rows, from top to bottom."""
        for row in rows:
            if not is_visitors_header(row):  # an export of several pages repeats it
                self._read_row(row)

    def _read_row(self, row: Row) -> None:
        name = self.header.names.name_in(row)
        day = row.cell(self.header.visit[VisitColumn.DAY])
        is_foot = len(row.cells) == 1 or (tail_kind(name.full) and day is None)
        if is_foot or (not name.full and day is None and tail_kind(row.cells[0].text)):
            self._note("intake.row_skipped", row, row.cells[0], found=shown(row.cells[0].text))
            return
        if not name.full:
            column = column_letter(self.header.names.first)
            self.problems.append(Problem(code="intake.name_missing", row=row.number, column=column))
            return
        came_on, came_as = self._day(row, day), self._came_as(row)
        if came_on is None or came_as is None:
            return
        email, phone, extras = self._reached_by(row)
        self.lines.append(
            VisitLine(
                row=row.number,
                name=PersonName(full=self._cut(name.full, row), given=name.given, family=name.family),
                came_on=came_on,
                came_as=came_as,
                invited_by=self._text(row, self.header.visit.get(VisitColumn.INVITED_BY)),
                firm=self._text(row, self.header.about.get(Heading.FIRM)),
                trade=self._text(row, self.header.about.get(Heading.TRADE)),
                email=email,
                phone=phone,
                note=self._cut("\n".join([*self._kept_beside(row), *extras]), row, LONGEST_NOTE),
            )
        )

    def _day(self, row: Row, cell: Cell | None) -> dt.date | None:
        read = read_date(cell, self.day_order)
        if not isinstance(read, NoDate):
            return read
        letter = self.header.letter(VisitColumn.DAY)
        found = {"found": shown(cell.text if cell else "")}
        if read is NoDate.ORDER_UNCLEAR:
            unclear = Remark(code="intake.day_order_needed", row=row.number, column=letter, facts=found)
            self.days_unclear.append(unclear)
        elif read is NoDate.BLANK:
            self.problems.append(Problem(code="intake.visit_day_missing", row=row.number, column=letter))
        else:
            problem = Problem(code="intake.visit_day_unreadable", row=row.number, column=letter, facts=found)
            self.problems.append(problem)
        return None

    def _came_as(self, row: Row) -> CameAs | None:
        text = self._text(row, self.header.visit.get(VisitColumn.KIND))
        kind = _KIND_OF.get(letters_only(text)) if text else CameAs.OPEN
        if kind is None:
            letter, facts = self.header.letter(VisitColumn.KIND), {"found": shown(text)}
            self.problems.append(
                Problem(code="intake.visit_unknown_type", row=row.number, column=letter, facts=facts)
            )
        return kind

    def _reached_by(self, row: Row) -> tuple[str, str, list[str]]:
        """Return mail address and phone numbers, and what stood in their columns and is neither."""
        email = self._text(row, self.header.about.get(Heading.EMAIL))
        numbers = [self._phone(row, heading) for heading in (Heading.PHONE, Heading.MOBILE)]
        phone = " / ".join(dict.fromkeys(number for number in numbers if number))
        if email and "@" not in email:
            cell = row.cell(self.header.about[Heading.EMAIL])
            self._note("intake.visit_address_noted", row, cell, found=shown(email))
            return "", self._cut(phone, row), [email]
        return email, self._cut(phone, row), []

    def _phone(self, row: Row, heading: Heading) -> str:
        column = self.header.about.get(heading)
        text = self._text(row, column)
        if _SHORTENED.fullmatch(text):
            cell = row.cell(column) if column is not None else None
            self._note("intake.phone_shortened", row, cell, found=shown(text))
            return ""
        return text

    def _kept_beside(self, row: Row) -> list[str]:
        """Return the address on one line, and each further column with its heading."""
        address = ", ".join(text for column in self.header.address if (text := self._text(row, column)))
        further = [
            f"{heading}: {text}"
            for column, heading in self.header.extras.items()
            if (text := self._text(row, column))
        ]
        return [address, *further] if address else further

    def _text(self, row: Row, column: int | None) -> str:
        """Return what a cell says; dashes are blanks, and `#N/A` or `#####` are told and left out."""
        cell = row.cell(column) if column is not None else None
        if cell is None:
            return ""
        number = read_number(cell)
        if number in _NO_VALUE:
            self._note("intake.cell_without_value", row, cell, found=shown(cell.text))
            return ""
        return "" if number is NoNumber.DASH else self._cut(tidy(cell.text), row, LONGEST_LINE, cell)

    def _cut(self, text: str, row: Row, longest: int = LONGEST_LINE, cell: Cell | None = None) -> str:
        if len(text) > longest:
            self._note("intake.text_cut", row, cell or row.cells[0], longest=longest)
        return text[:longest]

    def _note(self, code: str, row: Row, cell: Cell | None, **facts: Any) -> None:
        column = cell.letter if cell else ""
        self.notes.append(Note(code=code, row=row.number, column=column, facts=facts))
