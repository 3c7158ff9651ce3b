"""How does a group come, month by month? Counts of submitted records, without names."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from app.plugins.attendance.domain.palms import NOTHING, Palms


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingCounts:
    """One meeting whose record is submitted, with how often each letter stands in it."""

    on: date
    palms: Palms


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupMonth:
    """A month: its first and last meeting day in the period, how many were held, and the letters of all of them."""

    first: date
    last: date
    meetings: int
    palms: Palms

    @property
    def in_the_room(self) -> float:
        """Members in the room at a meeting, on average."""
        return self.palms.came / self.meetings

    @property
    def share_on_time(self) -> float | None:
        """Of those who came, the share on time, 0 to 1; None where nobody came."""
        return self.palms.present / self.palms.came if self.palms.came else None


def months_of(meetings: Iterable[MeetingCounts]) -> Sequence[GroupMonth]:
    """Return the months in which meetings were held, the earliest first."""
    in_order = sorted(meetings, key=lambda meeting: meeting.on)
    by_month = groupby(in_order, key=lambda meeting: (meeting.on.year, meeting.on.month))
    return [_month(list(held)) for _month_of_year, held in by_month]


def _month(held: Sequence[MeetingCounts]) -> GroupMonth:
    return GroupMonth(
        first=held[0].on,
        last=held[-1].on,
        meetings=len(held),
        palms=sum((meeting.palms for meeting in held), NOTHING),
    )
