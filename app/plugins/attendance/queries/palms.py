"""How often each letter stands beside whom in a period: submitted records only, and which meetings are not counted yet."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, bindparam, select
from sqlalchemy.orm import Session

from app.core.groups.queries import all_members, members_between
from app.core.ids import GroupId, MeetingId, MemberId
from app.core.local_time import Period
from app.core.meetings.domain.meeting import MeetingState
from app.plugins.attendance.domain.palms import NOTHING, Palms, palms_of_marks
from app.plugins.attendance.domain.record import RecordState
from app.plugins.attendance.domain.status import Status
from app.plugins.attendance.queries.marks import MARK
from app.plugins.attendance.queries.meetings import MEETING, RECORD

_RECORD_OF_MEETING = and_(RECORD.c.group_id == MEETING.c.group_id, RECORD.c.meeting_id == MEETING.c.id)
_IN_PERIOD = and_(
    MEETING.c.group_id == bindparam("group_id"),
    MEETING.c.local_date >= bindparam("first"),
    MEETING.c.local_date <= bindparam("last"),
    MEETING.c.state == MeetingState.PLANNED.value,
)
_MEETINGS: Select[Any] = (
    select(MEETING.c.id, MEETING.c.public_id, MEETING.c.local_date, RECORD.c.state)
    .select_from(MEETING.outerjoin(RECORD, _RECORD_OF_MEETING))
    .where(_IN_PERIOD, MEETING.c.starts_at_utc <= bindparam("now"))
    .order_by(MEETING.c.starts_at_utc)
)
_MARKS: Select[Any] = (
    select(MARK.c.meeting_id, MARK.c.member_id, MARK.c.status)
    .join(MEETING, and_(MEETING.c.group_id == MARK.c.group_id, MEETING.c.id == MARK.c.meeting_id))
    .join(RECORD, _RECORD_OF_MEETING)
    .where(
        MARK.c.group_id == bindparam("group_id"),
        _IN_PERIOD,
        MEETING.c.starts_at_utc <= bindparam("now"),
        RECORD.c.state == RecordState.SUBMITTED.value,
        MARK.c.status.is_not(None),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class UncountedMeeting:
    """A meeting of the period whose record is not submitted, so that PALMS leaves it out."""

    public_id: str
    local_date: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PalmsLine:
    """One member's row."""

    member_id: MemberId
    public_id: str
    name: str
    palms: Palms


@dataclass(frozen=True, slots=True, kw_only=True)
class PalmsSheet:
    """PALMS of a period: everyone who was a member in it, or has a letter in it; `held` meetings are counted."""

    period: Period
    held: int
    held_on: Sequence[date]
    lines: Sequence[PalmsLine]
    uncounted: Sequence[UncountedMeeting]


def palms_sheet(
    session: Session,
    group_id: GroupId,
    period: Period,
    now: datetime,
    *,
    also: Collection[MemberId] = (),
) -> PalmsSheet:
    """Return PALMS of the period, in alphabetical order; `also` are members who are listed without any letter."""
    bound = {"group_id": group_id, "first": period.first, "last": period.last, "now": now}
    meetings = session.execute(_MEETINGS, bound).all()
    marks = session.execute(_MARKS, bound).all()
    counted = palms_of_marks((MeetingId(row[0]), MemberId(row[1]), Status(row[2])) for row in marks)
    submitted = [row for row in meetings if row.state == RecordState.SUBMITTED.value]
    return PalmsSheet(
        period=period,
        held=len(submitted),
        held_on=[row.local_date for row in submitted],
        lines=_lines(session, group_id, period, counted, also),
        uncounted=[
            UncountedMeeting(public_id=row.public_id, local_date=row.local_date)
            for row in meetings
            if row.state != RecordState.SUBMITTED.value
        ],
    )


def _lines(
    session: Session,
    group_id: GroupId,
    period: Period,
    counted: Mapping[MemberId, Palms],
    also: Collection[MemberId],
) -> list[PalmsLine]:
    members = members_between(session, group_id, period.first, period.last)
    listed = {line.id for line in members} | counted.keys() | set(also)
    if len(listed) > len(members):
        members = [line for line in all_members(session, group_id) if line.id in listed]
    return [
        PalmsLine(
            member_id=line.id, public_id=line.public_id, name=line.name, palms=counted.get(line.id, NOTHING)
        )
        for line in members
    ]
