"""How often does each letter stand at each meeting of a period? Submitted records only, one statement."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, select
from sqlalchemy.orm import Session

from app.core.ids import GroupId
from app.core.local_time import Period
from app.core.meetings.domain.meeting import MeetingState
from app.plugins.attendance.domain.months import MeetingCounts
from app.plugins.attendance.domain.palms import NOTHING, Palms, palms_of_letters
from app.plugins.attendance.domain.record import RecordState
from app.plugins.attendance.domain.status import status_of
from app.plugins.attendance.queries.marks import MARK
from app.plugins.attendance.queries.meetings import MEETING, RECORD

_COUNTS: Select[Any] = (
    select(MEETING.c.id, MEETING.c.local_date, MARK.c.status, func.count().label("number"))
    .select_from(
        MEETING.join(
            RECORD, and_(RECORD.c.group_id == MEETING.c.group_id, RECORD.c.meeting_id == MEETING.c.id)
        ).outerjoin(
            MARK,
            and_(
                MARK.c.group_id == MEETING.c.group_id,
                MARK.c.meeting_id == MEETING.c.id,
                MARK.c.status.is_not(None),
            ),
        )
    )
    .where(
        MEETING.c.group_id == bindparam("group_id"),
        MEETING.c.local_date >= bindparam("first"),
        MEETING.c.local_date <= bindparam("last"),
        MEETING.c.state == MeetingState.PLANNED.value,
        RECORD.c.state == RecordState.SUBMITTED.value,
    )
    .group_by(MEETING.c.id, MEETING.c.local_date, MARK.c.status)
)


def counts_by_meeting(session: Session, group_id: GroupId, period: Period) -> Sequence[MeetingCounts]:
    """Return the letters of every meeting of the period whose record is submitted, in no order."""
    bound = {"group_id": group_id, "first": period.first, "last": period.last}
    days: dict[int, date] = {}
    counts: dict[int, Palms] = {}
    for row in session.execute(_COUNTS, bound):
        days[row.id] = row.local_date
        letters = [status_of(row.status)] * row.number
        counts[row.id] = counts.get(row.id, NOTHING) + palms_of_letters(letters)
    return [MeetingCounts(on=day, palms=counts[meeting]) for meeting, day in days.items()]
