"""What has to be said or corrected before a sheet kept by hand can be taken in?"""

import datetime as dt
from collections.abc import Iterator, Mapping

from app.core.intake.handkept_columns import ColumnUse, KeptColumn, KeptTable
from app.core.intake.handkept_line import KeptReader
from app.core.intake.remarks import Period, Problem
from app.core.sheets.sheet import column_letter

SAID_ON_THE_PAGE = frozenset({"intake.kept_without_names", "intake.kept_column_unsaid", "intake.mark_unsaid"})
"""What is answered beside the columns and marks; everything else of a sheet is mended in the file."""


def kept_problems(
    table: KeptTable, reader: KeptReader, placed: Mapping[int, dt.date | None], period: Period | None
) -> Iterator[Problem]:
    """Yield what has to be said or corrected: of the columns, of their marks, and of rows."""
    row = table.days.row.number
    if table.names is None:
        yield Problem(code="intake.kept_without_names", row=row)
    for column in table.columns:
        if column.use in {ColumnUse.DAY, ColumnUse.UNSAID}:
            yield from _of_meeting(column, row, reader, placed.get(column.column), period)
    for mark in reader.marks:
        if mark.is_open:
            facts = {"found": mark.written, "count": mark.count}
            yield Problem(code="intake.mark_unsaid", row=mark.row, column=mark.column, facts=facts)
    yield from reader.problems


def _of_meeting(
    column: KeptColumn, row: int, reader: KeptReader, day: dt.date | None, period: Period | None
) -> Iterator[Problem]:
    """Yield what is wrong with the day of a column of marks."""
    place, heading = column_letter(column.column), column.heading
    if column.use is ColumnUse.UNSAID or column.day is None:
        yield Problem(code="intake.kept_column_unsaid", row=row, column=place, facts={"found": heading})
    elif day is None and period:
        facts = {"found": heading, "first": period.first, "last": period.last}
        yield Problem(code="intake.day_outside_period", row=row, column=place, facts=facts)
    elif day and column.column not in reader.dates:
        facts = {"found": heading, "date": day}
        yield Problem(code="intake.day_listed_twice", row=row, column=place, facts=facts)
