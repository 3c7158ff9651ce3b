"""What does one row of a PALMS summary say: a person's counts, or numbers that are nobody's?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from app.core.intake.extra_columns import extras_in
from app.core.intake.names import PersonName
from app.core.intake.remarks import Extra, Note, Problem, shown
from app.core.intake.summary_header import LETTERS, Measure, SummaryHeader
from app.core.intake.summary_numbers import NoAmount, SummaryNumbers
from app.core.intake.tail_rows import TailKind, tail_kind
from app.core.intake.weekly_header import is_summary_header
from app.core.sheets.sheet import Cell, Row, column_letter
from app.core.sheets.spelling import letters_only

_SAYS_NOTHING = frozenset(("", "0", "00", "000"))  # letters and digits of a blank, a dash, 0, 0.0 and 0.00


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryCounts:
    """What a row counts; `thank_you` is money in whole units of the file's unsaid currency."""

    counts: Mapping[Measure, int] = field(default_factory=dict)
    thank_you: Decimal = Decimal(0)

    def amount(self, measure: Measure) -> Decimal:
        """Return the number of any column, money among them; 0 where the file does not say."""
        return self.thank_you if measure is Measure.THANK_YOU else Decimal(self.count(measure))

    def count(self, measure: Measure) -> int:
        """Return how many; 0 where the file does not say."""
        return self.counts.get(measure, 0)

    @property
    def letters(self) -> int:
        """The meetings for which the row has a letter."""
        return sum(self.count(letter) for letter in LETTERS)


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryLine:
    """One person's counts of the period, with what stood in further columns."""

    row: int
    name: PersonName
    said: SummaryCounts
    extras: tuple[Extra, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryTail:
    """A row at the foot that is no person: what it is called, what it counts, and its numbers."""

    row: int
    label: str
    kind: TailKind
    said: SummaryCounts


@dataclass(slots=True, kw_only=True)
class SummaryReader:
    """Reads the rows below the header of a summary and collects what is to be said about them.

    `lost` has the first cell, with its row, of each column with a number that nobody can tell any more.
    """

    header: SummaryHeader
    numbers: SummaryNumbers
    lines: list[SummaryLine] = field(default_factory=list)
    tail: list[SummaryTail] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    lost: dict[Measure, tuple[int, Cell]] = field(default_factory=dict)

    def read(self, rows: Sequence[Row]) -> None:
        """Take in the rows, from top to bottom; after the first row at the foot only rows with counts are people."""
        for row in rows:
            name = self.header.names.name_in(row)
            if kind := tail_kind(name.full):
                self.tail.append(self._tail_line(row, name, kind))
            elif is_summary_header(row) or not self._may_be_a_person(row, name):
                self._skip(row)
            elif not name.full:
                column = column_letter(self.header.names.first)
                self.problems.append(Problem(code="intake.name_missing", row=row.number, column=column))
            else:
                self.lines.append(self._line(row, name))

    def _may_be_a_person(self, row: Row, name: PersonName) -> bool:
        """Is this no title or footnote: does it count something, or give both parts of a name in its place?"""
        if any(row.cell(column) for column in self.header.columns.values()):
            return True
        return not self.tail and bool(name.given and name.family)

    def _line(self, row: Row, name: PersonName) -> SummaryLine:
        if not any(row.cell(column) for column in self.header.columns.values()):
            facts = {"name": shown(name.full)}
            self.notes.append(Note(code="intake.line_without_counts", row=row.number, facts=facts))
        extras = tuple(
            extra
            for extra in extras_in(row, self.header.extras, self.notes)
            if letters_only(extra.text) not in _SAYS_NOTHING
        )
        return SummaryLine(row=row.number, name=name, said=self._said(row, name), extras=extras)

    def _tail_line(self, row: Row, name: PersonName, kind: TailKind) -> SummaryTail:
        """Return what a row at the foot counts; nothing in it is worth turning the file away."""
        problems = len(self.problems)
        said = self._said(row, name)
        for problem in self.problems[problems:]:
            note = Note(code="intake.number_lost", row=row.number, column=problem.column, facts=problem.facts)
            self.notes.append(note)
        del self.problems[problems:]
        return SummaryTail(row=row.number, label=name.full, kind=kind, said=said)

    def _said(self, row: Row, name: PersonName) -> SummaryCounts:
        counts: dict[Measure, int] = {}
        thank_you = Decimal(0)
        for measure, column in self.header.columns.items():
            cell = row.cell(column)
            if cell is None:
                continue
            read = self._number(measure, row, cell, name)
            if measure is Measure.THANK_YOU:
                thank_you = Decimal(read)
            else:
                counts[measure] = int(read)
        return SummaryCounts(counts=counts, thank_you=thank_you)

    def _number(self, measure: Measure, row: Row, cell: Cell, name: PersonName) -> int | Decimal:
        read = self.numbers.amount(cell) if measure is Measure.THANK_YOU else self.numbers.count(cell)
        if not isinstance(read, NoAmount):
            return read
        if read is not NoAmount.NOTHING:
            self.lost.setdefault(measure, (row.number, cell))
        return self._without_value(read, row, cell, name)

    def _without_value(self, reason: NoAmount, row: Row, cell: Cell, name: PersonName) -> int:
        """Say what the cell holds instead of a number; it counts as 0."""
        facts = {"found": shown(cell.text), "name": shown(name.full)}
        if reason is NoAmount.LOST:
            note = Note(code="intake.number_lost", row=row.number, column=cell.letter, facts=facts)
            self.notes.append(note)
        elif reason is not NoAmount.NOTHING:
            code = "intake.number_unclear" if reason is NoAmount.UNCLEAR else "intake.number_unreadable"
            self.problems.append(Problem(code=code, row=row.number, column=cell.letter, facts=facts))
        return 0

    def _skip(self, row: Row) -> None:
        first = row.cells[0]
        facts = {"found": shown(first.text)}
        self.notes.append(Note(code="intake.row_skipped", row=row.number, column=first.letter, facts=facts))
