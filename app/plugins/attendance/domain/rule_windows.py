"""Until when does a meeting count? Days of the group's calendar, whatever zone the server runs in."""

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta

from app.plugins.attendance.domain.rule_set import OF_MEETINGS, RuleSet, Unit, Window, WindowKind

_YEAR = 12
_LONGEST_YEAR = 366
_DAYS_OF_A_WEEK = 7
_SHORTER_MONTHS = timedelta(days=3)
"""By so much the last of a month may lie before the same day of a longer one."""


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
    days = window.length * (_DAYS_OF_A_WEEK if window.unit is Unit.WEEKS else 1)
    return day + timedelta(days=days)


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


def looks_back_to(rules: RuleSet, as_of: date) -> date | None:
    """Return the first day that the rules can look at on `as_of`; None where they look at everything."""
    firsts = [_first_day(one.window, as_of) for one in rules.measures if one.kind in OF_MEETINGS]
    known = [first for first in firsts if first is not None]
    return min(known, default=as_of) if len(known) == len(firsts) else None


def _first_day(window: Window, as_of: date) -> date | None:
    """Return a day before which no meeting is within the window, to the week."""
    if window.kind is WindowKind.ROLLING:
        back = replace(window, length=-window.length)
        return _later(as_of, back) - _SHORTER_MONTHS
    if window.kind is WindowKind.FIXED:
        return months_after(_next_span(as_of, window), -window.length)
    return as_of - timedelta(days=_LONGEST_YEAR) if window.kind is WindowKind.MEMBERSHIP_YEAR else None
