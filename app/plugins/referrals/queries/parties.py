"""Who may stand on a side of a slip: present and former members, and the group they belong to."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from app.core.groups.models import GroupRow, MembershipRow
from app.core.groups.queries import member_by_key, member_by_public_id
from app.core.ids import GroupId, MemberId
from app.plugins.referrals.domain.rules import Candidate
from app.plugins.referrals.domain.slip import OPEN
from app.plugins.referrals.models import SlipRow

_GROUP: Any = GroupRow.__table__
_MEMBERSHIP: Any = MembershipRow.__table__
_SLIP: Any = SlipRow.__table__


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLine:
    """What a handler without a page must know of its group."""

    id: GroupId
    slug: str
    name: str
    zone: str


def candidate(session: Session, group_id: GroupId, public_id: str) -> Candidate | None:
    """Return the present or former member of this group with that public id, with the latest membership."""
    line = member_by_public_id(session, group_id, public_id) if public_id else None
    if line is None:
        return None
    return Candidate(member_id=line.id, name=line.name, joined_on=line.joined_on, ended_on=line.ended_on)


def former_receivers(session: Session, group_id: GroupId, today: date) -> list[MemberId]:
    """Return who has slips that wait for their word and is no member any more on `today`."""
    belongs = exists().where(
        _MEMBERSHIP.c.group_id == group_id,
        _MEMBERSHIP.c.member_id == _SLIP.c.receiver_member_id,
        or_(_MEMBERSHIP.c.ended_on.is_(None), _MEMBERSHIP.c.ended_on >= today),
    )
    query = (
        select(_SLIP.c.receiver_member_id)
        .where(
            _SLIP.c.group_id == group_id,
            _SLIP.c.state.in_(sorted(OPEN)),
            _SLIP.c.is_historic.is_(False),
            _SLIP.c.receiver_member_id.is_not(None),
            ~belongs,
        )
        .distinct()
        .order_by(_SLIP.c.receiver_member_id)
    )
    return [MemberId(key) for key in session.scalars(query)]


def group_line(session: Session, group_id: GroupId) -> GroupLine:
    """Return the group with that key, which exists."""
    query = select(_GROUP.c.slug, _GROUP.c.name, _GROUP.c.zone).where(_GROUP.c.id == group_id)
    row = session.execute(query).one()
    return GroupLine(id=group_id, slug=row.slug, name=row.name, zone=row.zone)


def is_member(session: Session, group_id: GroupId, member_id: MemberId, day: date) -> bool:
    """Return whether somebody who ever was a member is one on `day`."""
    line = member_by_key(session, group_id, member_id)
    return line.joined_on <= day and (line.ended_on is None or day <= line.ended_on)
