"""Reading meetings: the one in an address, the next one, those of a period."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from app.core.database import table_of
from app.core.groups.models import MemberRow, MembershipRow
from app.core.ids import GroupId, MeetingId, MemberId, PublicId
from app.core.meetings.domain.meeting import Meeting, MeetingState
from app.core.meetings.models import MeetingRow, ScheduleRow

_MEETING = table_of(MeetingRow)
_SCHEDULE = table_of(ScheduleRow)
_MEMBER = table_of(MemberRow)
_MEMBERSHIP = table_of(MembershipRow)


def meeting_by_public_id(session: Session, group_id: GroupId, public_id: str) -> Meeting | None:
    """Return the meeting of this group with that public id."""
    row = session.execute(
        select(_MEETING).where(_MEETING.c.group_id == group_id, _MEETING.c.public_id == public_id)
    ).one_or_none()
    return meeting_of_row(row) if row else None


def meeting_by_key(session: Session, group_id: GroupId, meeting_id: MeetingId) -> Meeting | None:
    """Return the meeting of this group with that key."""
    row = session.execute(
        select(_MEETING).where(_MEETING.c.group_id == group_id, _MEETING.c.id == meeting_id)
    ).one_or_none()
    return meeting_of_row(row) if row else None


def meetings_between(session: Session, group_id: GroupId, first: date, last: date) -> list[Meeting]:
    """Return the meetings whose local day lies from `first` to `last`, both included, oldest first."""
    rows = session.execute(
        select(_MEETING)
        .where(_MEETING.c.group_id == group_id, _MEETING.c.local_date >= first, _MEETING.c.local_date <= last)
        .order_by(_MEETING.c.starts_at_utc)
    )
    return [meeting_of_row(row) for row in rows]


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
    return meeting_of_row(row) if row else None


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
    return [meeting_of_row(row) for row in reversed(rows)]


def meetings_to_come(session: Session, group_id: GroupId, now: datetime) -> list[Meeting]:
    """Return the meetings that have not begun and take place, the next first."""
    rows = session.execute(
        select(_MEETING)
        .where(
            _MEETING.c.group_id == group_id,
            _MEETING.c.starts_at_utc > now,
            _MEETING.c.state == MeetingState.PLANNED.value,
        )
        .order_by(_MEETING.c.starts_at_utc, _MEETING.c.id)
    )
    return [meeting_of_row(row) for row in rows]


def meetings_at(session: Session, group_id: GroupId, starts: set[datetime]) -> list[Meeting]:
    """Return the meetings that take place and begin at any of these instants."""
    rows = session.execute(
        select(_MEETING).where(
            _MEETING.c.group_id == group_id,
            _MEETING.c.starts_at_utc.in_(sorted(starts)),
            _MEETING.c.state == MeetingState.PLANNED.value,
        )
    )
    return [meeting_of_row(row) for row in rows]


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When the group meets again and again: `rule` counted from `starts_on`, at `wall_time` for `minutes`."""

    rule: str
    starts_on: date
    wall_time: time
    minutes: int
    place: str
    call_link: str


def schedule_on(session: Session, group_id: GroupId, day: date) -> Schedule | None:
    """Return the schedule by which the group meets on and after `day`, the latest one where there are several."""
    row = session.execute(
        select(_SCHEDULE)
        .where(
            _SCHEDULE.c.group_id == group_id,
            or_(_SCHEDULE.c.ends_on.is_(None), _SCHEDULE.c.ends_on >= day),
        )
        .order_by(_SCHEDULE.c.starts_on.desc(), _SCHEDULE.c.id.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    return Schedule(
        rule=row.rule,
        starts_on=row.starts_on,
        wall_time=row.wall_time,
        minutes=row.minutes,
        place=row.place,
        call_link=row.call_link,
    )


def from_here_on(session: Session, group_id: GroupId, meeting: Meeting, now: datetime) -> list[Meeting]:
    """Return the meeting and those that come after it and take place: what a change of all to come is about."""
    later = [
        one for one in meetings_to_come(session, group_id, now) if one.starts_at_utc >= meeting.starts_at_utc
    ]
    return [meeting, *(one for one in later if one.id != meeting.id)]


def calendar_number_of(session: Session, group_id: GroupId, member_id: MemberId) -> int:
    """Return the number that is part of the secret address of the member's calendar."""
    number: int = session.execute(
        select(_MEMBER.c.calendar_number).where(_MEMBER.c.group_id == group_id, _MEMBER.c.id == member_id)
    ).scalar_one()
    return number


def may_follow(session: Session, group_id: GroupId, public_id: str, number: int, day: date) -> bool:
    """Return whether the address of a calendar with this number is that of somebody who is a member on `day`."""
    query = (
        select(_MEMBER.c.id)
        .join(
            _MEMBERSHIP,
            and_(_MEMBERSHIP.c.group_id == _MEMBER.c.group_id, _MEMBERSHIP.c.member_id == _MEMBER.c.id),
        )
        .where(
            _MEMBER.c.group_id == group_id,
            _MEMBER.c.public_id == public_id,
            _MEMBER.c.calendar_number == number,
            _MEMBERSHIP.c.started_on <= day,
            or_(_MEMBERSHIP.c.ended_on.is_(None), _MEMBERSHIP.c.ended_on >= day),
        )
    )
    return session.execute(query.limit(1)).one_or_none() is not None


def meeting_of_row(row: Any) -> Meeting:
    """Return the meeting that stands in a row of its table."""
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
        note=row.note,
    )
