"""What happens to meetings."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.core.events import DomainEvent
from app.core.ids import MeetingId


@dataclass(frozen=True, kw_only=True)
class MeetingPlanned(DomainEvent):
    """A meeting was put on the calendar."""

    kind: ClassVar[str] = "meetings.meeting_planned"

    meeting_id: MeetingId
    local_date: date
