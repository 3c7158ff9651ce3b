"""Who came to which meeting: the grid of a period in three statements, and its excerpt of the latest meetings in one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, bindparam, select
from sqlalchemy.orm import Session

from app.core.groups.queries import all_members, members_between
from app.core.ids import GroupId, MeetingId, MemberId
from app.core.local_time import Period
from app.core.meetings.domain.meeting import MeetingState
from app.plugins.attendance.domain.status import IN_THE_ROOM
from app.plugins.attendance.queries.marks import MARK
from app.plugins.attendance.queries.meetings import MEETING, RECORD

_HELD = and_(
    MEETING.c.group_id == bindparam("group_id"),
    MEETING.c.state == MeetingState.PLANNED.value,
    MEETING.c.starts_at_utc <= bindparam("now"),
)
_IN_PERIOD = and_(MEETING.c.local_date >= bindparam("first"), MEETING.c.local_date <= bindparam("last"))

_MEETINGS: Select[Any] = (
    select(MEETING.c.id, MEETING.c.public_id, MEETING.c.local_date, RECORD.c.state.label("record_state"))
    .select_from(
        MEETING.outerjoin(
            RECORD, and_(RECORD.c.group_id == MEETING.c.group_id, RECORD.c.meeting_id == MEETING.c.id)
        )
    )
    .where(_HELD, _IN_PERIOD)
    .order_by(MEETING.c.starts_at_utc)
)
_LETTERS: Select[Any] = (
    select(MARK.c.member_id, MARK.c.meeting_id, MARK.c.status, MARK.c.left_early_at_utc)
    .join(MEETING, and_(MEETING.c.group_id == MARK.c.group_id, MEETING.c.id == MARK.c.meeting_id))
    .where(MARK.c.group_id == bindparam("group_id"), _HELD, _IN_PERIOD, MARK.c.status.is_not(None))
)
_LATEST = select(MEETING.c.id).where(_HELD).order_by(MEETING.c.starts_at_utc.desc()).limit(bindparam("count"))
_LATEST_LETTERS: Select[Any] = (
    select(MEETING.c.id, MEETING.c.public_id, MEETING.c.local_date, MARK.c.member_id, MARK.c.status)
    .select_from(
        MEETING.outerjoin(
            MARK,
            and_(
                MARK.c.group_id == MEETING.c.group_id,
                MARK.c.meeting_id == MEETING.c.id,
                MARK.c.status.is_not(None),
            ),
        )
    )
    .where(MEETING.c.group_id == bindparam("group_id"), MEETING.c.id.in_(_LATEST))
    .order_by(MEETING.c.starts_at_utc)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class GridColumn:
    """One meeting that was held; `is_submitted` once its record is closed."""

    id: MeetingId
    public_id: str
    local_date: date
    is_submitted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GridMember:
    """One row's member."""

    id: MemberId
    public_id: str
    name: str


Letters = Mapping[MemberId, Mapping[MeetingId, str]]
"""By member, then by meeting: the letter. A missing one is blank."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Members by meetings, with a letter where there is one; `left_early` names the letters of those who left early."""

    columns: Sequence[GridColumn]
    members: Sequence[GridMember]
    letters: Letters
    left_early: frozenset[tuple[int, int]] = frozenset()
    """By member and meeting."""


def grid_of(session: Session, group_id: GroupId, period: Period, now: datetime) -> Grid:
    """Return the grid of the meetings held in the period: its members, and others who have a letter in it."""
    bound = {"group_id": group_id, "first": period.first, "last": period.last, "now": now}
    columns = [_column(row) for row in session.execute(_MEETINGS, bound).all()]
    letters: dict[int, dict[int, str]] = {}
    left_early = set[tuple[int, int]]()
    for member_id, meeting_id, status, left in session.execute(_LETTERS, bound).all():
        letters.setdefault(member_id, {})[meeting_id] = status
        if left is not None and status in IN_THE_ROOM:
            left_early.add((member_id, meeting_id))
    members = members_between(session, group_id, period.first, period.last)
    if letters.keys() - {line.id for line in members}:
        listed = {line.id for line in members} | letters.keys()
        members = [line for line in all_members(session, group_id) if line.id in listed]
    return Grid(
        columns=columns,
        members=[GridMember(id=line.id, public_id=line.public_id, name=line.name) for line in members],
        left_early=frozenset(left_early),
        letters=letters,  # type: ignore[arg-type]  # keys of rows are plain integers; the NewTypes are of the same value
    )


def latest_letters(
    session: Session, group_id: GroupId, now: datetime, count: int
) -> tuple[list[GridColumn], Letters]:
    """Return the latest `count` meetings held, oldest first, with all their letters."""
    columns: dict[int, GridColumn] = {}
    letters: dict[MemberId, dict[MeetingId, str]] = {}
    for row in session.execute(_LATEST_LETTERS, {"group_id": group_id, "now": now, "count": count}).all():
        columns[row.id] = GridColumn(
            id=MeetingId(row.id), public_id=row.public_id, local_date=row.local_date, is_submitted=False
        )
        if row.status is not None:
            letters.setdefault(MemberId(row.member_id), {})[MeetingId(row.id)] = row.status
    return list(columns.values()), letters


def _column(row: Any) -> GridColumn:
    return GridColumn(
        id=MeetingId(row.id),
        public_id=row.public_id,
        local_date=row.local_date,
        is_submitted=row.record_state == "submitted",
    )
