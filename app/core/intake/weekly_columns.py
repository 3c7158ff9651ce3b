"""Which date is each column of a week-by-week table, and which columns are something else?"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.core.intake.remarks import Period, Problem, shown
from app.core.intake.tail_rows import tail_kind
from app.core.intake.weekly_header import WeeklyHeader
from app.core.intake.weekly_line import letter_in
from app.core.sheets.sheet import Cell, Row, column_letter


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyColumns:
    """The date of each column that has one, the headings of columns that nobody asked for, and what is wrong."""

    dates: Mapping[int, dt.date]
    extras: Mapping[int, str]
    problems: tuple[Problem, ...]


def read_columns(
    header: WeeklyHeader, placed: Sequence[dt.date | None], period: Period, rows: Sequence[Row]
) -> WeeklyColumns:
    """Return what each column is. `placed` are the dates of the header's days, nothing for one outside the period."""
    problems: list[Problem] = []
    dates: dict[int, dt.date] = {}
    for column, day in zip(header.days, placed, strict=True):
        if day is None:
            facts = {"found": shown(column.cell.text), "first": period.first, "last": period.last}
            problems.append(_problem("intake.day_outside_period", header, column.cell, facts))
        elif day in dates.values():
            facts = {"found": shown(column.cell.text), "date": day}
            problems.append(_problem("intake.day_listed_twice", header, column.cell, facts))
        else:
            dates[column.cell.column] = day
    known = {*header.names.all, *(column.cell.column for column in header.days)}
    extras = {cell.column: shown(cell.text) for cell in header.row if cell.column not in known}
    lettered = _undated_columns_with_letters(header, rows, known)
    problems += [_undated(header, column, extras.pop(column, "")) for column in lettered]
    return WeeklyColumns(dates=dates, extras=extras, problems=tuple(problems))


def _undated_columns_with_letters(header: WeeklyHeader, rows: Sequence[Row], known: set[int]) -> list[int]:
    """Return the columns beside the days that hold letters below no heading, or below one that may be a day."""
    first_day = min(column.cell.column for column in header.days)
    lettered = {
        cell.column
        for row in rows
        if not tail_kind(header.names.name_in(row).full)
        for cell in row
        if cell.column > first_day and cell.column not in known and letter_in(cell)
    }
    return sorted(column for column in lettered if _may_be_a_day(header.row.text(column)))


def _may_be_a_day(heading: str) -> bool:
    return not heading or any(letter.isdigit() for letter in heading)


def _undated(header: WeeklyHeader, column: int, heading: str) -> Problem:
    return Problem(
        code="intake.column_without_day" if heading else "intake.column_without_heading",
        row=header.row.number,
        column=column_letter(column),
        facts={"found": heading},
    )


def _problem(code: str, header: WeeklyHeader, cell: Cell, facts: Mapping[str, object]) -> Problem:
    return Problem(code=code, row=header.row.number, column=cell.letter, facts=facts)
