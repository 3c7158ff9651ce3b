"""Applications, one line each, and who is in charge of them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session

from app.core.access.domain.secret import hash_of
from app.core.database import table_of
from app.core.groups.domain.office import LEADERS, Office
from app.core.groups.models import MemberRow, MembershipRow
from app.core.groups.queries import all_members, offices_of_members
from app.core.ids import GroupId, MemberId
from app.core.people.models import PersonRow
from app.plugins.joining.domain.application import UNCONFIRMED_FOR, State
from app.plugins.joining.domain.seats import seat_of
from app.plugins.joining.models import ApplicationRow

_APPLICATION = table_of(ApplicationRow)
_MEMBER = table_of(MemberRow)
_MEMBERSHIP = table_of(MembershipRow)
_PERSON = table_of(PersonRow)
_SHOWN = (State.OPEN, State.LATER, State.APPROVED, State.DECLINED, State.WITHDRAWN, State.LAPSED, State.TAKEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationLine:
    """An application as it stands; texts are empty once it is forgotten."""

    id: int
    public_id: str
    state: State
    name: str
    firm: str
    trade: str
    email: str
    phone: str
    why: str
    years: int | None
    mail_key: str | None
    visitor_public_id: str
    inviter_id: MemberId | None
    rejoins_id: MemberId | None
    member_id: MemberId | None
    round: int
    yes_count: int
    no_count: int
    keep_months: int
    asked_at_utc: datetime
    confirmed_at_utc: datetime | None
    decided_at_utc: datetime | None
    starts_on: date | None
    approved_until: date | None
    expires_on: date
    is_forgotten: bool
    link_nonce: str
    version: int

    @property
    def seat(self) -> str:
        """The key of the seat that they want."""
        return seat_of(self.trade)

    @property
    def concerned(self) -> frozenset[MemberId]:
        """Whom it is about, where they are members again or by now: they neither decide it nor read what was said of them."""
        return frozenset(one for one in (self.member_id, self.rejoins_id) if one is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipDays:
    """An earlier membership, with its last day or none."""

    started_on: date
    ended_on: date | None


def application_by_public_id(session: Session, group_id: GroupId, public_id: str) -> ApplicationLine | None:
    """Return the application with that public id, but none whose address is still to be proven."""
    query = _lines(group_id).where(
        _APPLICATION.c.public_id == public_id, _APPLICATION.c.state != State.UNCONFIRMED.value
    )
    return _one(session, query)


def application_by_secret(session: Session, group_id: GroupId, secret: str) -> ApplicationLine | None:
    """Return the application whose own link this is."""
    return _one(session, _lines(group_id).where(_APPLICATION.c.link_hash == hash_of(secret)))


def application_by_key(session: Session, group_id: GroupId, application_id: int) -> ApplicationLine:
    """Return the application with that key, which exists."""
    query = _lines(group_id).where(_APPLICATION.c.id == application_id)
    return _line(session.execute(query).one())


def application_by_mail(session: Session, group_id: GroupId, mail_key: str) -> ApplicationLine | None:
    """Return the living application from that address."""
    return _one(session, _lines(group_id).where(_APPLICATION.c.mail_key == mail_key))


def applications_of(session: Session, group_id: GroupId) -> list[ApplicationLine]:
    """Return every application that is not forgotten and whose address is proven, the newest first."""
    query = _lines(group_id).where(
        _APPLICATION.c.state.in_([one.value for one in _SHOWN]), _APPLICATION.c.forgotten_at_utc.is_(None)
    )
    rows = session.execute(query.order_by(_APPLICATION.c.confirmed_at_utc.desc(), _APPLICATION.c.id.desc()))
    return [_line(row) for row in rows]


def lapsing(session: Session, group_id: GroupId, today: date) -> list[ApplicationLine]:
    """Return the approvals whose last day has passed."""
    query = _lines(group_id).where(
        _APPLICATION.c.state == State.APPROVED.value, _APPLICATION.c.approved_until < today
    )
    return [_line(row) for row in session.execute(query)]


def to_forget(session: Session, group_id: GroupId, today: date, now: datetime) -> list[ApplicationLine]:
    """Return the applications whose time has come: expired, or never confirmed within a week."""
    query = _lines(group_id).where(
        _APPLICATION.c.forgotten_at_utc.is_(None),
        or_(
            and_(
                _APPLICATION.c.state == State.UNCONFIRMED.value,
                _APPLICATION.c.asked_at_utc <= now - UNCONFIRMED_FOR,
            ),
            _APPLICATION.c.expires_on < today,
        ),
    )
    return [_line(row) for row in session.execute(query)]


def applications_of_member(session: Session, group_id: GroupId, member_id: MemberId) -> list[ApplicationLine]:
    """Return the applications through which the member came, or wants to come back, and that are not forgotten."""
    query = _lines(group_id).where(
        _APPLICATION.c.forgotten_at_utc.is_(None),
        or_(_APPLICATION.c.member_id == member_id, _APPLICATION.c.rejoins_member_id == member_id),
    )
    return [_line(row) for row in session.execute(query)]


def committee_and_leaders(
    session: Session, group_id: GroupId, day: date
) -> tuple[frozenset[MemberId], frozenset[MemberId]]:
    """Return who holds the membership committee's office on `day`, and who leads the group. One statement."""
    held = offices_of_members(session, group_id, day).items()
    return (
        frozenset(member for member, offices in held if Office.MEMBERSHIP_COMMITTEE in offices),
        frozenset(member for member, offices in held if not LEADERS.isdisjoint(offices)),
    )


