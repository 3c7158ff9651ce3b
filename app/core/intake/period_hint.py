"""Which period does a file's name suggest? A proposal for the form that asks; nothing is taken from it unasked."""

import calendar
import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Sequence

from app.core.intake.remarks import Period
from app.core.intake.years import latest_before, placed_in
from app.core.sheets.dates import MonthDay
from app.core.sheets.month_names import MONTHS
from app.core.sheets.spelling import letters_only

_YEAR_FIRST = re.compile(r"(?<!\d)(20\d\d)([-_. ]?)(\d\d)\2(\d\d)(?!\d)")
_YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})[-_. ](\d{1,2})[-_. ](20\d\d)(?!\d)")
_MONTH_YEAR = re.compile(r"([^\W\d_]+)[-_. ]{0,2}(20\d\d)(?!\d)")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_MONTHS_IN_A_YEAR = 12


def suggested_period(file_name: str, days: Sequence[MonthDay], today: dt.date) -> Period | None:
    """Return the period that the form is filled with: from the name where the columns fit, else up to today.

    `days` are the columns' days in their order; there is at least one.
    """
    name = unicodedata.normalize("NFKC", file_name)
    spans = list(_spans(name))
    if spans:
        whole = Period(first=min(span.first for span in spans), last=max(span.last for span in spans))
        placed = placed_in(whole, days)
        if placed and all(placed):
            return whole
        return latest_before(days, whole.last)
    years = [int(year) for year in _YEAR.findall(name)]
    end = min(today, dt.date(max(years), 12, 31)) if years else today
    return latest_before(days, end)


def named_period(file_name: str, today: dt.date) -> Period | None:
    """Return the period that a file's name tells by its days, months or year; nothing where it tells none."""
    name = unicodedata.normalize("NFKC", file_name)
    spans = list(_spans(name))
    if spans:
        whole = Period(first=min(span.first for span in spans), last=max(span.last for span in spans))
        return whole if whole.first < whole.last else None
    years = sorted(int(year) for year in _YEAR.findall(name))
    if not years or dt.date(years[0], 1, 1) > today:
        return None
    return Period(first=dt.date(years[0], 1, 1), last=min(today, dt.date(years[-1], 12, 31)))


def _spans(name: str) -> Iterator[Period]:
    """Yield the days and months that a name tells, each as the days it covers."""
    for year, _, month, day in _YEAR_FIRST.findall(name):
        yield from _one_day(year, month, day)
    for first, second, year in _YEAR_LAST.findall(name):
        day, month = (second, first) if int(second) > _MONTHS_IN_A_YEAR else (first, second)
        yield from _one_day(year, month, day)
    for word, year in _MONTH_YEAR.findall(name):
        if month_number := MONTHS.get(letters_only(word)):
            days_in_month = calendar.monthrange(int(year), month_number)[1]
            first_day = dt.date(int(year), month_number, 1)
            yield Period(first=first_day, last=first_day.replace(day=days_in_month))


def _one_day(year: str, month: str, day: str) -> Iterator[Period]:
    if date := MonthDay(int(month), int(day)).in_year(int(year)):
        yield Period(first=date, last=date)
