"""Which meetings has somebody begun to record?"""

from collections.abc import Sequence

from sqlalchemy import select, union
from sqlalchemy.orm import Session

from app.core.ids import GroupId, MeetingId
from app.plugins.attendance.queries.marks import MARK
from app.plugins.attendance.queries.meetings import RECORD


def touched_meetings(session: Session, group_id: GroupId, meetings: Sequence[MeetingId]) -> set[MeetingId]:
    """Return those of `meetings` that have a record or a mark, a mark taken back included."""
    query = union(
        select(MARK.c.meeting_id).where(MARK.c.group_id == group_id, MARK.c.meeting_id.in_(meetings)),
        select(RECORD.c.meeting_id).where(RECORD.c.group_id == group_id, RECORD.c.meeting_id.in_(meetings)),
    )
    return {MeetingId(meeting_id) for meeting_id in session.scalars(query)}
