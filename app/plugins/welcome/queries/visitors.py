"""Which visitors came: of a period, of a meeting, one, how many each member invited."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session, aliased

from app.core.database import table_of
from app.core.groups.models import MemberRow
from app.core.ids import GroupId, MeetingId, MemberId
from app.core.meetings.models import MeetingRow
from app.core.people.models import PersonRow
from app.plugins.welcome.domain.visitor import COUNTED, THERE, About, VisitorKind, VisitState, is_complete
from app.plugins.welcome.interface import VisitorHeard
from app.plugins.welcome.models import VisitorRow

_VISITOR = table_of(VisitorRow)
_MEMBER = table_of(MemberRow)
_PERSON = table_of(PersonRow)
_MEETING = table_of(MeetingRow)
_MOST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitorLine:
    """A visitor with who invited them, as lists show them."""

    id: int
    public_id: str
    about: About
    came_on: date
    meeting_public_id: str
    invited_by: MemberId | None
    invited_by_name: str
    invited_by_public_id: str
    expires_on: date
    version: int
    state: str = VisitState.CAME.value
    arrived_at_utc: datetime | None = None
    is_registered: bool = False

    @property
    def is_complete(self) -> bool:
        """Whether they can be reached."""
        return is_complete(self.about)


def visitors_between(session: Session, group_id: GroupId, first: date, last: date) -> list[VisitorLine]:
    """Return the visitors of the days `first` to `last` who came or may come and are not forgotten, latest day first."""
    query = (
        _lines(group_id)
        .where(
            _VISITOR.c.came_on >= first,
            _VISITOR.c.came_on <= last,
            _VISITOR.c.state.not_in([VisitState.WAITING.value, VisitState.CANCELLED.value]),
            _VISITOR.c.forgotten_at_utc.is_(None),
        )
        .order_by(_VISITOR.c.came_on.desc(), _VISITOR.c.id)
        .limit(_MOST)
    )
    return [_line(row) for row in session.execute(query)]


def visitors_of_meeting(session: Session, group_id: GroupId, meeting_id: MeetingId) -> list[VisitorLine]:
    """Return who came to one meeting or is expected, as they were noted, without those who are forgotten."""
    query = (
        _lines(group_id)
        .where(
            _VISITOR.c.meeting_id == meeting_id,
            _VISITOR.c.state.in_(THERE),
            _VISITOR.c.forgotten_at_utc.is_(None),
        )
        .order_by(_VISITOR.c.id)
    )
    return [_line(row) for row in session.execute(query)]


def visitor_by_public_id(session: Session, group_id: GroupId, public_id: str) -> VisitorLine | None:
    """Return the visitor of this group with that public id, unless forgotten."""
    query = _lines(group_id).where(
        _VISITOR.c.public_id == public_id,
        _VISITOR.c.state != VisitState.WAITING.value,
        _VISITOR.c.forgotten_at_utc.is_(None),
    )
    row = session.execute(query).one_or_none()
    return _line(row) if row else None


def incomplete_count(session: Session, group_id: GroupId) -> int:
    """Return how many visitors nobody could write to or call, because neither was noted."""
    query = select(func.count()).where(
        _VISITOR.c.group_id == group_id,
        _VISITOR.c.email == "",
        _VISITOR.c.phone == "",
        _VISITOR.c.kind.in_(sorted(COUNTED)),
        _VISITOR.c.origin == "door",
        _VISITOR.c.state == VisitState.CAME.value,
        _VISITOR.c.forgotten_at_utc.is_(None),
    )
    return session.scalar(query) or 0


def names_of_day(session: Session, group_id: GroupId, day: date) -> set[str]:
    """Return the names of who came or is expected on that day, as they are written."""
    query = select(_VISITOR.c.name).where(
        _VISITOR.c.group_id == group_id,
        _VISITOR.c.came_on == day,
        _VISITOR.c.state.in_(THERE),
        _VISITOR.c.forgotten_at_utc.is_(None),
    )
    return set(session.scalars(query))


def invited_by_member(session: Session, group_id: GroupId, first: date, last: date) -> Mapping[MemberId, int]:
    """Return how many visitors came at each member's invitation on those days, forgotten ones included."""
    query = (
        select(_VISITOR.c.invited_by_member_id, func.count().label("visitors"))
        .where(
            _VISITOR.c.group_id == group_id,
            _VISITOR.c.came_on >= first,
            _VISITOR.c.came_on <= last,
            _VISITOR.c.state == VisitState.CAME.value,
            _VISITOR.c.kind.in_(sorted(COUNTED)),
            _VISITOR.c.invited_by_member_id.is_not(None),
        )
        .group_by(_VISITOR.c.invited_by_member_id)
    )
    return {MemberId(row.invited_by_member_id): row.visitors for row in session.execute(query)}


class StoredVisitors:
    """Answers which visitors are read out."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def since(self, group_id: GroupId, since: datetime) -> Sequence[VisitorHeard]:
        """Return the visitors noted or arrived since that instant, not those from files."""
        query = (
            _lines(group_id)
            .where(
                func.coalesce(_VISITOR.c.arrived_at_utc, _VISITOR.c.noted_at_utc) > since,
                _VISITOR.c.origin != "import",
                _VISITOR.c.state == VisitState.CAME.value,
                _VISITOR.c.forgotten_at_utc.is_(None),
            )
            .order_by(_VISITOR.c.id)
        )
        found = [_line(row) for row in self._session.execute(query)]
        return [VisitorHeard(name=line.about.name, invited_by=line.invited_by_name) for line in found]


def meeting_of_day(session: Session, group_id: GroupId, day: date) -> MeetingId | None:
    """Return the first meeting of that day which takes place, if there is one."""
    query = (
        select(_MEETING.c.id)
        .where(_MEETING.c.group_id == group_id, _MEETING.c.local_date == day, _MEETING.c.state == "planned")
        .order_by(_MEETING.c.starts_at_utc)
        .limit(1)
    )
    found = session.scalar(query)
    return MeetingId(found) if found is not None else None


def _lines(group_id: GroupId) -> Select[Any]:
    inviter = aliased(_MEMBER)
    return (
        select(
            _VISITOR,
            _MEETING.c.public_id.label("meeting_public_id"),
            inviter.c.public_id.label("inviter_public_id"),
            _PERSON.c.name.label("inviter_name"),
        )
        .outerjoin(
            inviter,
            and_(inviter.c.group_id == _VISITOR.c.group_id, inviter.c.id == _VISITOR.c.invited_by_member_id),
        )
        .outerjoin(_PERSON, _PERSON.c.id == inviter.c.person_id)
        .outerjoin(
            _MEETING,
            and_(_MEETING.c.group_id == _VISITOR.c.group_id, _MEETING.c.id == _VISITOR.c.meeting_id),
        )
        .where(_VISITOR.c.group_id == group_id)
    )


def _line(row: Any) -> VisitorLine:
    return VisitorLine(
        id=row.id,
        public_id=row.public_id,
        about=About(
            name=row.name,
            kind=VisitorKind(row.kind).value,
            firm=row.firm,
            trade=row.trade,
            email=row.email,
            phone=row.phone,
            note=row.note,
        ),
        came_on=row.came_on,
        meeting_public_id=row.meeting_public_id or "",
        invited_by=MemberId(row.invited_by_member_id) if row.invited_by_member_id else None,
        invited_by_name=row.inviter_name or "",
        invited_by_public_id=row.inviter_public_id or "",
        expires_on=row.expires_on,
        version=row.version,
        state=row.state,
        arrived_at_utc=row.arrived_at_utc,
        is_registered=row.registered_at_utc is not None,
    )
