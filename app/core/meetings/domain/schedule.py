"""When a group meets: the local days that a recurrence rule names. Local days only; never seven days in UTC."""

from collections.abc import Iterator
from datetime import date, datetime, time

from dateutil.rrule import rrulestr

from app.core.errors import Refusal, Refused

WEEKDAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def weekly_on(weekday: int) -> str:
    """Return the rule for every week on `weekday` (0 is Monday)."""
    return f"FREQ=WEEKLY;BYDAY={WEEKDAY_CODES[weekday]}"


def days_between(rule: str, starts_on: date, first: date, last: date) -> Iterator[date]:
    """Yield the days that `rule`, counted from `starts_on`, names from `first` to `last`, both included.

    Refused as `meetings.bad_rule` where the rule is not an RFC 5545 recurrence rule of days or longer.
    """
    try:
        recurrence = rrulestr(rule, dtstart=datetime.combine(starts_on, time.min))
    except (ValueError, TypeError) as bad:
        raise Refused([Refusal(code="meetings.bad_rule", facts={"rule": rule}, field="rule")]) from bad
    window = recurrence.between(datetime.combine(first, time.min), datetime.combine(last, time.max), inc=True)
    for moment in window:
        yield moment.date()
