"""Writing changes of meetings: rows are held from reading to commit, so that of two leaders at once one sees the other's change."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.core.database import table_of
from app.core.groups.models import MemberRow
from app.core.ids import GroupId, MemberId
from app.core.meetings.domain.meeting import Meeting, MeetingState
from app.core.meetings.models import MeetingRow, ScheduleRow
from app.core.meetings.queries import meeting_of_row

_MEETING = table_of(MeetingRow)
_SCHEDULE = table_of(ScheduleRow)
_MEMBER = table_of(MemberRow)


def held_meeting(session: Session, group_id: GroupId, public_id: str) -> Meeting | None:
    """Return the meeting with that public id as it stands now, and hold it until the commit."""
    row = session.execute(
        select(_MEETING)
        .where(_MEETING.c.group_id == group_id, _MEETING.c.public_id == public_id)
        .with_for_update()
    ).one_or_none()
    return meeting_of_row(row) if row else None


def held_meetings_to_come(session: Session, group_id: GroupId, now: datetime) -> list[Meeting]:
    """Return the meetings that have not begun and take place, the next first, and hold them until the commit."""
    rows = session.execute(
        select(_MEETING)
        .where(
            _MEETING.c.group_id == group_id,
            _MEETING.c.starts_at_utc > now,
            _MEETING.c.state == MeetingState.PLANNED.value,
        )
        .order_by(_MEETING.c.starts_at_utc, _MEETING.c.id)
        .with_for_update()
    )
    return [meeting_of_row(row) for row in rows]


def held_scheduled(
    session: Session, group_id: GroupId, first: date, now: datetime
) -> list[tuple[Meeting, date]]:
    """Return each meeting that a schedule names for `first` or later and that has not begun, with that day; held."""
    rows = session.execute(
        select(_MEETING)
        .where(
            _MEETING.c.group_id == group_id,
            _MEETING.c.scheduled_on >= first,
            _MEETING.c.starts_at_utc > now,
        )
        .order_by(_MEETING.c.scheduled_on, _MEETING.c.id)
        .with_for_update()
    ).all()
    return [(meeting_of_row(row), row.scheduled_on) for row in rows]


def change_meeting(
    session: Session, group_id: GroupId, meeting: Meeting, values: Mapping[str, Any]
) -> Meeting:
    """Write these columns of a held meeting as its next version, and return it as it stands then."""
    row = session.execute(
        update(_MEETING)
        .where(
            _MEETING.c.group_id == group_id,
            _MEETING.c.id == meeting.id,
            _MEETING.c.version == meeting.version,
        )
        .values(**values, version=meeting.version + 1)
        .returning(*_MEETING.c)
    ).one()
    return meeting_of_row(row)


def change_schedules(session: Session, group_id: GroupId, today: date, *, place: str, call_link: str) -> None:
    """Let every schedule that runs today or later name another place for the meetings that it will plan."""
    session.execute(
        update(_SCHEDULE)
        .where(
            _SCHEDULE.c.group_id == group_id,
            (_SCHEDULE.c.ends_on.is_(None)) | (_SCHEDULE.c.ends_on >= today),
        )
        .values(place=place, call_link=call_link)
    )


def held_schedule_keys(session: Session, group_id: GroupId, first: date) -> Sequence[int]:
    """Return the keys of the schedules that name days on or after `first`, and hold them until the commit."""
    return list(
        session.scalars(
            select(_SCHEDULE.c.id)
            .where(
                _SCHEDULE.c.group_id == group_id,
                (_SCHEDULE.c.ends_on.is_(None)) | (_SCHEDULE.c.ends_on >= first),
            )
            .with_for_update()
        )
    )


def end_schedules(session: Session, group_id: GroupId, keys: Sequence[int], last: date) -> None:
    """End these schedules with `last`: they name no day after it."""
    session.execute(
        update(_SCHEDULE)
        .where(_SCHEDULE.c.group_id == group_id, _SCHEDULE.c.id.in_(keys))
        .values(ends_on=last)
    )


def renew_calendar_address(session: Session, group_id: GroupId, member_id: MemberId) -> None:
    """Count up the number in the address of the member's calendar: the old address is dead."""
    session.execute(
        update(_MEMBER)
        .where(_MEMBER.c.group_id == group_id, _MEMBER.c.id == member_id)
        .values(calendar_number=_MEMBER.c.calendar_number + 1)
    )
