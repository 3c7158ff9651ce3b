"""When a group meets: the local days that a recurrence rule names. Local days only; never seven days in UTC."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time

from dateutil.rrule import rrulestr

from app.core.errors import Refusal, Refused

WEEKDAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

_BY_DAYS = re.compile(
    r"(?:[A-Z]+=[A-Z0-9,+-]+;)*FREQ=(?:DAILY|WEEKLY|MONTHLY|YEARLY)(?:;[A-Z]+=[A-Z0-9,+-]+)*"
)
_UNFIT = re.compile(r"BY(?:HOUR|MINUTE|SECOND)=|INTERVAL=0*(?:;|$)")
"""A rule of hours would name the same day many times over; with an interval of nothing the library counts for ever."""


def weekly_on(weekday: int) -> str:
    """Return the rule for every week on `weekday` (0 is Monday)."""
    return f"FREQ=WEEKLY;BYDAY={WEEKDAY_CODES[weekday]}"


def monthly_on(weekday: int, ordinal: int) -> str:
    """Return the rule for every month on its `ordinal` (1 to 4, or -1 for the last) `weekday` (0 is Monday)."""
    return f"FREQ=MONTHLY;BYDAY={ordinal}{WEEKDAY_CODES[weekday]}"


def days_between(rule: str, starts_on: date, first: date, last: date) -> Iterator[date]:
    """Yield the days that `rule`, counted from `starts_on`, names from `first` to `last`, both included.

    Refused as `meetings.bad_rule` where the rule is not an RFC 5545 recurrence rule of days or longer.
    """
    if _BY_DAYS.fullmatch(rule) is None or _UNFIT.search(rule) is not None:
        raise _bad(rule)
    try:
        recurrence = rrulestr(rule, dtstart=datetime.combine(starts_on, time.min))
    except (ValueError, TypeError) as bad:
        raise _bad(rule) from bad
    window = recurrence.between(datetime.combine(first, time.min), datetime.combine(last, time.max), inc=True)
    for moment in window:
        yield moment.date()


def _bad(rule: str) -> Refused:
    return Refused([Refusal(code="meetings.bad_rule", facts={"rule": rule[:200]}, field="rule")])
