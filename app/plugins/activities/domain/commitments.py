"""A promise to oneself: “I will call Ana by Friday”. What may be promised, until when, and how long it is kept."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

from app.core.errors import Refusal
from app.core.sentences import N_
from app.plugins.activities.domain.rules import too_long

LONGEST_PROMISE = 200
FURTHEST_AHEAD = timedelta(days=365)
KEPT_FOR = timedelta(days=90)
"""How long a promise that is done or let go is kept; then it is forgotten."""

OPEN_KEPT_FOR = timedelta(days=365)
"""How long after its day an open promise is kept; then it is forgotten too."""

_FRIDAY, _SUNDAY = 4, 6


class PromiseState(StrEnum):
    """How a promise stands."""

    OPEN = "open"
    DONE = "done"
    LET_GO = "let-go"


class Until(StrEnum):
    """The ways to say until when, one tap each; only the last needs a day typed."""

    FRIDAY = "friday"
    WEEK = "week"
    DAY = "day"


UNTIL_WORDS: Mapping[Until, str] = {
    Until.FRIDAY: N_("by Friday"),
    Until.WEEK: N_("this week"),
    Until.DAY: N_("until a day of my choice"),
}


def day_meant(until: str, typed: date | None, today: date) -> date | None:
    """Return the day that was meant: the next Friday or Sunday, today included, or the day that was typed."""
    if until == Until.FRIDAY:
        return today + timedelta(days=(_FRIDAY - today.weekday()) % 7)
    if until == Until.WEEK:
        return today + timedelta(days=(_SUNDAY - today.weekday()) % 7)
    return typed


def refusals_for_promise(words: str, due_on: date | None, *, today: date) -> list[Refusal]:
    """Return everything that is wrong with a promise."""
    refusals = [] if words else [Refusal(code="activities.promise_missing", field="words")]
    refusals += too_long({"words": (words, LONGEST_PROMISE)})
    return [*refusals, *refusals_for_due(due_on, today=today)]


def refusals_for_due(due_on: date | None, *, today: date) -> list[Refusal]:
    """Return what is wrong with the day until which something is promised."""
    if due_on is None:
        return [Refusal(code="activities.due_missing", field="due_on")]
    if not today <= due_on <= today + FURTHEST_AHEAD:
        last = today + FURTHEST_AHEAD
        return [Refusal(code="activities.due_out_of_range", facts={"last": last}, field="due_on")]
    return []
