"""What does a PALMS summary say? Reads counts of a whole period, one row a person: no weeks, and none are invented."""

import datetime as dt
from dataclasses import dataclass

from app.core.errors import Refusal, Refused
from app.core.intake.period_hint import named_period
from app.core.intake.remarks import Note, Period, Problem, Remark
from app.core.intake.report_head import read_head
from app.core.intake.summary_header import Measure, SummaryHeader, find_summary_header
from app.core.intake.summary_line import SummaryLine, SummaryReader, SummaryTail
from app.core.intake.summary_notes import SummaryResidue, meetings_held, summary_notes, summary_residues
from app.core.intake.summary_numbers import SummaryNumbers
from app.core.sheets.dates import DayOrder
from app.core.sheets.sheet import Row, Sheet
from app.core.sheets.values import decimal_mark_shown

HUNDREDTHS = 2
"""The digits after the mark in most currencies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a summary says. Only one with a `period` and without `problems` may be taken in.

    `period` is what was said, else what the file tells; where it is None it must be asked, and `suggested` fills the
    form in advance. `meetings` is how many meetings the period held, where a row at the foot tells. `residues` is
    what the Total row counts beyond the rows above it.
    """

    title: str
    group_name: str
    period: Period | None
    suggested: Period | None
    header_row: int
    lines: tuple[SummaryLine, ...]
    tail: tuple[SummaryTail, ...]
    meetings: int | None
    residues: tuple[SummaryResidue, ...]
    notes: tuple[Note, ...]
    problems: tuple[Problem, ...]

    @property
    def period_question(self) -> Remark | None:
        """What to ask where the file does not say of which period it is."""
        return None if self.period else Remark(code="intake.summary_period_needed", row=self.header_row)

    @property
    def has_money(self) -> bool:
        """Whether amounts stand in it, whose currency no file tells."""
        said = [*(line.said for line in self.lines), *(foot.said for foot in self.tail)]
        return any(one.thank_you for one in said)


def parse_summary(
    sheet: Sheet,
    today: dt.date,
    file_name: str,
    period: Period | None = None,
    *,
    day_order: DayOrder | None = None,
    minor_digits: int = HUNDREDTHS,
) -> Summary:
    """Return the counts of a summary with everything that is to be said about it.

    What the caller says as `period` goes before what the file says. `minor_digits` is how many digits the currency
    has after its mark. Raises Refused where the sheet is no such report, and tells what is missing.
    """
    header = find_summary_header(sheet)
    above = [row for row in sheet.rows if row.number < header.row.number]
    head = read_head(above, day_order)
    rows = [row for row in sheet.rows if row.number > header.row.number]
    reader = SummaryReader(header=header, numbers=_numbers(header, rows, minor_digits))
    reader.read(rows)
    if not reader.lines and not reader.problems:
        raise Refused([Refusal(code="intake.no_people", facts={"row": header.row.number})])
    covered = period or head.period
    notes = [*summary_notes(sheet, header, reader, period=covered, today=today), *reader.notes]
    return Summary(
        title=head.title,
        group_name=head.group_name,
        period=covered,
        suggested=read_head(above, DayOrder.DAY_FIRST).period or named_period(file_name, today),
        header_row=header.row.number,
        lines=tuple(reader.lines),
        tail=tuple(reader.tail),
        meetings=meetings_held(reader),
        residues=summary_residues(reader),
        notes=tuple(sorted(notes, key=lambda note: note.row)),
        problems=tuple(reader.problems),
    )


def _numbers(header: SummaryHeader, rows: list[Row], minor_digits: int) -> SummaryNumbers:
    column = header.columns.get(Measure.THANK_YOU)
    amounts = [row.cell(column) for row in rows] if column is not None else []
    return SummaryNumbers(mark=decimal_mark_shown(amounts), minor_digits=minor_digits)
