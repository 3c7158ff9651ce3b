"""When a prospect is forgotten: a set time after the slip has ended."""

from datetime import date, timedelta

KEPT_FOR = timedelta(days=365)


def forgotten_on(ended_on: date) -> date:
    """Return the day on which the prospect of a slip that ended on `ended_on` is to be forgotten."""
    return ended_on + KEPT_FOR
