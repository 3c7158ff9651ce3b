"""Who came that is no member? Answered to other plugins, which keep visitors; where none does, this list is all there is."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.core.ids import GroupId, MeetingId
from app.plugins.attendance.interface import GuestAtTheDoor
from app.plugins.attendance.queries.tablet_events import guests_of


class StoredGuests:
    """Answers who signed in at the tablet and is no member."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of_meeting(self, group_id: GroupId, meeting_id: MeetingId) -> Sequence[GuestAtTheDoor]:
        """Return the guests of the meeting in the order in which they came."""
        return [
            GuestAtTheDoor(name=one.name, firm=one.firm, guest=one.kind.value, at_utc=one.at_utc)
            for one in guests_of(self._session, group_id, meeting_id)
        ]
