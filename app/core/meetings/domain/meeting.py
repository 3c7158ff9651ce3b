"""One dated gathering as rules and pages know it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from app.core.ids import MeetingId, PublicId
from app.core.local_time import instant_of


class MeetingState(StrEnum):
    """Whether the meeting takes place."""

    PLANNED = "planned"
    CANCELLED = "cancelled"
    HOLIDAY = "holiday"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A meeting: `wall_time` on `local_date` in `zone`, and the instants that follow from them.

    `note` is what a leader said of its last change; `version` counts the changes.
    """

    id: MeetingId
    public_id: PublicId
    local_date: date
    wall_time: time
    zone: str
    starts_at_utc: datetime
    ends_at_utc: datetime
    place: str
    call_link: str
    topic: str
    state: MeetingState
    version: int
    note: str = ""

    @property
    def minutes(self) -> int:
        """How many real minutes it takes."""
        return int((self.ends_at_utc - self.starts_at_utc).total_seconds()) // 60

    @property
    def takes_place(self) -> bool:
        """Whether it is neither cancelled nor a holiday."""
        return self.state is MeetingState.PLANNED


def instants(day: date, wall: time, zone: str, minutes: int) -> tuple[datetime, datetime]:
    """Return start and end in UTC of a meeting of `minutes` real minutes."""
    starts = instant_of(day, wall, zone)
    return starts, starts + timedelta(minutes=minutes)
