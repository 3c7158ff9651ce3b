"""On which day of the group did something happen? For pages that say days and no minutes."""

from collections.abc import Callable
from datetime import date, datetime

from app.core.local_time import local_day
from app.http.page import Page


def days_of(page: Page) -> Callable[[datetime], date]:
    """Return a maker of the group's calendar days from instants."""
    return lambda instant: local_day(instant, page.group.zone)
