"""Who spoke with whom: the visitors a member may have met, the members who say they spoke with a visitor."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from app.core.database import table_of
from app.core.groups.models import MemberRow
from app.core.ids import GroupId, MemberId
from app.core.people.models import PersonRow
from app.plugins.welcome.domain.spoken import Shared, Spoken
from app.plugins.welcome.domain.visitor import VisitState
from app.plugins.welcome.models import VisitorRow
from app.plugins.welcome.models_greeting import SpokeRow

_SPOKE = table_of(SpokeRow)
_VISITOR = table_of(VisitorRow)
_MEMBER = table_of(MemberRow)
_PERSON = table_of(PersonRow)
_MOST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitorMet:
    """A visitor as a member may have met them; the reach is only for `reach_shown` to give out."""

    visitor_id: int
    public_id: str
    name: str
    firm: str
    trade: str
    came_on: date
    has_come: bool
    has_own_page: bool
    email: str
    phone: str
    spoken: Spoken


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberWhoSaid:
    """A member who takes part in a visitor's “we spoke”; the reach is only for `reach_shown` to give out."""

    member_id: MemberId
    public_id: str
    name: str
    firm: str
    trade: str
    email: str
    phone: str
    spoken: Spoken


def visitors_met(session: Session, group_id: GroupId, member_id: MemberId, since: date) -> list[VisitorMet]:
    """Return the visitors who came on `since` or later, with what was said of speaking with this member, latest first."""
    query = (
        _visitors(group_id, member_id)
        .where(_VISITOR.c.came_on >= since, _VISITOR.c.state == VisitState.CAME.value)
        .order_by(_VISITOR.c.came_on.desc(), _VISITOR.c.id)
        .limit(_MOST)
    )
    return [_visitor_met(row) for row in session.execute(query)]


def visitor_met(
    session: Session, group_id: GroupId, member_id: MemberId, public_id: str
) -> VisitorMet | None:
    """Return the visitor with that public id as this member may have met them, unless forgotten."""
    query = _visitors(group_id, member_id).where(_VISITOR.c.public_id == public_id)
    row = session.execute(query).one_or_none()
    return _visitor_met(row) if row else None


def visitor_by_key(session: Session, group_id: GroupId, visitor_id: int) -> VisitorMet | None:
    """Return what “we spoke” must know of the visitor, apart from any member."""
    row = session.execute(
        select(_VISITOR).where(
            _VISITOR.c.group_id == group_id,
            _VISITOR.c.id == visitor_id,
            _VISITOR.c.forgotten_at_utc.is_(None),
        )
    ).one_or_none()
    return _visitor_met(row, is_alone=True) if row else None


def members_who_said(session: Session, group_id: GroupId, visitor_id: int) -> list[MemberWhoSaid]:
    """Return the members with whom the visitor spoke, as either of the two says."""
    query = (
        select(
            _SPOKE,
            _MEMBER.c.public_id,
            _MEMBER.c.firm,
            _MEMBER.c.trade,
            _MEMBER.c.email,
            _MEMBER.c.phone,
            _PERSON.c.name,
        )
        .join(_MEMBER, and_(_MEMBER.c.group_id == _SPOKE.c.group_id, _MEMBER.c.id == _SPOKE.c.member_id))
        .join(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
        .where(_SPOKE.c.group_id == group_id, _SPOKE.c.visitor_id == visitor_id)
        .order_by(_PERSON.c.sort_name, _MEMBER.c.id)
    )
    return [
        MemberWhoSaid(
            member_id=MemberId(row.member_id),
            public_id=row.public_id,
            name=row.name,
            firm=row.firm,
            trade=row.trade,
            email=row.email,
            phone=row.phone,
            spoken=_spoken(row),
        )
        for row in session.execute(query)
    ]


def spoken_of(session: Session, group_id: GroupId, visitor_id: int, member_id: MemberId) -> Spoken:
    """Return what the two say of each other."""
    row = session.execute(
        select(_SPOKE).where(
            _SPOKE.c.group_id == group_id,
            _SPOKE.c.visitor_id == visitor_id,
            _SPOKE.c.member_id == member_id,
        )
    ).one_or_none()
    return _spoken(row) if row else Spoken()


def _visitors(group_id: GroupId, member_id: MemberId) -> Any:
    return (
        select(
            _VISITOR,
            _SPOKE.c.visitor_said_at_utc,
            _SPOKE.c.member_said_at_utc,
            _SPOKE.c.visitor_shares_email,
            _SPOKE.c.visitor_shares_phone,
            _SPOKE.c.member_shares_email,
            _SPOKE.c.member_shares_phone,
        )
        .outerjoin(
            _SPOKE,
            and_(
                _SPOKE.c.group_id == _VISITOR.c.group_id,
                _SPOKE.c.visitor_id == _VISITOR.c.id,
                _SPOKE.c.member_id == member_id,
            ),
        )
        .where(
            _VISITOR.c.group_id == group_id,
            _VISITOR.c.origin != "import",
            _VISITOR.c.state != VisitState.WAITING.value,
            _VISITOR.c.forgotten_at_utc.is_(None),
        )
    )


def _visitor_met(row: Any, *, is_alone: bool = False) -> VisitorMet:
    return VisitorMet(
        visitor_id=row.id,
        public_id=row.public_id,
        name=row.name,
        firm=row.firm,
        trade=row.trade,
        came_on=row.came_on,
        has_come=row.state == VisitState.CAME.value,
        has_own_page=row.registered_at_utc is not None,
        email=row.email,
        phone=row.phone,
        spoken=Spoken() if is_alone else _spoken(row),
    )


def _spoken(row: Any) -> Spoken:
    return Spoken(
        visitor_said_at_utc=row.visitor_said_at_utc,
        member_said_at_utc=row.member_said_at_utc,
        visitor_shares=Shared(email=bool(row.visitor_shares_email), phone=bool(row.visitor_shares_phone)),
        member_shares=Shared(email=bool(row.member_shares_email), phone=bool(row.member_shares_phone)),
    )
