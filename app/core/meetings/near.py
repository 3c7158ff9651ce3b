"""The meetings around the present instant: what many parts of one page ask about, read with one statement."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select, union_all
from sqlalchemy.orm import Session

from app.core.database import table_of
from app.core.ids import GroupId
from app.core.meetings.domain.meeting import Meeting, MeetingState
from app.core.meetings.models import MeetingRow
from app.core.meetings.queries import meeting_of_row

_MEETING = table_of(MeetingRow)
_WEEK = timedelta(days=7)
_BEGUN = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingsNear:
    """The meeting that is on or comes next, however far; the two that began last; all days of the week before and after.

    `at_hand` and `begun` take place; `within_a_week` holds those that were called off too. Oldest first.
    """

    at_hand: Meeting | None
    begun: tuple[Meeting, ...]
    within_a_week: tuple[Meeting, ...]


def meetings_near(session: Session, group_id: GroupId, now: datetime, today: date) -> MeetingsNear:
    """Return the meetings around `now`, which falls on the group's day `today`. One statement."""
    keys = select(_MEETING.c.id).where(_MEETING.c.group_id == group_id)
    planned = keys.where(_MEETING.c.state == MeetingState.PLANNED.value)
    at_hand = planned.where(_MEETING.c.ends_at_utc > now).order_by(_MEETING.c.starts_at_utc).limit(1)
    begun = planned.where(_MEETING.c.starts_at_utc <= now).order_by(_MEETING.c.starts_at_utc.desc())
    wanted = union_all(
        keys.where(_MEETING.c.local_date.between(today - _WEEK, today + _WEEK)),
        select(at_hand.subquery().c.id),
        select(begun.limit(_BEGUN).subquery().c.id),
    )
    rows = session.execute(
        select(_MEETING)
        .where(_MEETING.c.group_id == group_id, _MEETING.c.id.in_(wanted))
        .order_by(_MEETING.c.starts_at_utc)
    )
    return _near([meeting_of_row(row) for row in rows], now, today)


def _near(found: list[Meeting], now: datetime, today: date) -> MeetingsNear:
    planned = [one for one in found if one.takes_place]
    return MeetingsNear(
        at_hand=next((one for one in planned if one.ends_at_utc > now), None),
        begun=tuple([one for one in planned if one.starts_at_utc <= now][-_BEGUN:]),
        within_a_week=tuple(one for one in found if abs(one.local_date - today) <= _WEEK),
    )
