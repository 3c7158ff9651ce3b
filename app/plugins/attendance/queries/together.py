"""At how many meetings were two members both in the room? From the marks of submitted records."""

from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session, aliased

from app.core.ids import GroupId, MemberId
from app.plugins.attendance.domain.record import RecordState
from app.plugins.attendance.domain.status import CAME
from app.plugins.attendance.interface import InOneRoom
from app.plugins.attendance.queries.marks import MARK
from app.plugins.attendance.queries.meetings import MEETING, RECORD

_OTHER: Any = aliased(MARK)
_IN_PERSON = sorted(status.value for status in CAME)


class StoredTogether:
    """Answers other plugins how often two members were at the same meeting."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of_two(self, group_id: GroupId, member_id: MemberId, other: MemberId) -> InOneRoom:
        """Return at how many meetings both were in person, and when they last were."""
        of_group, meeting = MARK.c.group_id, MARK.c.meeting_id
        query = (
            select(func.count().label("meetings"), func.max(MEETING.c.local_date).label("last_on"))
            .select_from(MARK)
            .join(_OTHER, and_(_OTHER.c.group_id == of_group, _OTHER.c.meeting_id == meeting))
            .join(RECORD, and_(RECORD.c.group_id == of_group, RECORD.c.meeting_id == meeting))
            .join(MEETING, and_(MEETING.c.group_id == of_group, MEETING.c.id == meeting))
            .where(
                of_group == group_id,
                _OTHER.c.group_id == group_id,
                RECORD.c.group_id == group_id,
                MEETING.c.group_id == group_id,
                MARK.c.member_id == member_id,
                _OTHER.c.member_id == other,
                MARK.c.status.in_(_IN_PERSON),
                _OTHER.c.status.in_(_IN_PERSON),
                RECORD.c.state == RecordState.SUBMITTED.value,
            )
        )
        row = self._session.execute(query).one()
        return InOneRoom(meetings=row.meetings, last_on=row.last_on)
