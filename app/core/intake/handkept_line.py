"""What does one row of somebody's own sheet say: a person's marks, or counts and titles that are nobody's?"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from app.core.intake.extra_columns import extras_in
from app.core.intake.handkept_marks import FoundMark, answered_letter
from app.core.intake.name_columns import NameColumns
from app.core.intake.names import PersonName
from app.core.intake.remarks import Note, Problem, shown
from app.core.intake.tail_rows import TailKind, tail_kind
from app.core.intake.weekly_line import DayCount, Mark, TailLine, WeeklyLine
from app.core.sheets.sheet import Cell, Row, column_letter
from app.core.sheets.spelling import tidy
from app.core.sheets.values import NoNumber, read_count, read_number


@dataclass(slots=True, kw_only=True)
class KeptReader:
    """Reads the rows below the days of a hand-kept sheet and collects what is to be said about them.

    `meetings` are the columns of marks, `dates` the days of those that have one; `notes_in` the headings of columns
    of notes; `letters` what was said of marks, by the mark as written.
    """

    names: NameColumns
    meetings: frozenset[int]
    dates: Mapping[int, dt.date]
    notes_in: Mapping[int, str]
    letters: Mapping[str, str]
    headings: frozenset[str] = frozenset()
    lines: list[WeeklyLine] = field(default_factory=list)
    tail: list[TailLine] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    _counted: Counter[str] = field(default_factory=Counter)
    _first: dict[str, tuple[int, str]] = field(default_factory=dict)

    def read(self, rows: Sequence[Row]) -> None:
        """Take in the rows, from top to bottom."""
        for row in rows:
            name = kept_name(self.names.name_in(row))
            cells = [cell for cell in row if cell.column in self.meetings]
            if kind := tail_kind(name.full):
                self.tail.append(self._tail_line(row, name, kind))
            elif not cells or _are_counts(cells) or self._repeats_the_header(row):
                self._leave_out(row, name)
            elif not name.full:
                column = column_letter(self.names.first)
                self.problems.append(Problem(code="intake.name_missing", row=row.number, column=column))
            else:
                self.lines.append(self._line(row, name, cells))

    @property
    def marks(self) -> tuple[FoundMark, ...]:
        """Every way in which the people's rows mark a meeting, the commonest first."""
        return tuple(self._found(written, count) for written, count in self._counted.most_common())

    def _found(self, written: str, count: int) -> FoundMark:
        row, column = self._first[written]
        letter, is_open = answered_letter(written, self.letters)
        return FoundMark(written=written, count=count, row=row, column=column, letter=letter, is_open=is_open)

    def _line(self, row: Row, name: PersonName, cells: Sequence[Cell]) -> WeeklyLine:
        marks = []
        for cell in cells:
            written = tidy(cell.text)
            self._counted[written] += 1
            self._first.setdefault(written, (row.number, cell.letter))
            letter, _is_open = answered_letter(written, self.letters)
            if letter and (day := self.dates.get(cell.column)):
                marks.append(Mark(on=day, letter=letter, column=cell.letter))
        extras = extras_in(row, self.notes_in, self.notes)
        marks.sort(key=lambda mark: mark.on)
        return WeeklyLine(row=row.number, name=name, marks=tuple(marks), extras=extras)

    def _tail_line(self, row: Row, name: PersonName, kind: TailKind) -> TailLine:
        counted = [(day, read_count(row.cell(column))) for column, day in self.dates.items()]
        counts = (DayCount(on=day, count=count) for day, count in counted if not isinstance(count, NoNumber))
        return TailLine(row=row.number, label=name.full, kind=kind, counts=tuple(counts))

    def _repeats_the_header(self, row: Row) -> bool:
        texts = {tidy(cell.text) for cell in row if cell.column in self.meetings}
        return bool(texts) and texts <= self.headings

    def _leave_out(self, row: Row, name: PersonName) -> None:
        first = row.cells[0]
        found = shown(name.full or first.text)
        has_marks = any(cell.column in self.meetings for cell in row)
        code = "intake.row_skipped" if has_marks or not name.full else "intake.row_without_marks"
        note = Note(code=code, row=row.number, column=first.letter, facts={"found": found})
        self.notes.append(note)


def kept_name(name: PersonName) -> PersonName:
    """Return the name as it is said: `Silva, Ana` is Ana Silva."""
    family, comma, given = name.full.partition(",")
    if not comma or not family.strip() or not given.strip() or "," in given:
        return name
    return PersonName(full=f"{given.strip()} {family.strip()}", given=given.strip(), family=family.strip())


def _are_counts(cells: Sequence[Cell]) -> bool:
    """Is this a row of sums: nothing but numbers, and one of them larger than any mark?"""
    numbers = [read_number(cell) for cell in cells]
    found = [number for number in numbers if isinstance(number, Decimal)]
    return len(found) == len(numbers) and max(found, default=Decimal(0)) > 1
