"""When is a one-to-one due? By one's own wish: every so many weeks with anyone, or with one colleague. Private."""

from datetime import date, timedelta

from app.core.errors import Refusal

FEWEST_WEEKS, MOST_WEEKS = 1, 52


def refusals_for_weeks(typed: str, weeks: int | None) -> list[Refusal]:
    """Return what is wrong with a number of weeks; an empty field is no wish, and right."""
    if not typed or (weeks is not None and FEWEST_WEEKS <= weeks <= MOST_WEEKS):
        return []
    bounds = {"fewest": FEWEST_WEEKS, "most": MOST_WEEKS}
    return [Refusal(code="activities.weeks_out_of_range", facts=bounds, field="weeks")]


def due_on(weeks: int, *, last_on: date | None, since: date) -> date:
    """Return when the next one is due: that many weeks after the latest, or after the wish was made (`since`).

    A wish that is younger than the latest talk counts from the talk.
    """
    return (last_on or since) + timedelta(weeks=weeks)
