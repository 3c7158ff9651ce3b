"""Which meeting of the old schedule becomes which of the new one: that of the same week, else of the same month."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.core.meetings.domain.meeting import Meeting


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """Each old meeting with its new day, those that have none any more, and the new days without an old meeting."""

    days: Mapping[Meeting, date]
    dropped: Sequence[Meeting]
    added: Sequence[date]


def paired(scheduled: Mapping[Meeting, date], days: Sequence[date]) -> Pairing:
    """Return how meetings, by the day that the old schedule named for each, go over to `days` of the new one.

    A meeting stays in its week; where the group changes from weeks to months, in its month. Each day is given once.
    """
    found: dict[Meeting, date] = {}
    for period in (_week, _month):
        _pair(scheduled, days, found, period)
    taken = set(found.values())
    return Pairing(
        days=found,
        dropped=[one for one in scheduled if one not in found],
        added=[day for day in days if day not in taken],
    )


def _pair(
    scheduled: Mapping[Meeting, date],
    days: Sequence[date],
    found: dict[Meeting, date],
    period: Callable[[date], Any],
) -> None:
    free = [day for day in days if day not in set(found.values())]
    for meeting, day in sorted(scheduled.items(), key=lambda pair: pair[1]):
        if meeting in found:
            continue
        near = [one for one in free if period(one) == period(day)]
        if near:
            found[meeting] = min(near, key=lambda one: (abs((one - day).days), one))
            free.remove(found[meeting])


def _week(day: date) -> tuple[int, int]:
    return day.isocalendar()[:2]


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month
