"""What is wrong with the times, the place and the words that somebody proposes for a one-to-one: every reason at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from app.core.errors import Refusal
from app.core.local_time import instant_of, local_datetime
from app.plugins.activities.domain.rules import LONGEST_PLACE, too_long

MOST_TIMES = 3
LENGTHS = (30, 45, 60, 90, 120)
"""How many minutes a one-to-one may be planned for."""

USUAL_LENGTH = 60
LONGEST_WORDS = 500
FURTHEST_AHEAD = timedelta(days=120)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeTyped:
    """One line of the form: a day and a wall time in the group's zone. `is_blank` where nothing was typed at all."""

    day: date | None
    wall: time | None
    is_blank: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Up to three times, for how many minutes (None where unreadable), where, and a few words."""

    times: Sequence[TimeTyped]
    minutes: int | None
    is_online: bool
    place: str
    words: str


def refusals_for_proposal(proposal: Proposal, *, now: datetime, zone: str) -> list[Refusal]:
    """Return everything that is wrong with a proposal; past times and hours that clocks skip are refused."""
    given = [(number, one) for number, one in enumerate(proposal.times, 1) if not one.is_blank]
    refusals = [] if given else [Refusal(code="activities.time_missing", field="day_1")]
    for number, one in given:
        refusals += _about_time(one, f"day_{number}", now, zone)
    if proposal.minutes not in LENGTHS:
        refusals.append(Refusal(code="activities.length_unknown", field="minutes"))
    lengths = {"place": (proposal.place, LONGEST_PLACE), "words": (proposal.words, LONGEST_WORDS)}
    return [*refusals, *too_long(lengths)]


def instants_of(proposal: Proposal, zone: str) -> tuple[datetime, ...]:
    """Return the proposed instants, the first first and each once; those of a proposal that was not refused."""
    given = {
        instant_of(one.day, one.wall, zone)
        for one in proposal.times
        if one.day is not None and one.wall is not None
    }
    return tuple(sorted(given))


def _about_time(typed: TimeTyped, field: str, now: datetime, zone: str) -> list[Refusal]:
    if typed.day is None or typed.wall is None:
        return [Refusal(code="activities.time_incomplete", field=field)]
    if typed.day > local_datetime(now, zone).date() + FURTHEST_AHEAD:
        weeks = FURTHEST_AHEAD.days // 7
        return [Refusal(code="activities.time_too_far", facts={"weeks": weeks}, field=field)]
    if typed.day < local_datetime(now, zone).date():
        return [Refusal(code="activities.time_past", field=field)]
    instant = instant_of(typed.day, typed.wall, zone)
    if local_datetime(instant, zone).time() != typed.wall:
        return [Refusal(code="activities.time_skipped", field=field)]
    if instant <= now:
        return [Refusal(code="activities.time_past", field=field)]
    return []
