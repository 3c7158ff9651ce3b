"""Who belongs to a group: on a day, over a period, ever; one line each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session

from app.core.database import table_of
from app.core.groups.models import MemberRow, MembershipRow
from app.core.ids import GroupId, MemberId, PersonId
from app.core.people.models import PersonRow

_MEMBER = table_of(MemberRow)
_MEMBERSHIP = table_of(MembershipRow)
_PERSON = table_of(PersonRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberLine:
    """A member as lists show them; `sort_name` orders lists, `first_name` stands large at the door."""

    id: MemberId
    public_id: str
    person_id: PersonId
    name: str
    first_name: str
    sort_name: str
    firm: str
    trade: str
    email: str
    phone: str
    shows_contact: bool
    joined_on: date
    ended_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Belonging:
    """The day on which somebody ever first became a member, and whether they are one on the day that was asked for."""

    first: date
    is_here: bool


def belonging(session: Session, group_id: GroupId, day: date) -> Mapping[MemberId, Belonging]:
    """Return when each member ever first began and whether they belong to the group on `day`, those who left among them.

    One statement.
    """
    is_touched = func.max(case((_touches(day, day), 1), else_=0))
    query = (
        select(
            _MEMBERSHIP.c.member_id,
            func.min(_MEMBERSHIP.c.started_on).label("first"),
            is_touched.label("is_here"),
        )
        .where(_MEMBERSHIP.c.group_id == group_id)
        .group_by(_MEMBERSHIP.c.member_id)
    )
    return {
        MemberId(row.member_id): Belonging(first=row.first, is_here=bool(row.is_here))
        for row in session.execute(query)
    }


def members_between(session: Session, group_id: GroupId, first: date, last: date) -> list[MemberLine]:
    """Return everyone who was a member on any day from `first` to `last`, in alphabetical order, once each.

    `joined_on` and `ended_on` are those of the latest membership that touches the days.
    """
    rows = session.execute(_member_lines(group_id).where(_touches(first, last)))
    latest = {row.id: row for row in rows}
    return sorted((_member_line(row) for row in latest.values()), key=lambda line: (line.sort_name, line.id))


def members_on(session: Session, group_id: GroupId, day: date) -> list[MemberLine]:
    """Return the members on `day`, in alphabetical order."""
    return members_between(session, group_id, day, day)


def all_members(session: Session, group_id: GroupId) -> list[MemberLine]:
    """Return everyone who ever was a member, in alphabetical order, each with the latest membership."""
    latest = {row.id: row for row in session.execute(_member_lines(group_id))}
    return sorted((_member_line(row) for row in latest.values()), key=lambda line: (line.sort_name, line.id))


def member_by_public_id(session: Session, group_id: GroupId, public_id: str) -> MemberLine | None:
    """Return the member of this group with that public id, present or former."""
    rows = session.execute(_member_lines(group_id).where(_MEMBER.c.public_id == public_id)).all()
    return _member_line(rows[-1]) if rows else None


def member_by_key(session: Session, group_id: GroupId, member_id: MemberId) -> MemberLine:
    """Return the member of this group with that key, with the latest membership; there must be one."""
    rows = session.execute(_member_lines(group_id).where(_MEMBER.c.id == member_id)).all()
    return _member_line(rows[-1])


def _member_lines(group_id: GroupId) -> Select[Any]:
    return (
        select(
            _MEMBER.c.id,
            _MEMBER.c.public_id,
            _MEMBER.c.person_id,
            _PERSON.c.name,
            _PERSON.c.given_name,
            _PERSON.c.sort_name,
            _MEMBER.c.firm,
            _MEMBER.c.trade,
            _MEMBER.c.email,
            _MEMBER.c.phone,
            _MEMBER.c.shows_contact,
            _MEMBERSHIP.c.started_on,
            _MEMBERSHIP.c.ended_on,
        )
        .join(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
        .join(
            _MEMBERSHIP,
            and_(_MEMBERSHIP.c.group_id == _MEMBER.c.group_id, _MEMBERSHIP.c.member_id == _MEMBER.c.id),
        )
        .where(_MEMBER.c.group_id == group_id)
        .order_by(_MEMBERSHIP.c.started_on)
    )


def _touches(first: date, last: date) -> ColumnElement[bool]:
    return and_(
        _MEMBERSHIP.c.started_on <= last,
        or_(_MEMBERSHIP.c.ended_on.is_(None), _MEMBERSHIP.c.ended_on >= first),
    )


def _member_line(row: Any) -> MemberLine:
    return MemberLine(
        id=MemberId(row.id),
        public_id=row.public_id,
        person_id=PersonId(row.person_id),
        name=row.name,
        first_name=row.given_name or row.name,
        sort_name=row.sort_name,
        firm=row.firm,
        trade=row.trade,
        email=row.email,
        phone=row.phone,
        shows_contact=row.shows_contact,
        joined_on=row.started_on,
        ended_on=row.ended_on,
    )
