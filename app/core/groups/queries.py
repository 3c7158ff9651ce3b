"""Reading groups: where a person stands, who is a member on a day, what is switched on."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    and_,
    bindparam,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from app.core.database import table_of
from app.core.groups.domain.office import Office, Term
from app.core.groups.domain.standing import Group, GroupChoice, Standing, is_member_on, offices_on
from app.core.groups.models import GroupRow, MemberRow, MembershipRow, OfficeTermRow, PluginSwitchRow
from app.core.ids import GroupId, MemberId, PersonId
from app.core.local_time import local_day
from app.core.notices.models import NoticeRow
from app.core.people.models import PersonRow

_GROUP = table_of(GroupRow)
_MEMBER = table_of(MemberRow)
_MEMBERSHIP = table_of(MembershipRow)
_OFFICE = table_of(OfficeTermRow)
_SWITCH = table_of(PluginSwitchRow)
_NOTICE = table_of(NoticeRow)
_PERSON = table_of(PersonRow)

_GROUP_COLUMNS = (
    _GROUP.c.id,
    _GROUP.c.slug,
    _GROUP.c.name,
    _GROUP.c.kind,
    _GROUP.c.zone,
    _GROUP.c.currency,
    _GROUP.c.locale,
    _GROUP.c.settling_in_days,
)

_GROUP_WITH_MEMBERSHIPS = (
    select(
        *_GROUP_COLUMNS,
        _MEMBER.c.id.label("member_id"),
        _MEMBER.c.public_id,
        _MEMBERSHIP.c.started_on,
        _MEMBERSHIP.c.ended_on,
    )
    .join(_MEMBER, _MEMBER.c.group_id == _GROUP.c.id)
    .join(
        _MEMBERSHIP,
        and_(_MEMBERSHIP.c.group_id == _MEMBER.c.group_id, _MEMBERSHIP.c.member_id == _MEMBER.c.id),
    )
    .where(_GROUP.c.slug == bindparam("slug"), _MEMBER.c.person_id == bindparam("person_id"))
)

_OFFICES_SWITCHES_NOTICES_GROUPS = union_all(
    select(
        literal("office").label("what"),
        _OFFICE.c.office.label("name"),
        _OFFICE.c.starts_on,
        _OFFICE.c.ends_on,
        literal(0).label("number"),
    ).where(_OFFICE.c.group_id == bindparam("group_id"), _OFFICE.c.member_id == bindparam("member_id")),
    select(literal("plugin"), _SWITCH.c.plugin, cast(null(), Date), cast(null(), Date), literal(0)).where(
        _SWITCH.c.group_id == bindparam("group_id"), _SWITCH.c.is_on.is_(True)
    ),
    select(literal("unread"), literal(""), cast(null(), Date), cast(null(), Date), func.count())
    .select_from(_NOTICE)
    .where(
        _NOTICE.c.group_id == bindparam("group_id"),
        _NOTICE.c.member_id == bindparam("member_id"),
        _NOTICE.c.read_at_utc.is_(None),
    ),
    select(
        literal("group"),
        _GROUP.c.slug + " " + _GROUP.c.name,
        _MEMBERSHIP.c.started_on,
        _MEMBERSHIP.c.ended_on,
        literal(0),
    )
    .select_from(_MEMBER)
    .join(_GROUP, _GROUP.c.id == _MEMBER.c.group_id)
    .join(
        _MEMBERSHIP,
        and_(_MEMBERSHIP.c.group_id == _MEMBER.c.group_id, _MEMBERSHIP.c.member_id == _MEMBER.c.id),
    )
    .where(_MEMBER.c.person_id == bindparam("person_id"), _MEMBER.c.group_id != bindparam("group_id")),
)


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
class OfficeTermLine:
    """A term of an office, with who holds it."""

    office: Office
    member_public_id: str
    member_name: str
    starts_on: date
    ends_on: date | None


def standing_of(session: Session, slug: str, person_id: PersonId, now: datetime) -> Standing | None:
    """Return where the person stands in the group called `slug`, or None unless they are a member today.

    Two statements. "Today" is the day in the group's zone.
    """
    rows = session.execute(_GROUP_WITH_MEMBERSHIPS, {"slug": slug, "person_id": person_id}).all()
    if not rows:
        return None
    first = rows[0]
    today = local_day(now, first.zone)
    if not is_member_on(today, (Term(first=row.started_on, last=row.ended_on) for row in rows)):
        return None
    keys = {"group_id": first.id, "member_id": first.member_id, "person_id": person_id}
    parts = session.execute(_OFFICES_SWITCHES_NOTICES_GROUPS, keys).all()
    held = [
        (Office(part.name), Term(first=part.starts_on, last=part.ends_on))
        for part in parts
        if part.what == "office"
    ]
    return Standing(
        group=_group(first),
        member_id=MemberId(first.member_id),
        member_public_id=first.public_id,
        offices=offices_on(today, held),
        switched_on=frozenset(part.name for part in parts if part.what == "plugin"),
        unread_notices=sum(part.number for part in parts if part.what == "unread"),
        other_groups=tuple(
            GroupChoice(slug=slug, name=name)
            for part in parts
            if part.what == "group" and Term(first=part.starts_on, last=part.ends_on).covers(today)
            for slug, _, name in [part.name.partition(" ")]
        ),
    )


def group_by_slug(session: Session, slug: str) -> Group | None:
    """Return the group called `slug`, for pages that admit devices or the public, and for commands."""
    row = session.execute(select(*_GROUP_COLUMNS).where(_GROUP.c.slug == slug)).one_or_none()
    return _group(row) if row else None


def all_groups(session: Session) -> list[Group]:
    """Return every group of the network, by name: for commands and jobs only."""
    return [_group(row) for row in session.execute(select(*_GROUP_COLUMNS).order_by(_GROUP.c.name))]


def groups_of(session: Session, person_id: PersonId, now: datetime) -> list[GroupChoice]:
    """Return the groups that the person is a member of today, by name."""
    rows = session.execute(
        select(_GROUP.c.slug, _GROUP.c.name, _GROUP.c.zone, _MEMBERSHIP.c.started_on, _MEMBERSHIP.c.ended_on)
        .join(_MEMBER, _MEMBER.c.group_id == _GROUP.c.id)
        .join(
            _MEMBERSHIP,
            and_(_MEMBERSHIP.c.group_id == _MEMBER.c.group_id, _MEMBERSHIP.c.member_id == _MEMBER.c.id),
        )
        .where(_MEMBER.c.person_id == person_id)
        .order_by(_GROUP.c.name)
    )
    open_today = {
        row.slug: row.name
        for row in rows
        if Term(first=row.started_on, last=row.ended_on).covers(local_day(now, row.zone))
    }
    return [GroupChoice(slug=slug, name=name) for slug, name in open_today.items()]


def switched_on(session: Session, group_id: GroupId) -> frozenset[str]:
    """Return the names of the plugins that are on for the group."""
    query = select(_SWITCH.c.plugin).where(_SWITCH.c.group_id == group_id, _SWITCH.c.is_on.is_(True))
    return frozenset(session.scalars(query))


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


def offices_of_members(session: Session, group_id: GroupId, day: date) -> dict[MemberId, tuple[Office, ...]]:
    """Return the offices held on `day`, by member, in the order in which offices are listed."""
    rows = session.execute(
        select(_OFFICE.c.member_id, _OFFICE.c.office).where(_OFFICE.c.group_id == group_id, *_running(day))
    ).all()
    held: dict[MemberId, set[Office]] = {}
    for row in rows:
        held.setdefault(MemberId(row.member_id), set()).add(Office(row.office))
    return {
        member_id: tuple(office for office in Office if office in offices)
        for member_id, offices in held.items()
    }


def office_terms(session: Session, group_id: GroupId, day: date) -> list[OfficeTermLine]:
    """Return the terms that run on `day` or begin later, by office and beginning."""
    rows = session.execute(
        select(_OFFICE.c.office, _OFFICE.c.starts_on, _OFFICE.c.ends_on, _MEMBER.c.public_id, _PERSON.c.name)
        .join(_MEMBER, and_(_MEMBER.c.group_id == _OFFICE.c.group_id, _MEMBER.c.id == _OFFICE.c.member_id))
        .join(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
        .where(_OFFICE.c.group_id == group_id, or_(_OFFICE.c.ends_on.is_(None), _OFFICE.c.ends_on >= day))
    )
    lines = [
        OfficeTermLine(
            office=Office(row.office),
            member_public_id=row.public_id,
            member_name=row.name,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
        )
        for row in rows
    ]
    order = list(Office)
    return sorted(lines, key=lambda line: (order.index(line.office), line.starts_on, line.member_name))


def office_holders(
    session: Session, group_id: GroupId, offices: frozenset[Office], day: date
) -> list[MemberId]:
    """Return the members who hold any of `offices` on `day`."""
    query = select(_OFFICE.c.member_id).where(
        _OFFICE.c.group_id == group_id,
        _OFFICE.c.office.in_(sorted(offices)),
        *_running(day),
    )
    return [MemberId(member_id) for member_id in session.scalars(query.distinct())]


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


def _running(day: date) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return _OFFICE.c.starts_on <= day, or_(_OFFICE.c.ends_on.is_(None), _OFFICE.c.ends_on >= day)


def _touches(first: date, last: date) -> ColumnElement[bool]:
    return and_(
        _MEMBERSHIP.c.started_on <= last,
        or_(_MEMBERSHIP.c.ended_on.is_(None), _MEMBERSHIP.c.ended_on >= first),
    )


def _group(row: Any) -> Group:
    return Group(
        id=GroupId(row.id),
        slug=row.slug,
        name=row.name,
        kind=row.kind,
        zone=row.zone,
        currency=row.currency,
        locale=row.locale,
        settling_in_days=row.settling_in_days,
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
