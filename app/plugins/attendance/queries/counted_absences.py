"""Which absences stand in submitted records of the days of a leave? An approval corrects none of them by itself."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from app.core.ids import GroupId, MemberId
from app.plugins.attendance.domain.asking import Days
from app.plugins.attendance.domain.record import RecordState
from app.plugins.attendance.domain.status import Status
from app.plugins.attendance.queries.marks import MARK
from app.plugins.attendance.queries.meetings import MEETING, RECORD


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedAbsence:
    """A meeting at which the record says absent."""

    meeting_public_id: str
    local_date: date


def counted_absences(
    session: Session, group_id: GroupId, member_id: MemberId, days: Days
) -> list[CountedAbsence]:
    """Return the member's absences of these days in submitted records, the earliest first."""
    query = (
        select(MEETING.c.public_id, MEETING.c.local_date)
        .join(MARK, and_(MARK.c.group_id == MEETING.c.group_id, MARK.c.meeting_id == MEETING.c.id))
        .join(RECORD, and_(RECORD.c.group_id == MEETING.c.group_id, RECORD.c.meeting_id == MEETING.c.id))
        .where(
            MEETING.c.group_id == group_id,
            MARK.c.member_id == member_id,
            MARK.c.status == Status.ABSENT.value,
            RECORD.c.state == RecordState.SUBMITTED.value,
            MEETING.c.local_date >= days.first,
            MEETING.c.local_date <= days.last,
        )
        .order_by(MEETING.c.starts_at_utc)
    )
    return [
        CountedAbsence(meeting_public_id=row.public_id, local_date=row.local_date)
        for row in session.execute(query)
    ]
