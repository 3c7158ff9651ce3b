"""Who is a guest of a meeting: visitors who are expected or here, and newcomers at their first meetings."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session, aliased

from app.core.database import table_of
from app.core.groups.domain.office import LEADERS, Office
from app.core.groups.domain.standing import Group
from app.core.groups.models import GroupRow, MemberRow
from app.core.groups.queries import group_by_slug
from app.core.ids import GroupId, MeetingId, MemberId
from app.core.people.models import PersonRow
from app.plugins.welcome.domain.visitor import THERE, VisitState
from app.plugins.welcome.models import VisitorRow
from app.plugins.welcome.models_greeting import PutAsideRow, ShownToVisitorsRow
from app.plugins.welcome.queries.newcomers import NewcomerLine, holders_on, newcomers_since

_VISITOR = table_of(VisitorRow)
_MEMBER = table_of(MemberRow)
_PERSON = table_of(PersonRow)
_ASIDE = table_of(PutAsideRow)
_SHOWN = table_of(ShownToVisitorsRow)
_GROUP = table_of(GroupRow)

FIRST_MEETINGS = timedelta(days=28)
"""So long after joining a newcomer is received at the door like a guest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """Somebody to be received: a visitor (`visitor_id`), or a newcomer among the members (`newcomer_id`)."""

    visitor_id: int | None
    newcomer_id: MemberId | None
    public_id: str
    name: str
    firm: str = ""
    trade: str = ""
    wants_greeter: bool = False
    listens_only: bool = False
    introduction: str = ""
    access_needs: str = ""
    invited_by: MemberId | None = None
    invited_by_name: str = ""
    arrived_at_utc: datetime | None = None

    @property
    def key(self) -> tuple[int | None, MemberId | None]:
        """What tells guests apart."""
        return self.visitor_id, self.newcomer_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitors:
    """The visitors of one meeting: those to be received, and how many of all are not here yet."""

    guests: list[Guest] = field(default_factory=list)
    not_here_yet: int = 0


def visitors_expected(session: Session, group_id: GroupId, meeting_id: MeetingId) -> list[Guest]:
    """Return the visitors of a meeting who are expected or here; who asked for a greeter first."""
    return visitors_of(session, group_id, {meeting_id})[meeting_id].guests


def visitors_of(
    session: Session, group_id: GroupId, meeting_ids: Collection[MeetingId]
) -> Mapping[MeetingId, Visitors]:
    """Return the visitors of each of these meetings who are expected or here, those of files not as guests. One statement."""
    rows = session.execute(_visitors_there(group_id, meeting_ids)).all()
    return {
        meeting_id: Visitors(
            guests=[_guest(row) for row in rows if row.meeting_id == meeting_id and row.origin != "import"],
            not_here_yet=sum(
                row.meeting_id == meeting_id and row.state == VisitState.EXPECTED.value for row in rows
            ),
        )
        for meeting_id in meeting_ids
    }


def _visitors_there(group_id: GroupId, meeting_ids: Collection[MeetingId]) -> Select[Any]:
    inviter, inviter_person = aliased(_MEMBER), aliased(_PERSON)
    return (
        select(_VISITOR, inviter_person.c.name.label("inviter_name"))
        .outerjoin(
            inviter,
            and_(inviter.c.group_id == _VISITOR.c.group_id, inviter.c.id == _VISITOR.c.invited_by_member_id),
        )
        .outerjoin(inviter_person, inviter_person.c.id == inviter.c.person_id)
        .where(
            _VISITOR.c.group_id == group_id,
            _VISITOR.c.meeting_id.in_(sorted(meeting_ids)),
            _VISITOR.c.state.in_(THERE),
            _VISITOR.c.forgotten_at_utc.is_(None),
        )
        .order_by(_VISITOR.c.wants_greeter.desc(), _VISITOR.c.id)
    )


def _guest(row: Any) -> Guest:
    return Guest(
        visitor_id=row.id,
        newcomer_id=None,
        public_id=row.public_id,
        name=row.name,
        firm=row.firm,
        trade=row.trade,
        wants_greeter=row.wants_greeter,
        listens_only=row.listens_only,
        introduction=row.introduction,
        access_needs=row.access_needs,
        invited_by=MemberId(row.invited_by_member_id) if row.invited_by_member_id else None,
        invited_by_name=row.inviter_name or "",
        arrived_at_utc=row.arrived_at_utc,
    )


def newcomers_expected(session: Session, group_id: GroupId, today: date) -> list[Guest]:
    """Return the members who joined so lately that somebody should receive them."""
    return as_guests(newcomers_since(session, group_id, today - FIRST_MEETINGS, today))


def as_guests(newcomers: Iterable[NewcomerLine]) -> list[Guest]:
    """Return newcomers as somebody to be received."""
    return [
        Guest(visitor_id=None, newcomer_id=one.member_id, public_id=one.public_id, name=one.name)
        for one in newcomers
    ]


def hosts_on(session: Session, group_id: GroupId, day: date) -> list[MemberId]:
    """Return the visitor hosts of that day; where there is none, the leaders."""
    held = holders_on(session, group_id, day)
    hosts = [member for member, offices in held if Office.VISITOR_HOST in offices]
    return sorted(hosts or [member for member, offices in held if offices & LEADERS])


def came_through(session: Session, group_id: GroupId) -> Mapping[MemberId, tuple[MemberId, str]]:
    """Return the members who once came as a visitor under the same mail address, with whoever had invited them."""
    inviter = aliased(_MEMBER)
    query = (
        select(_MEMBER.c.id, _VISITOR.c.invited_by_member_id, _PERSON.c.name)
        .join(
            _VISITOR,
            and_(
                _VISITOR.c.group_id == _MEMBER.c.group_id,
                func.lower(_VISITOR.c.email) == func.lower(_MEMBER.c.email),
            ),
        )
        .join(
            inviter,
            and_(inviter.c.group_id == _VISITOR.c.group_id, inviter.c.id == _VISITOR.c.invited_by_member_id),
        )
        .join(_PERSON, _PERSON.c.id == inviter.c.person_id)
        .where(
            _MEMBER.c.group_id == group_id,
            _MEMBER.c.email != "",
            _VISITOR.c.state == VisitState.CAME.value,
            _VISITOR.c.forgotten_at_utc.is_(None),
        )
        .order_by(_VISITOR.c.id)
    )
    return {
        MemberId(row.id): (MemberId(row.invited_by_member_id), row.name) for row in session.execute(query)
    }


def put_aside_by(
    session: Session, group_id: GroupId, *, visitor_id: int | None = None, newcomer: MemberId | None = None
) -> frozenset[MemberId]:
    """Return whom this visitor or newcomer does not want named."""
    own = _ASIDE.c.visitor_id == visitor_id if newcomer is None else _ASIDE.c.newcomer_member_id == newcomer
    query = select(_ASIDE.c.member_id).where(_ASIDE.c.group_id == group_id, own)
    return frozenset(MemberId(one) for one in session.scalars(query))


def shown_to_visitors(session: Session, group_id: GroupId) -> frozenset[MemberId]:
    """Return the members who chose to be named to visitors."""
    query = select(_SHOWN.c.member_id).where(_SHOWN.c.group_id == group_id)
    return frozenset(MemberId(one) for one in session.scalars(query))


def group_of_event(session: Session, group_id: GroupId) -> Group | None:
    """Return the group of an event, for handlers that must say where a page is."""
    slug = session.scalar(select(_GROUP.c.slug).where(_GROUP.c.id == group_id))
    return group_by_slug(session, slug) if slug else None
