"""On which day do the slips of an audit count? No row has a date: the title says it, or a person; the file's name is a guess."""

import datetime as dt
import re
from dataclasses import dataclass
from datetime import timedelta

from app.core.intake.remarks import Period, Problem, Remark, shown
from app.core.intake.report_head import read_head
from app.core.intake.slips_audit_header import SlipsHeader
from app.core.sheets.dates import DayOrder, NoDate, read_date
from app.core.sheets.sheet import Cell, Sheet

LONGEST_PERIOD = timedelta(days=7)
"""A slips audit covers one day, or the week up to a meeting."""

_DATE = re.compile(
    r"(?<!\d)(?:\d{4}([-/.])\d{1,2}\1\d{1,2}|\d{1,2}([-/.])\d{1,2}\2\d{4})(?!\d)"
)  # 2025-02-13 or 13/02/2025
_DIGITS_ONLY = re.compile(r"(?<!\d)(20\d\d)(\d\d)(\d\d)(?!\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipsDay:
    """The days that the slips are of; all count on the last. Without one, `question` asks for it.

    `asks_order` where the question is only which of day and month comes first; `suggested` fills the form.
    """

    period: Period | None
    question: Remark | None = None
    asks_order: bool = False
    suggested: Period | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidOfDays:
    """What a person said about the days of the file, and the group's day today."""

    today: dt.date
    file_name: str = ""
    period: Period | None = None
    day_order: DayOrder | None = None


def slips_day(sheet: Sheet, header: SlipsHeader, said: SaidOfDays) -> SlipsDay:
    """Return the days of the audit: what a person said, else the title's, else the question, with the file name's day."""
    if said.period is not None:
        return _judged(said.period, said)
    above = [row for row in sheet.rows if row.number < header.row.number]
    headed = read_head(above, said.day_order).period
    if headed:
        return _judged(headed, said)
    cells = [(row.number, cell) for row in above for cell in row]
    found = [(row, cell, date) for row, cell in cells if (date := _date_in(cell.text, said.day_order))]
    for row, cell, date in found:
        if isinstance(date, dt.date):
            return _judged(Period(first=date, last=date), said)
        question = Remark(
            code="intake.day_order_needed", row=row, column=cell.letter, facts={"found": shown(cell.text)}
        )
        return SlipsDay(period=None, question=question, asks_order=True)
    return _of_file_name(header, said)


def _of_file_name(header: SlipsHeader, said: SaidOfDays) -> SlipsDay:
    date = _date_in(said.file_name.replace("_", "-").replace(" ", "-"), said.day_order)
    day, code, facts = said.today, "intake.slips_day_needed", {}
    if isinstance(date, dt.date):
        day, code = date, "intake.slips_day_in_file_name"
        facts = {"name": shown(said.file_name), "date": date}
    question = Remark(code=code, row=header.row.number, column=header.row.cells[0].letter, facts=facts)
    return SlipsDay(period=None, question=question, suggested=Period(first=day, last=day))


def _judged(period: Period, said: SaidOfDays) -> SlipsDay:
    problems = []
    if period.last - period.first > LONGEST_PERIOD - timedelta(days=1):
        facts = {"first": period.first, "last": period.last}
        problems.append(Problem(code="intake.slips_period_too_long", facts=facts))
    if period.last > said.today:
        problems.append(Problem(code="intake.slips_day_in_future", facts={"date": period.last}))
    return SlipsDay(period=period, problems=tuple(problems))


def _date_in(text: str, order: DayOrder | None) -> dt.date | NoDate | None:
    """Return the one date that a text tells, `ORDER_UNCLEAR` where it could be two, or nothing."""
    written = [match.group() for match in _DATE.finditer(text)]
    written += ["-".join(parts) for parts in _DIGITS_ONLY.findall(text)]
    read = [read_date(Cell(column=1, text=one), order) for one in written]
    dates = [date for date in read if isinstance(date, dt.date)]
    if len(set(dates)) == 1:
        return dates[0]
    return NoDate.ORDER_UNCLEAR if not dates and NoDate.ORDER_UNCLEAR in read else None
