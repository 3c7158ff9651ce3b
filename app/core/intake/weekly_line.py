"""What does one row of a week-by-week table say: a person's letters, or counts that are nobody's?"""

import datetime as dt
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from app.core.intake.extra_columns import extras_in
from app.core.intake.names import PersonName
from app.core.intake.remarks import Extra, Note, Problem, shown
from app.core.intake.tail_rows import TailKind, tail_kind
from app.core.intake.weekly_header import WeeklyHeader
from app.core.sheets.sheet import Cell, Row, column_letter
from app.core.sheets.spelling import tidy
from app.core.sheets.values import NoNumber, read_count


class Letter(StrEnum):
    """How a week went: present on time, absent, late (not counted present too), medical leave, substitute came."""

    PRESENT = "P"
    ABSENT = "A"
    LATE = "L"
    MEDICAL = "M"
    SUBSTITUTE = "S"


_LETTERS = {letter.value: letter for letter in Letter}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One person's letter of one meeting day; `column` is where it stands."""

    on: dt.date
    letter: Letter
    column: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyLine:
    """One person's weeks, by date; a day without a mark has no record (not yet or no longer a member)."""

    row: int
    name: PersonName
    marks: tuple[Mark, ...]
    extras: tuple[Extra, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCount:
    """A number that a row at the foot gives for one meeting day."""

    on: dt.date
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TailLine:
    """A row at the foot that is no person: what it is called, what it counts, and its numbers where it has any."""

    row: int
    label: str
    kind: TailKind
    counts: tuple[DayCount, ...]


def letter_in(cell: Cell | None) -> Letter | None:
    """Return the letter that a cell holds, in either case and width; nothing for any other text."""
    if cell is None:
        return None
    return _LETTERS.get(unicodedata.normalize("NFKC", tidy(cell.text)).upper())


@dataclass(slots=True, kw_only=True)
class WeeklyReader:
    """Reads the rows below the header of a week-by-week table and collects what is to be said about them.

    `dates` gives each column of a day its date; `extra_columns` the headings of columns that nobody asked for.
    """

    header: WeeklyHeader
    dates: Mapping[int, dt.date]
    extra_columns: Mapping[int, str]
    lines: list[WeeklyLine] = field(default_factory=list)
    tail: list[TailLine] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def read(self, rows: Sequence[Row]) -> None:
        """Take in the rows, from top to bottom; after the first row at the foot only rows with letters are people."""
        for row in rows:
            name = self.header.names.name_in(row)
            if kind := tail_kind(name.full):
                self.tail.append(self._tail_line(row, name, kind))
            elif not self._letters_stand_in(row) and (self.tail or not name.full):
                self._skip(row)
            elif not name.full:
                column = column_letter(self.header.names.first)
                self.problems.append(Problem(code="intake.name_missing", row=row.number, column=column))
            else:
                self.lines.append(self._line(row, name))

    def _letters_stand_in(self, row: Row) -> bool:
        return any(letter_in(row.cell(column)) for column in self.dates)

    def _line(self, row: Row, name: PersonName) -> WeeklyLine:
        marks = [mark for column, day in self.dates.items() if (mark := self._mark(row, column, day, name))]
        if not marks:
            column = column_letter(self.header.names.first)
            facts = {"name": shown(name.full)}
            note = Note(code="intake.line_without_records", row=row.number, column=column, facts=facts)
            self.notes.append(note)
        extras = extras_in(row, self.extra_columns, self.notes)
        marks.sort(key=lambda mark: mark.on)
        return WeeklyLine(row=row.number, name=name, marks=tuple(marks), extras=extras)

    def _mark(self, row: Row, column: int, day: dt.date, name: PersonName) -> Mark | None:
        cell = row.cell(column)
        if cell is None or not tidy(cell.text):
            return None
        letter = letter_in(cell)
        if letter is None:
            facts = {"found": shown(cell.text), "name": shown(name.full), "date": day}
            problem = Problem(code="intake.unknown_letter", row=row.number, column=cell.letter, facts=facts)
            self.problems.append(problem)
            return None
        return Mark(on=day, letter=letter, column=cell.letter)

    def _tail_line(self, row: Row, name: PersonName, kind: TailKind) -> TailLine:
        counted = [(day, read_count(row.cell(column))) for column, day in self.dates.items()]
        counts = (DayCount(on=day, count=count) for day, count in counted if not isinstance(count, NoNumber))
        return TailLine(row=row.number, label=name.full, kind=kind, counts=tuple(counts))

    def _skip(self, row: Row) -> None:
        first = row.cells[0]
        facts = {"found": shown(first.text)}
        self.notes.append(Note(code="intake.row_skipped", row=row.number, column=first.letter, facts=facts))
