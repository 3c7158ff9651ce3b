"""In which years are the days of a report whose columns say only `Sep 02`? The period tells, also across New Year."""

import datetime as dt
from collections.abc import Sequence

from app.core.intake.remarks import Period
from app.core.sheets.dates import MonthDay

_YEARS_BACK = 9  # a 29 February is at most eight years ago


def placed_in(period: Period, days: Sequence[dt.date | MonthDay]) -> tuple[dt.date | None, ...] | None:
    """Return each column's date within the period, nothing for one that does not fall into it.

    Returns nothing at all where the columns could be read in more than one way: a period of more than a year, in
    which the columns in their order fit twice or not at all.
    """
    choices = [_choices(day, period) for day in days]
    if all(len(dates) <= 1 for dates in choices):
        return tuple(dates[0] if dates else None for dates in choices)
    if not all(choices):
        return tuple(dates[0] if len(dates) == 1 else None for dates in choices)
    readings = {reading for first in choices[0] if (reading := _walk(first, choices))}
    # A report may also begin with its newest week.
    readings |= {reading[::-1] for last in choices[-1] if (reading := _walk(last, choices[::-1]))}
    return readings.pop() if len(readings) == 1 else None


def latest_before(days: Sequence[MonthDay], end: dt.date) -> Period | None:
    """Return the latest days that columns in their order could mean up to an end: a suggestion, never an answer.

    Columns that begin with the newest week are understood; nothing is returned where a year cannot be found.
    """
    readings = [reading for order in (days, days[::-1]) if (reading := _walk_back(order, end))]
    if not readings:
        return None
    return min(readings, key=lambda period: period.last - period.first)


def _choices(day: dt.date | MonthDay, period: Period) -> list[dt.date]:
    if isinstance(day, dt.date):
        return [day] if day in period else []
    dates = (day.in_year(year) for year in range(period.first.year, period.last.year + 1))
    return [date for date in dates if date and date in period]


def _walk(first: dt.date, choices: Sequence[Sequence[dt.date]]) -> tuple[dt.date, ...] | None:
    """Return the reading that begins with a date and takes for each later column the next day that it can mean."""
    reading = [first]
    for dates in choices[1:]:
        following = next((date for date in dates if date > reading[-1]), None)
        if following is None:
            return None
        reading.append(following)
    return tuple(reading)


def _walk_back(days: Sequence[MonthDay], end: dt.date) -> Period | None:
    last = at = _latest(days[-1], end)
    for day in reversed(days[:-1]):
        at = _latest(day, at - dt.timedelta(days=1)) if at else None
    return Period(first=at, last=last) if at and last else None


def _latest(day: MonthDay, end: dt.date) -> dt.date | None:
    dates = (day.in_year(year) for year in range(end.year, end.year - _YEARS_BACK, -1))
    return next((date for date in dates if date and date <= end), None)
