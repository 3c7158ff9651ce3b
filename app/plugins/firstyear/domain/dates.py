"""When talks are due: by calendar months from the first day, moved by leave. Never inside a leave."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = 12
_ONE_DAY = timedelta(days=1)

BEGUN_BEFORE, STILL_BEGUN = timedelta(days=14), timedelta(days=7)
"""So long before the first talk about the next year, and after it, the renewals of a member of long standing begin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """Days of approved leave, both included: nothing is asked of the member then."""

    first: date
    last: date

    def covers(self, day: date) -> bool:
        """Return whether `day` is one of them."""
        return self.first <= day <= self.last


def months_after(day: date, months: int) -> date:
    """Return the same day of the month so many months later, or the month's last where it has no such day."""
    whole = day.year * _MONTHS + day.month - 1 + months
    year, month = divmod(whole, _MONTHS)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def anniversary(started_on: date, year: int) -> date:
    """Return the day on which so many years of membership are full."""
    return months_after(started_on, _MONTHS * year)


def renewal_due(started_on: date, year: int) -> date:
    """Return the day of the renewal talk of that year: a month before the anniversary."""
    return months_after(started_on, _MONTHS * year - 1)


def year_to_come(started_on: date, today: date) -> int:
    """Return which anniversary comes next: 1 until the first is over."""
    year = max(1, today.year - started_on.year)
    return year if anniversary(started_on, year) >= today else year + 1


def is_standing_begun(started_on: date, until: date | None, today: date) -> bool:
    """Return whether the renewals of a member of long standing begin now: about the day of the next talk, one by one.

    Switched on, a group of sixty has no sixty talks at once: whose talk of the year is past has the first one next year. Who
    leaves before the anniversary (`until`) is asked nothing.
    """
    year = year_to_come(started_on, today)
    due = renewal_due(started_on, year)
    is_near = due - BEGUN_BEFORE <= today <= due + STILL_BEGUN
    return is_near and (until is None or until > anniversary(started_on, year))


def moved_by_leave(planned_on: date, started_on: date, leaves: Sequence[Rest]) -> date:
    """Return the day of a review that waits as long as the leaves that began by then lasted."""
    due = planned_on
    for leave in sorted(leaves, key=lambda one: one.first):
        first = max(leave.first, started_on)
        if first <= due and leave.last >= first:
            due += leave.last - first + _ONE_DAY
    return due


def after_leave(planned_on: date, leaves: Sequence[Rest]) -> date:
    """Return the day itself, or the first one after the leave it falls into: for what hangs on a date, like a renewal."""
    due = planned_on
    for leave in sorted(leaves, key=lambda one: one.first):
        if leave.covers(due):
            due = leave.last + _ONE_DAY
    return due


def is_resting(leaves: Sequence[Rest], day: date) -> bool:
    """Return whether the member is on leave on `day`."""
    return any(leave.covers(day) for leave in leaves)
