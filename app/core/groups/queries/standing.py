"""Where a person stands in a group, which groups there are, and what is switched on: what the gate asks."""

from datetime import datetime
from typing import Any

from sqlalchemy import Date, and_, bindparam, cast, func, literal, null, select, union_all
from sqlalchemy.orm import Session

from app.core.database import table_of
from app.core.groups.domain.office import Office, Term
from app.core.groups.domain.standing import Group, GroupChoice, Standing, joined_by, offices_on
from app.core.groups.models import GroupRow, MemberRow, MembershipRow, OfficeTermRow, PluginSwitchRow
from app.core.ids import GroupId, MemberId, PersonId
from app.core.local_time import local_day
from app.core.notices.models import NoticeRow

_GROUP = table_of(GroupRow)
_MEMBER = table_of(MemberRow)
_MEMBERSHIP = table_of(MembershipRow)
_OFFICE = table_of(OfficeTermRow)
_SWITCH = table_of(PluginSwitchRow)
_NOTICE = table_of(NoticeRow)

_GROUP_COLUMNS = (
    _GROUP.c.id,
    _GROUP.c.slug,
    _GROUP.c.name,
    _GROUP.c.kind,
    _GROUP.c.zone,
    _GROUP.c.currency,
    _GROUP.c.locale,
    _GROUP.c.settling_in_days,
    _GROUP.c.vocabulary,
    _GROUP.c.is_found_by_others,
    _GROUP.c.created_at_utc,
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
        _NOTICE.c.at_utc <= bindparam("now"),
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


def standing_of(session: Session, slug: str, person_id: PersonId, now: datetime) -> Standing | None:
    """Return where the person stands in the group called `slug`, or None unless they are a member today.

    Two statements. "Today" is the day in the group's zone.
    """
    rows = session.execute(_GROUP_WITH_MEMBERSHIPS, {"slug": slug, "person_id": person_id}).all()
    if not rows:
        return None
    first = rows[0]
    today = local_day(now, first.zone)
    joined_on = joined_by(today, (Term(first=row.started_on, last=row.ended_on) for row in rows))
    if joined_on is None:
        return None
    keys = {"group_id": first.id, "member_id": first.member_id, "person_id": person_id, "now": now}
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
        joined_on=joined_on,
        first_joined_on=min(row.started_on for row in rows),
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
        vocabulary=row.vocabulary,
        is_found_by_others=row.is_found_by_others,
        founded_at_utc=row.created_at_utc,
    )
