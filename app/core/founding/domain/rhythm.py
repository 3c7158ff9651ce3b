"""How often a new group meets: every week on a weekday, or once a month on its first to fourth or last one."""

from datetime import date, datetime, time, timedelta

from app.core.local_time import instant_of, local_day
from app.core.meetings.domain.schedule import WEEKDAY_CODES, days_between, weekly_on

EVERY_WEEK = 0
LAST_WEEK = -1
WEEKS = (1, 2, 3, 4, LAST_WEEK)
"""Which weekday of the month a monthly group may meet on."""

_LONGEST_WAIT = timedelta(days=63)


def rule_of(weekday: int, week: int) -> str:
    """Return the recurrence rule: `week` is 0 for every week, 1 to 4 of the month, or -1 for its last one."""
    if week == EVERY_WEEK:
        return weekly_on(weekday)
    return f"FREQ=MONTHLY;BYDAY={week}{WEEKDAY_CODES[weekday]}"


def first_meeting(rule: str, not_before: date) -> date:
    """Return the first day of the rhythm on or after `not_before`."""
    return next(days_between(rule, not_before, not_before, not_before + _LONGEST_WAIT))


def first_possible_day(now: datetime, wall_time: time, zone: str) -> date:
    """Return today in the zone, or tomorrow once a meeting at `wall_time` would have begun today."""
    today = local_day(now, zone)
    return today if now < instant_of(today, wall_time, zone) else today + timedelta(days=1)
