"""What does one row of a roster say about a person? Each doubtful cell is named with its row and column."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from app.core.intake.extra_columns import extras_in
from app.core.intake.header_words import Heading
from app.core.intake.names import PersonName
from app.core.intake.remarks import Extra, Note, Problem, Remark, shown
from app.core.intake.roster_header import RosterHeader
from app.core.intake.tail_rows import tail_kind
from app.core.sheets.dates import DayOrder, NoDate, read_date
from app.core.sheets.sheet import Cell, Row, column_letter
from app.core.sheets.spelling import folded, tidy
from app.core.sheets.values import NoNumber, read_number

_ACTIVE = frozenset(
    ("", "active", "active member", "aktiv", "actif", "activo", "ativo", "在册", "有效", "活跃")
)
_EMAIL_CHARACTERS = 254
_SHORTENED = re.compile(r"\d([.,]\d+)?E\+?\d+", re.IGNORECASE)
_NO_VALUE = (NoNumber.ERROR, NoNumber.HIDDEN, NoNumber.INFINITE)


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterLine:
    """One person of a roster; texts are empty and dates absent where the file says nothing.

    `extras` are what no member's profile has a place for: further columns, and when and through whom somebody joined.
    """

    row: int
    name: PersonName
    email: str
    trade: str
    firm: str
    phone: str
    mobile: str
    status: str
    joined: dt.date | None
    renews: dt.date | None
    sponsor: str
    group_name: str
    extras: tuple[Extra, ...]


@dataclass(slots=True, kw_only=True)
class RosterReader:
    """Reads the rows below a roster's header and collects what is to be said about them."""

    header: RosterHeader
    today: dt.date
    day_order: DayOrder | None
    problems: list[Problem] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    dates_unclear: list[Remark] = field(default_factory=list)

    def line(self, row: Row) -> RosterLine | None:
        """Return the person of a row, or nothing where the row is no person's: a total, a footer, a mistake."""
        name = self.header.names.name_in(row)
        if not name.full:
            self._tell_nameless(row)
            return None
        if tail_kind(name.full) and not row.text(self.header.email):
            self._note("intake.row_skipped", row, row.cells[0], found=shown(name.full))
            return None
        line = RosterLine(
            row=row.number,
            name=name,
            email=self._email(row, name),
            trade=self._text(row, Heading.TRADE),
            firm=self._text(row, Heading.FIRM),
            phone=self._phone(row, Heading.PHONE),
            mobile=self._phone(row, Heading.MOBILE),
            status=self._status(row, name),
            joined=self._date(row, Heading.JOINED),
            renews=self._date(row, Heading.RENEWS),
            sponsor=self._text(row, Heading.SPONSOR),
            group_name=self._text(row, Heading.GROUP),
            extras=extras_in(row, self.header.extras, self.notes),
        )
        self._tell_odd_dates(row, line)
        return replace(line, extras=(*self._beside(row, line), *line.extras))

    def _tell_nameless(self, row: Row) -> None:
        told = [cell for cell in row if cell.column != self.header.columns.get(Heading.NUMBER)]
        if len(told) > 1 or row.text(self.header.email):
            column = column_letter(self.header.names.first)
            self.problems.append(Problem(code="intake.name_missing", row=row.number, column=column))
        elif told:
            self._note("intake.row_skipped", row, told[0], found=shown(told[0].text))

    def _cell(self, row: Row, heading: Heading) -> Cell | None:
        """Return a cell that says something; dashes are blanks, and `#N/A` or `#####` are told and left out."""
        column = self.header.columns.get(heading)
        cell = row.cell(column) if column is not None else None
        if cell is None or not tidy(cell.text):
            return None
        number = read_number(cell)
        if number is NoNumber.DASH:
            return None
        if number in _NO_VALUE:
            self._note("intake.cell_without_value", row, cell, found=shown(cell.text))
            return None
        return cell

    def _text(self, row: Row, heading: Heading) -> str:
        cell = self._cell(row, heading)
        return tidy(cell.text) if cell else ""

    def _email(self, row: Row, name: PersonName) -> str:
        cell = self._cell(row, Heading.EMAIL)
        if cell is None:
            column = column_letter(self.header.email)
            facts = {"name": shown(name.full)}
            self.notes.append(Note(code="intake.no_email", row=row.number, column=column, facts=facts))
            return ""
        address = _address(cell.text)
        if not address:
            self._problem("intake.bad_email", row, cell, found=shown(cell.text))
        return address

    def _phone(self, row: Row, heading: Heading) -> str:
        cell = self._cell(row, heading)
        if cell and _SHORTENED.fullmatch(tidy(cell.text)):
            self._note("intake.phone_shortened", row, cell, found=shown(cell.text))
            return ""
        return tidy(cell.text) if cell else ""

    def _status(self, row: Row, name: PersonName) -> str:
        cell = self._cell(row, Heading.STATUS)
        status = tidy(cell.text) if cell else ""
        if cell and not is_active(status):
            self._note("intake.status_not_active", row, cell, name=shown(name.full), found=shown(status))
        return status

    def _date(self, row: Row, heading: Heading) -> dt.date | None:
        cell = self._cell(row, heading)
        if cell is None:
            return None
        day = read_date(cell, self.day_order)
        if not isinstance(day, NoDate):
            return day
        found = shown(cell.text)
        match day:
            case NoDate.ORDER_UNCLEAR:
                facts = {"found": found}
                unclear = Remark(
                    code="intake.day_order_needed", row=row.number, column=cell.letter, facts=facts
                )
                self.dates_unclear.append(unclear)
            case NoDate.YEAR_FAR_OFF:
                self._problem("intake.year_far_off", row, cell, found=found)
            case _:
                self._problem("intake.date_unreadable", row, cell, found=found)
        return None

    def _beside(self, row: Row, line: RosterLine) -> Iterator[Extra]:
        """Yield what is understood and has no place in a profile, under the file's own headings."""
        if line.renews:
            yield Extra(heading=self.header.written[Heading.RENEWS], text=line.renews.isoformat())
        if line.sponsor:
            column, heading = self.header.columns[Heading.SPONSOR], self.header.written[Heading.SPONSOR]
            yield from extras_in(row, {column: heading}, self.notes)

    def _tell_odd_dates(self, row: Row, line: RosterLine) -> None:
        if line.joined and line.joined > self.today:
            cell = self._cell(row, Heading.JOINED)
            self._note("intake.joins_in_future", row, cell, name=shown(line.name.full), date=line.joined)
        if line.joined and line.renews and line.renews < line.joined:
            cell = self._cell(row, Heading.RENEWS)
            self._note(
                "intake.renews_before_joining", row, cell, name=shown(line.name.full), date=line.renews
            )

    def _note(self, code: str, row: Row, cell: Cell | None, **facts: Any) -> None:
        column = cell.letter if cell else ""
        self.notes.append(Note(code=code, row=row.number, column=column, facts=facts))

    def _problem(self, code: str, row: Row, cell: Cell, **facts: Any) -> None:
        self.problems.append(Problem(code=code, row=row.number, column=cell.letter, facts=facts))


def is_active(status: str) -> bool:
    """Return whether a roster's status says that somebody is a member; without one they are."""
    return folded(status) in _ACTIVE


def _address(text: str) -> str:
    """Return the address in its usual form, or nothing where mail could not be sent to it."""
    from email_validator import (  # noqa: PLC0415 - loaded when somebody brings a file, not when the server starts
        EmailNotValidError,
        validate_email,
    )

    address = tidy(text).removeprefix("mailto:")
    if len(address) > _EMAIL_CHARACTERS:
        return ""
    try:
        return validate_email(address, check_deliverability=False).normalized
    except EmailNotValidError:
        return ""
