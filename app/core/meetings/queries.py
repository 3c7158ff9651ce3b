"""Reading meetings: the one in an address, the next one, those of a period."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.database import table_of
from app.core.ids import GroupId, MeetingId, PublicId
from app.core.meetings.domain.meeting import Meeting, MeetingState
from app.core.meetings.models import MeetingRow

_MEETING = table_of(MeetingRow)


def meeting_by_public_id(session: Session, group_id: GroupId, public_id: str) -> Meeting | None:
    """Return the meeting of this group with that public id."""
    row = session.execute(
        select(_MEETING).where(_MEETING.c.group_id == group_id, _MEETING.c.public_id == public_id)
    ).one_or_none()
    return _meeting(row) if row else None


def meeting_by_key(session: Session, group_id: GroupId, meeting_id: MeetingId) -> Meeting | None:
    """Return the meeting of this group with that key."""
    row = session.execute(
        select(_MEETING).where(_MEETING.c.group_id == group_id, _MEETING.c.id == meeting_id)
    ).one_or_none()
    return _meeting(row) if row else None


def meetings_between(session: Session, group_id: GroupId, first: date, last: date) -> list[Meeting]:
    """Return the meetings whose local day lies from `first` to `last`, both included, oldest first."""
    rows = session.execute(
        select(_MEETING)
        .where(_MEETING.c.group_id == group_id, _MEETING.c.local_date >= first, _MEETING.c.local_date <= last)
        .order_by(_MEETING.c.starts_at_utc)
    )
    return [_meeting(row) for row in rows]


def meeting_at_hand(session: Session, group_id: GroupId, now: datetime) -> Meeting | None:
    """Return the meeting that is on or comes next: the first that takes place and has not ended."""
    row = session.execute(
        select(_MEETING)
        .where(
            _MEETING.c.group_id == group_id,
            _MEETING.c.ends_at_utc > now,
            _MEETING.c.state == MeetingState.PLANNED.value,
        )
        .order_by(_MEETING.c.starts_at_utc)
        .limit(1)
    ).one_or_none()
    return _meeting(row) if row else None


def last_meetings(session: Session, group_id: GroupId, now: datetime, count: int) -> list[Meeting]:
    """Return the latest `count` meetings that have begun and took place, oldest first."""
    rows = session.execute(
        select(_MEETING)
        .where(
            _MEETING.c.group_id == group_id,
            _MEETING.c.starts_at_utc <= now,
            _MEETING.c.state == MeetingState.PLANNED.value,
        )
        .order_by(_MEETING.c.starts_at_utc.desc())
        .limit(count)
    ).all()
    return [_meeting(row) for row in reversed(rows)]


def _meeting(row: Any) -> Meeting:
    return Meeting(
        id=MeetingId(row.id),
        public_id=PublicId(row.public_id),
        local_date=row.local_date,
        wall_time=row.wall_time,
        zone=row.zone,
        starts_at_utc=row.starts_at_utc,
        ends_at_utc=row.ends_at_utc,
        place=row.place,
        call_link=row.call_link,
        topic=row.topic,
        state=MeetingState(row.state),
        version=row.version,
    )
