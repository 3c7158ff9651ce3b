"""What other components may know of lunches: that somebody answered, and how many come."""

from dataclasses import dataclass
from typing import ClassVar, Protocol

from app.core.events import DomainEvent
from app.core.ids import GroupId, MeetingId, MemberId


@dataclass(frozen=True, kw_only=True)
class LunchAnswered(DomainEvent):
    """A member said whether they come to lunch after a meeting, for the first time or anew."""

    kind: ClassVar[str] = "lunches.answered"

    meeting_id: MeetingId
    member_id: MemberId
    is_coming: bool


class LunchCompany(Protocol):
    """How many come to lunch; one statement a call."""

    def expected(self, group_id: GroupId, meeting_id: MeetingId) -> int:
        """Return how many members said that they come."""
        ...
