"""What does a file of visitors meet in the group: who stands, who came before, which meetings; and what did it bring?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.database import table_of
from app.core.ids import GroupId, MeetingId, MemberId
from app.core.meetings.queries import meetings_between
from app.core.sheets.spelling import folded
from app.plugins.welcome.domain.visitor import THERE, VisitState
from app.plugins.welcome.models import VisitorRow

_VISITOR = table_of(VisitorRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A visit that stands; `name` is empty where it is forgotten."""

    came_on: date
    name: str
    inviter: MemberId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BroughtVisit:
    """A visit that a file brought, and whether somebody changed it since. What time has forgotten nobody touched."""

    id: int
    public_id: str
    name: str
    came_on: date
    is_touched: bool


def standing_on(session: Session, group_id: GroupId, first: date, last: date) -> list[Standing]:
    """Return the visits of the days `first` to `last`, forgotten ones without a name."""
    query = select(_VISITOR.c.came_on, _VISITOR.c.name, _VISITOR.c.invited_by_member_id).where(
        _VISITOR.c.group_id == group_id,
        _VISITOR.c.came_on >= first,
        _VISITOR.c.came_on <= last,
        _VISITOR.c.state.in_(THERE),
    )
    return [
        Standing(
            came_on=row.came_on,
            name=row.name,
            inviter=None if row.invited_by_member_id is None else MemberId(row.invited_by_member_id),
        )
        for row in session.execute(query)
    ]


def first_visits(session: Session, group_id: GroupId) -> Mapping[str, date]:
    """Return the first day on which each visitor came who is not forgotten, by the name as folded."""
    query = select(_VISITOR.c.name, _VISITOR.c.came_on).where(
        _VISITOR.c.group_id == group_id,
        _VISITOR.c.state == VisitState.CAME.value,
        _VISITOR.c.forgotten_at_utc.is_(None),
    )
    first: dict[str, date] = {}
    for row in session.execute(query):
        name = folded(row.name)
        first[name] = min(row.came_on, first.get(name, row.came_on))
    return first


def meetings_of_days(
    session: Session, group_id: GroupId, first: date, last: date
) -> Mapping[date, MeetingId]:
    """Return the first meeting that takes place on each day of the calendar from `first` to `last`."""
    found: dict[date, MeetingId] = {}
    for meeting in meetings_between(session, group_id, first, last):
        if meeting.state == "planned":
            found.setdefault(meeting.local_date, meeting.id)
    return found


def brought_visits(session: Session, group_id: GroupId, batch_id: int) -> Sequence[BroughtVisit]:
    """Return what a file brought."""
    query = (
        select(
            _VISITOR.c.id,
            _VISITOR.c.public_id,
            _VISITOR.c.name,
            _VISITOR.c.came_on,
            _VISITOR.c.version,
            _VISITOR.c.forgotten_at_utc,
        )
        .where(_VISITOR.c.group_id == group_id, _VISITOR.c.batch_id == batch_id)
        .order_by(_VISITOR.c.came_on, _VISITOR.c.id)
    )
    return [
        BroughtVisit(
            id=row.id,
            public_id=row.public_id,
            name=row.name,
            came_on=row.came_on,
            is_touched=row.version > 1 and row.forgotten_at_utc is None,
        )
        for row in session.execute(query)
    ]
