"""Until when does a meeting count? Days of the group's calendar, whatever zone the server runs in."""

from calendar import monthrange
from datetime import date, timedelta

from app.plugins.attendance.domain.rule_set import Unit, Window, WindowKind

_YEAR = 12


def leaves_on(window: Window, day: date, *, member_since: date | None = None) -> date | None:
    """Return the first day on which a meeting of `day` counts no more; None where no day ends it.

    A window of so many meetings is ended by meetings, not by a day.
    """
    if window.kind is WindowKind.ROLLING:
        return _later(day, window)
    if window.kind is WindowKind.FIXED:
        return _next_span(day, window)
    if window.kind is WindowKind.MEMBERSHIP_YEAR and member_since is not None:
        return _next_anniversary(day, member_since)
    return None


def months_after(day: date, months: int) -> date:
    """Return the same day of the month `months` later; the last of the month where it has no such day."""
    year, month = divmod(day.year * _YEAR + day.month - 1 + months, _YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _later(day: date, window: Window) -> date:
    if window.unit is Unit.MONTHS:
        return months_after(day, window.length)
    weeks = window.length if window.unit is Unit.WEEKS else 0
    return day + timedelta(weeks=weeks, days=0 if weeks else window.length)


def _next_span(day: date, window: Window) -> date:
    """Return the first day after the fixed span that `day` lies in; spans are counted from the month they begin with."""
    months = day.year * _YEAR + day.month - window.begins
    return months_after(
        date(1, 1, 1), (months // window.length + 1) * window.length + window.begins - 1 - _YEAR
    )


def _next_anniversary(day: date, since: date) -> date:
    years = day.year - since.year
    this_year = months_after(since, years * _YEAR)
    return this_year if this_year > day else months_after(since, (years + 1) * _YEAR)
