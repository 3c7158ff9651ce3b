"""Who has signed in at a meeting, and when: from the marks as they stand, submitted or not."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.ids import GroupId, MeetingId, MemberId
from app.plugins.attendance.domain.status import CAME
from app.plugins.attendance.queries.marks import MARK

_IN_PERSON = sorted(status.value for status in CAME)


class StoredRoom:
    """Answers other plugins who is in the room."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def arrivals(self, group_id: GroupId, meeting_id: MeetingId) -> Mapping[MemberId, datetime]:
        """Return who signed in and when, without those whose arrival nobody knows."""
        query = select(MARK.c.member_id, MARK.c.arrived_at_utc).where(
            MARK.c.group_id == group_id,
            MARK.c.meeting_id == meeting_id,
            MARK.c.status.in_(_IN_PERSON),
            MARK.c.arrived_at_utc.is_not(None),
        )
        return {MemberId(row.member_id): row.arrived_at_utc for row in self._session.execute(query)}
