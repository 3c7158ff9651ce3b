"""Who attended, as somebody kept it in a sheet of their own? Reads it into the same weeks as a report's."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from app.core.intake.handkept_columns import ColumnUse, KeptColumn, KeptTable, read_table
from app.core.intake.handkept_days import years_told
from app.core.intake.handkept_line import KeptReader
from app.core.intake.handkept_marks import FoundMark
from app.core.intake.handkept_notes import kept_notes
from app.core.intake.handkept_problems import kept_problems
from app.core.intake.name_columns import NameColumns
from app.core.intake.period_hint import suggested_period
from app.core.intake.remarks import DayOrderAsked, Period, PeriodAsked, Problem, Remark, shown
from app.core.intake.report_head import read_head
from app.core.intake.weekly import WeeklyAttendance
from app.core.intake.weekly_totals import residues, tallies
from app.core.intake.years import placed_in
from app.core.sheets.dates import DayOrder, MonthDay
from app.core.sheets.sheet import Sheet, column_letter
from app.core.sheets.spelling import tidy


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidOfSheet:
    """What a person said of the sheet; empty where nobody said anything yet.

    `columns` are codes by column, counted from 1; `letters` a letter or nothing by the mark as written.
    """

    period: Period | None = None
    day_order: DayOrder | None = None
    columns: Mapping[int, str] = field(default_factory=dict)
    letters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandKept:
    """What a hand-kept sheet is understood to be.

    While `question` is open `weekly` is absent; without one it is absent where no column has a day yet, and
    `problems` say so. `marks` are all that stand in the rows of people.
    """

    columns: tuple[KeptColumn, ...]
    marks: tuple[FoundMark, ...]
    question: PeriodAsked | DayOrderAsked | None
    weekly: WeeklyAttendance | None
    problems: tuple[Problem, ...] = ()


def parse_handkept(sheet: Sheet, today: dt.date, file_name: str, said: SaidOfSheet | None = None) -> HandKept:
    """Return the weeks of a sheet that somebody kept by hand, with the guesses by which it was understood.

    Raises Refused where no column holds marks.
    """
    said = said or SaidOfSheet()
    table = read_table(sheet, said.day_order, said.columns)
    placing = _placing(table, said)
    reader = _reader(table, placing.dates or {}, said)
    reader.read(table.rows)
    named = f"{file_name} {_titles(sheet, table)}"
    question = _order_question(table) or _period_question(table, placing, named, today)
    weekly = _weekly(sheet, table, reader, placing, today) if question is None else None
    problems = () if weekly or question else tuple(kept_problems(table, reader, {}, None))
    return HandKept(
        columns=table.columns, marks=reader.marks, question=question, weekly=weekly, problems=problems
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Placing:
    """The columns whose day is told, the period they are in, and their dates, each nothing while it is not known."""

    columns: Sequence[KeptColumn]
    period: Period | None
    dates: Mapping[int, dt.date | None] | None


def _placing(table: KeptTable, said: SaidOfSheet) -> _Placing:
    columns = [column for column in table.used_as(ColumnUse.DAY) if column.day]
    period = _period(table, columns, said)
    placed = placed_in(period, [column.day for column in columns if column.day]) if period else None
    dates = None
    if placed is not None:
        dates = {column.column: day for column, day in zip(columns, placed, strict=True)}
    return _Placing(columns=columns, period=period, dates=dates)


def _period(table: KeptTable, days: Sequence[KeptColumn], said: SaidOfSheet) -> Period | None:
    """Return what was said, else what the sheet says above the table or by the years of its days."""
    if said.period:
        return said.period
    if told := read_head(table.above, said.day_order).period:
        return told
    dates = [column.day for column in days if isinstance(column.day, dt.date)]
    if not days or len(dates) < len(days):
        return None
    return Period(first=min(dates), last=max(dates))


def _reader(table: KeptTable, placed: Mapping[int, dt.date | None], said: SaidOfSheet) -> KeptReader:
    return KeptReader(
        names=table.names or NameColumns(full=1),
        meetings=frozenset(
            column.column for column in table.columns if column.use in {ColumnUse.DAY, ColumnUse.UNSAID}
        ),
        dates=dict(_once(placed)),
        notes_in={
            column.column: column.heading or column_letter(column.column)
            for column in table.used_as(ColumnUse.NOTE)
        },
        letters=said.letters,
        headings=frozenset(tidy(cell.text) for cell in table.days.row),
    )


def _once(placed: Mapping[int, dt.date | None]) -> Iterator[tuple[int, dt.date]]:
    """Yield the columns with a date, each date once; a second column of a day is a problem of its own."""
    seen: set[dt.date] = set()
    for column, day in placed.items():
        if day and day not in seen:
            seen.add(day)
            yield column, day


def _titles(sheet: Sheet, table: KeptTable) -> str:
    return years_told([sheet.title, *(cell.text for row in table.above for cell in row)])


def _order_question(table: KeptTable) -> DayOrderAsked | None:
    """Return the question for the order of day and month, where a column waits for the answer."""
    waiting = {column.column for column in table.used_as(ColumnUse.DAY) if column.day is None}
    cell = next((cell for cell in table.days.unclear if cell.column in waiting), None)
    if cell is None:
        return None
    facts = {"found": shown(cell.text)}
    row = table.days.row.number
    return DayOrderAsked(
        question=Remark(code="intake.day_order_needed", row=row, column=cell.letter, facts=facts)
    )


def _period_question(table: KeptTable, placing: _Placing, named: str, today: dt.date) -> PeriodAsked | None:
    days = placing.columns
    if placing.dates is not None or not days:
        return None
    code = "intake.period_fits_twice" if placing.period else "intake.period_needed"
    facts = {"first": days[0].heading, "last": days[-1].heading, "columns": str(len(days))}
    place = column_letter(days[0].column)
    yearless = [column.day for column in days if isinstance(column.day, MonthDay)]
    return PeriodAsked(
        question=Remark(code=code, row=table.days.row.number, column=place, facts=facts),
        group_name="",
        suggested=suggested_period(named, yearless, today) if yearless else None,
    )


def _weekly(
    sheet: Sheet, table: KeptTable, reader: KeptReader, placing: _Placing, today: dt.date
) -> WeeklyAttendance | None:
    """Return the weeks, or nothing where no column has a day yet: then somebody has to say one."""
    dates = tuple(sorted(reader.dates.values()))
    if placing.period is None or not dates:
        return None
    counted = tallies(dates, reader.lines)
    beyond = residues(reader.tail, counted)
    head = read_head(table.above)
    notes = [*kept_notes(sheet, table, reader, residues=beyond, today=today), *reader.notes]
    return WeeklyAttendance(
        title=head.title,
        group_name=head.group_name,
        period=placing.period,
        header_row=table.days.row.number,
        dates=dates,
        lines=tuple(reader.lines),
        tail=tuple(reader.tail),
        tallies=counted,
        residues=beyond,
        notes=tuple(sorted(notes, key=lambda note: note.row)),
        problems=tuple(kept_problems(table, reader, placing.dates or {}, placing.period)),
    )
