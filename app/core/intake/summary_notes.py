"""What should the person know who takes in a PALMS summary, although nothing of it hinders?"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.core.intake.reading_notes import encoding_notes, repeated_names
from app.core.intake.remarks import Note, Period, shown
from app.core.intake.summary_header import Measure, SummaryHeader
from app.core.intake.summary_line import SummaryReader
from app.core.intake.tail_rows import TailKind
from app.core.sheets.sheet import Sheet

_SELDOM_THERE = frozenset((Measure.TESTIMONIALS,))


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryResidue:
    """How much more (or, below zero, less) the Total row, at `row`, counts than the rows above it."""

    row: int
    measure: Measure
    total: Decimal
    listed: Decimal

    @property
    def beyond(self) -> Decimal:
        """What belongs to people no longer listed."""
        return self.total - self.listed


def meetings_held(reader: SummaryReader) -> int | None:
    """Return the number of meetings: the P of the row of visitors, else that of outside money; None untold."""
    told = {line.kind: line.said.count(Measure.PRESENT) for line in reversed(reader.tail)}
    return told.get(TailKind.VISITORS) or told.get(TailKind.OUTSIDE) or None


def summary_residues(reader: SummaryReader) -> tuple[SummaryResidue, ...]:
    """Return what the Total row counts beyond the rows above it; of a column with a lost number nobody can tell.

    Reports differ in whether Total counts the rows `Visitors` and `BNI`: it does in each column where it has room
    for them beside the people listed.
    """
    total = next((line for line in reader.tail if line.kind is TailKind.TOTAL), None)
    if total is None:
        return ()
    return tuple(
        SummaryResidue(
            row=total.row,
            measure=measure,
            total=total.said.amount(measure),
            listed=_listed_beside(total.said.amount(measure), reader, measure),
        )
        for measure in reader.header.columns
        if measure not in reader.lost
    )


def _listed_beside(total: Decimal, reader: SummaryReader, measure: Measure) -> Decimal:
    """Return what the rows above add up to, with those that are nobody's where the total has room for them."""
    people = sum((line.said.amount(measure) for line in reader.lines), Decimal(0))
    others = [line.said.amount(measure) for line in reader.tail if line.kind is not TailKind.TOTAL]
    everything = sum(others, people)
    return everything if everything <= total else people


def summary_notes(
    sheet: Sheet, header: SummaryHeader, reader: SummaryReader, *, period: Period | None, today: dt.date
) -> Iterator[Note]:
    """Yield what concerns the whole file, its columns, repeated names, meetings and totals."""
    yield from encoding_notes(sheet)
    if period and period.last > today:
        yield Note(code="intake.period_not_over", facts={"date": period.last})
    if header.extras:
        facts = {"found": ", ".join(header.extras.values())}
        yield Note(code="intake.extra_columns", row=header.row.number, facts=facts)
    missing = [measure.value for measure in header.missing if measure not in _SELDOM_THERE]
    if missing:
        facts = {"found": ", ".join(missing)}
        yield Note(code="intake.counts_not_in_file", row=header.row.number, facts=facts)
    yield from repeated_names(((line.row, line.name) for line in reader.lines), column=header.names.first)
    yield from _meeting_notes(reader)
    if any(line.said.count(Measure.ONE_TO_ONES) for line in reader.lines):
        yield Note(code="intake.one_to_ones_count_for_both", row=header.row.number)
    yield from _total_notes(reader)


def _meeting_notes(reader: SummaryReader) -> Iterator[Note]:
    meetings = meetings_held(reader)
    if meetings is None:
        return
    for line in reader.lines:
        if line.said.letters > meetings:
            facts = {"name": shown(line.name.full), "letters": line.said.letters, "meetings": meetings}
            yield Note(code="intake.more_letters_than_meetings", row=line.row, facts=facts)


def _total_notes(reader: SummaryReader) -> Iterator[Note]:
    residues = summary_residues(reader)
    row = next((line.row for line in reader.tail if line.kind is TailKind.TOTAL), 0)
    beyond = [residue for residue in residues if residue.beyond > 0]
    if beyond:
        facts = {"found": _listed(beyond)}
        yield Note(code="intake.summary_people_no_longer_listed", row=row, facts=facts)
    below = [residue for residue in residues if residue.beyond < 0]
    if below:
        facts = {"found": _listed(below)}
        yield Note(code="intake.summary_total_below_listed", row=row, facts=facts)
    if not residues:
        return
    for measure, (place, cell) in reader.lost.items():
        facts = {"found": shown(cell.text), "measure": measure.value}
        yield Note(code="intake.total_not_compared", row=place, column=cell.letter, facts=facts)


def _listed(residues: Sequence[SummaryResidue]) -> str:
    return ", ".join(f"{residue.measure.value} {abs(residue.beyond):f}" for residue in residues)