def member_known_by(session: Session, group_id: GroupId, email: str) -> MemberId | None:
    """Return the present or former member whom the group knows by that address."""
    lines = all_members(session, group_id)
    return next((line.id for line in lines if line.email and line.email.casefold() == email), None)


def memberships_of(session: Session, group_id: GroupId, member_id: MemberId) -> list[MembershipDays]:
    """Return every time that the member was in the group, the first one first."""
    rows = session.execute(
        select(_MEMBERSHIP.c.started_on, _MEMBERSHIP.c.ended_on)
        .where(_MEMBERSHIP.c.group_id == group_id, _MEMBERSHIP.c.member_id == member_id)
        .order_by(_MEMBERSHIP.c.started_on)
    )
    return [MembershipDays(started_on=row.started_on, ended_on=row.ended_on) for row in rows]


def names_of(session: Session, group_id: GroupId, member_ids: list[MemberId]) -> dict[MemberId, str]:
    """Return the names of members, present or former."""
    rows = session.execute(
        select(_MEMBER.c.id, _PERSON.c.name)
        .join(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
        .where(_MEMBER.c.group_id == group_id, _MEMBER.c.id.in_(member_ids))
    )
    return {MemberId(row.id): row.name for row in rows}


def addresses_of(session: Session, group_id: GroupId, member_ids: list[MemberId]) -> dict[MemberId, str]:
    """Return the folded addresses that the group knows of these members."""
    rows = session.execute(
        select(_MEMBER.c.id, _MEMBER.c.email).where(
            _MEMBER.c.group_id == group_id, _MEMBER.c.id.in_(member_ids)
        )
    )
    return {MemberId(row.id): row.email.casefold() for row in rows}


def _lines(group_id: GroupId) -> Select[Any]:
    return select(_APPLICATION).where(_APPLICATION.c.group_id == group_id)


def _one(session: Session, query: Select[Any]) -> ApplicationLine | None:
    row = session.execute(query).one_or_none()
    return _line(row) if row else None


def _member(key: int | None) -> MemberId | None:
    return MemberId(key) if key is not None else None


def _line(row: Any) -> ApplicationLine:
    return ApplicationLine(
        id=row.id,
        public_id=row.public_id,
        state=State(row.state),
        name=row.name,
        firm=row.firm,
        trade=row.trade,
        email=row.email,
        phone=row.phone,
        why=row.why,
        years=row.years,
        mail_key=row.mail_key,
        visitor_public_id=row.visitor_public_id,
        inviter_id=_member(row.inviter_member_id),
        rejoins_id=_member(row.rejoins_member_id),
        member_id=_member(row.member_id),
        round=row.round,
        yes_count=row.yes_count,
        no_count=row.no_count,
        keep_months=row.keep_months,
        asked_at_utc=row.asked_at_utc,
        confirmed_at_utc=row.confirmed_at_utc,
        decided_at_utc=row.decided_at_utc,
        starts_on=row.starts_on,
        approved_until=row.approved_until,
        expires_on=row.expires_on,
        is_forgotten=row.forgotten_at_utc is not None,
        link_nonce=row.link_nonce,
        version=row.version,
    )
