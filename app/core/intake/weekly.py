"""Who attended in which week? Reads a report with a column for each meeting day and one letter in a cell."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from app.core.errors import Refusal, Refused
from app.core.intake.period_hint import suggested_period
from app.core.intake.remarks import DayOrderAsked, Note, Period, PeriodAsked, Problem, Remark, shown
from app.core.intake.report_head import ReportHead, read_head
from app.core.intake.weekly_columns import read_columns
from app.core.intake.weekly_header import DayColumn, WeeklyHeader, find_weekly_header
from app.core.intake.weekly_line import TailLine, WeeklyLine, WeeklyReader
from app.core.intake.weekly_notes import weekly_notes
from app.core.intake.weekly_totals import DayTally, Residue, residues, tallies
from app.core.intake.years import placed_in
from app.core.sheets.dates import DayOrder, MonthDay
from app.core.sheets.sheet import Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyAttendance:
    """What a week-by-week report says. Only one without `problems` may be taken in.

    `dates` are the days of its columns, the earliest first; one without any record (a holiday, say) is among them and
    has a note. Whether a date is in the group's calendar is the caller's to tell. `tallies` count the listed people
    of each date; `residues` what a Total row counts beyond them.
    """

    title: str
    group_name: str
    period: Period
    header_row: int
    dates: tuple[dt.date, ...]
    lines: tuple[WeeklyLine, ...]
    tail: tuple[TailLine, ...]
    tallies: tuple[DayTally, ...]
    residues: tuple[Residue, ...]
    notes: tuple[Note, ...]
    problems: tuple[Problem, ...]


def parse_weekly(
    sheet: Sheet,
    today: dt.date,
    file_name: str,
    period: Period | None = None,
    *,
    day_order: DayOrder | None = None,
) -> WeeklyAttendance | PeriodAsked | DayOrderAsked:
    """Return the weeks of a report with everything that is to be said about it, or the question it leaves open.

    A question is answered by calling again with `period` or `day_order`; what the caller says goes before what the
    file says. Raises Refused where the sheet is no such report, and tells what is missing.
    """
    header = find_weekly_header(sheet, day_order)
    if header.unclear:
        return _order_question(header)
    head = read_head(
        [row for row in sheet.rows if row.number < header.row.number], day_order or header.day_order
    )
    covered = period or head.period or _own_period(header.days)
    if covered is None:
        return _period_question("intake.period_needed", header, head, file_name, today)
    placed = placed_in(covered, [column.day for column in header.days])
    if placed is None:
        return _period_question("intake.period_fits_twice", header, head, file_name, today)
    return _read(sheet, header, head, period=covered, placed=placed, today=today)


def _own_period(days: Sequence[DayColumn]) -> Period | None:
    """Return from the first to the last day where every column tells its year."""
    dates = [column.day for column in days if isinstance(column.day, dt.date)]
    return Period(first=min(dates), last=max(dates)) if len(dates) == len(days) else None


def _read(
    sheet: Sheet,
    header: WeeklyHeader,
    head: ReportHead,
    *,
    period: Period,
    placed: Sequence[dt.date | None],
    today: dt.date,
) -> WeeklyAttendance:
    rows = [row for row in sheet.rows if row.number > header.row.number]
    columns = read_columns(header, placed, period, rows)
    reader = WeeklyReader(header=header, dates=columns.dates, extra_columns=columns.extras)
    reader.read(rows)
    if not reader.lines and not reader.problems:
        raise Refused([Refusal(code="intake.no_people", facts={"row": header.row.number})])
    days = tuple(sorted(columns.dates.values()))
    counted = tallies(days, reader.lines)
    beyond = residues(reader.tail, counted)
    said = weekly_notes(sheet, header, columns, reader, residues=beyond, today=today)
    return WeeklyAttendance(
        title=head.title,
        group_name=head.group_name,
        period=period,
        header_row=header.row.number,
        dates=days,
        lines=tuple(reader.lines),
        tail=tuple(reader.tail),
        tallies=counted,
        residues=beyond,
        notes=tuple(sorted([*said, *reader.notes], key=lambda note: note.row)),
        problems=(*columns.problems, *reader.problems),
    )


def _order_question(header: WeeklyHeader) -> DayOrderAsked:
    first = header.unclear[0]
    return DayOrderAsked(
        question=Remark(
            code="intake.day_order_needed",
            row=header.row.number,
            column=first.letter,
            facts={"found": shown(first.text)},
        )
    )


def _period_question(
    code: str, header: WeeklyHeader, head: ReportHead, file_name: str, today: dt.date
) -> PeriodAsked:
    first, last = header.days[0].cell, header.days[-1].cell
    facts = {"first": shown(first.text), "last": shown(last.text), "columns": len(header.days)}
    days = [column.day for column in header.days if isinstance(column.day, MonthDay)]
    return PeriodAsked(
        question=Remark(code=code, row=header.row.number, column=first.letter, facts=facts),
        group_name=head.group_name,
        suggested=suggested_period(file_name, days, today),
    )
