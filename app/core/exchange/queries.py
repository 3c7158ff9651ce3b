"""The only reads that cross groups: the other side of something shared, and members who may be found from another group.

Who may be found is a member today of a group whose leaders switched it on, who shows their contact to colleagues; asked
by a group that may be found itself. Nothing but name, trade, firm and group is read of them.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, exists, select
from sqlalchemy.orm import Session

from app.core.database import table_of
from app.core.exchange.models import ExchangeSideRow
from app.core.groups.models import GroupRow, MemberRow, MembershipRow, PluginSwitchRow
from app.core.ids import ExchangeId, GroupId, MemberId, PersonId
from app.core.local_time import local_day
from app.core.people.models import PersonRow

_SIDE = table_of(ExchangeSideRow)
_GROUP = table_of(GroupRow)
_MEMBER = table_of(MemberRow)
_MEMBERSHIP = table_of(MembershipRow)
_PERSON = table_of(PersonRow)
_SWITCH = table_of(PluginSwitchRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherGroup:
    """The group on the other side, as far as this one knows it; `is_on` says whether the plugin is on there."""

    id: GroupId
    slug: str
    name: str
    zone: str
    is_on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherSide:
    """What is shared, as it lies in the other group."""

    group: OtherGroup
    thing_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberElsewhere:
    """A member of another group who may be found from here; `is_here` where they are a member of this one too."""

    group: OtherGroup
    member_id: MemberId
    public_id: str
    person_id: PersonId
    name: str
    trade: str
    firm: str
    is_here: bool


def other_side(session: Session, group_id: GroupId, exchange_id: ExchangeId, plugin: str) -> OtherSide:
    """Return the other side, and hold both until the commit: who changes one side changes the other with it.

    Both sides are held in one order, so that two groups that act at once wait for each other and never for ever.
    """
    held = (
        select(_SIDE.c.group_id, _SIDE.c.thing_id)
        .where(_SIDE.c.exchange_id == exchange_id)
        .order_by(_SIDE.c.group_id)
        .with_for_update()
    )
    other = next(row for row in session.execute(held) if row.group_id != group_id)
    query = select(
        _GROUP.c.id.label("group_id"), _GROUP.c.slug, _GROUP.c.name.label("group_name"), _GROUP.c.zone
    )
    found = session.execute(
        query.add_columns(_is_on(plugin).label("is_on")).where(_GROUP.c.id == other.group_id)
    )
    return OtherSide(group=_group(found.one()), thing_id=other.thing_id)


def members_elsewhere(
    session: Session, group_id: GroupId, now: datetime, plugin: str
) -> list[MemberElsewhere]:
    """Return who may be found from this group, in alphabetical order, without those who are its members too."""
    found = _there(session, group_id, now, _findable(group_id, plugin))
    return [one for one in found if not one.is_here]


def member_elsewhere(
    session: Session, group_id: GroupId, now: datetime, plugin: str, *, named: tuple[str, str]
) -> MemberElsewhere | None:
    """Return the one with that group's slug and that public id, if their group may be asked from this one."""
    slug, public_id = named
    query = _findable(group_id, plugin).where(_GROUP.c.slug == slug, _MEMBER.c.public_id == public_id)
    return next(iter(_there(session, group_id, now, query)), None)


def _there(session: Session, group_id: GroupId, now: datetime, query: Select[Any]) -> list[MemberElsewhere]:
    """Return those of the query who are members of their group today, each once."""
    rows = {(row.group_id, row.member_id): row for row in session.execute(query) if _is_there(row, now)}
    here = set(session.scalars(_people_of(group_id, now))) if rows else set()
    return [_member(row, is_here=row.person_id in here) for row in rows.values()]


def _findable(group_id: GroupId, plugin: str) -> Select[Any]:
    own = _GROUP.alias("own")
    asks_openly = exists().where(own.c.id == group_id, own.c.is_found_by_others.is_(True))
    return (
        select(
            _GROUP.c.id.label("group_id"),
            _GROUP.c.slug,
            _GROUP.c.name.label("group_name"),
            _GROUP.c.zone,
            _MEMBER.c.id.label("member_id"),
            _MEMBER.c.public_id,
            _MEMBER.c.person_id,
            _PERSON.c.name,
            _MEMBER.c.trade,
            _MEMBER.c.firm,
            _MEMBERSHIP.c.started_on,
            _MEMBERSHIP.c.ended_on,
            _is_on(plugin).label("is_on"),
        )
        .select_from(_GROUP)
        .join(_MEMBER, _MEMBER.c.group_id == _GROUP.c.id)
        .join(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
        .join(
            _MEMBERSHIP,
            and_(_MEMBERSHIP.c.group_id == _MEMBER.c.group_id, _MEMBERSHIP.c.member_id == _MEMBER.c.id),
        )
        .where(
            _GROUP.c.id != group_id,
            _GROUP.c.is_found_by_others.is_(True),
            asks_openly,
            _MEMBER.c.shows_contact.is_(True),
            _is_on(plugin),
        )
        .order_by(_PERSON.c.sort_name, _GROUP.c.id)
    )


def _people_of(group_id: GroupId, now: datetime) -> Select[Any]:
    """Return the query of the people who are members of this group; a day more or less at a border of zones is no matter."""
    today = now.date()
    return (
        select(_MEMBER.c.person_id)
        .join(
            _MEMBERSHIP,
            and_(_MEMBERSHIP.c.group_id == _MEMBER.c.group_id, _MEMBERSHIP.c.member_id == _MEMBER.c.id),
        )
        .where(
            _MEMBER.c.group_id == group_id,
            _MEMBERSHIP.c.started_on <= today,
            _MEMBERSHIP.c.ended_on.is_(None) | (_MEMBERSHIP.c.ended_on >= today),
        )
    )


def _is_on(plugin: str) -> Any:
    return exists().where(
        _SWITCH.c.group_id == _GROUP.c.id, _SWITCH.c.plugin == plugin, _SWITCH.c.is_on.is_(True)
    )


def _is_there(row: Any, now: datetime) -> bool:
    today = local_day(now, row.zone)
    return bool(row.started_on <= today and (row.ended_on is None or today <= row.ended_on))


def _group(row: Any) -> OtherGroup:
    return OtherGroup(
        id=GroupId(row.group_id),
        slug=row.slug,
        name=row.group_name,
        zone=row.zone,
        is_on=bool(row.is_on),
    )


def _member(row: Any, *, is_here: bool) -> MemberElsewhere:
    return MemberElsewhere(
        group=_group(row),
        member_id=MemberId(row.member_id),
        public_id=row.public_id,
        person_id=PersonId(row.person_id),
        name=row.name,
        trade=row.trade,
        firm=row.firm,
        is_here=is_here,
    )
