"""What happens to meetings. What a leader says with a change stands beside the ledger, never in an event."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from app.core.events import DomainEvent
from app.core.ids import MeetingId


@dataclass(frozen=True, kw_only=True)
class MeetingPlanned(DomainEvent):
    """A meeting was put on the calendar."""

    kind: ClassVar[str] = "meetings.meeting_planned"

    meeting_id: MeetingId
    local_date: date


@dataclass(frozen=True, kw_only=True)
class MeetingMoved(DomainEvent):
    """A meeting takes place at another time, or takes longer or shorter, than was planned until now."""

    kind: ClassVar[str] = "meetings.meeting_moved"

    meeting_id: MeetingId
    local_date: date
    starts_at_utc: datetime
    ends_at_utc: datetime
    old_starts_at_utc: datetime


@dataclass(frozen=True, kw_only=True)
class MeetingCancelled(DomainEvent):
    """A meeting does not take place."""

    kind: ClassVar[str] = "meetings.meeting_cancelled"

    meeting_id: MeetingId
    local_date: date


@dataclass(frozen=True, kw_only=True)
class HolidayDeclared(DomainEvent):
    """A meeting does not take place, since its day is a holiday of the group."""

    kind: ClassVar[str] = "meetings.holiday_declared"

    meeting_id: MeetingId
    local_date: date


@dataclass(frozen=True, kw_only=True)
class MeetingBroughtBack(DomainEvent):
    """A meeting that was cancelled takes place after all."""

    kind: ClassVar[str] = "meetings.meeting_brought_back"

    meeting_id: MeetingId
    local_date: date


@dataclass(frozen=True, kw_only=True)
class MeetingPlaceChanged(DomainEvent):
    """A meeting takes place in another room, or by another call link."""

    kind: ClassVar[str] = "meetings.place_changed"

    meeting_id: MeetingId


@dataclass(frozen=True, kw_only=True)
class MeetingTopicChanged(DomainEvent):
    """A meeting got another topic, or none."""

    kind: ClassVar[str] = "meetings.topic_changed"

    meeting_id: MeetingId


@dataclass(frozen=True, kw_only=True)
class ScheduleChanged(DomainEvent):
    """From `first_day` on the group meets by another rule, at another time or in another place."""

    kind: ClassVar[str] = "meetings.schedule_changed"

    first_day: date
