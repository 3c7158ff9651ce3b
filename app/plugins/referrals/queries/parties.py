"""Who may stand on a side of a slip: present and former members, and the group they belong to."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.groups.models import GroupRow
from app.core.groups.queries import member_by_key, member_by_public_id
from app.core.ids import GroupId, MemberId
from app.plugins.referrals.domain.rules import Candidate

_GROUP: Any = GroupRow.__table__


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


def group_line(session: Session, group_id: GroupId) -> GroupLine:
    """Return the group with that key, which exists."""
    query = select(_GROUP.c.slug, _GROUP.c.name, _GROUP.c.zone).where(_GROUP.c.id == group_id)
    row = session.execute(query).one()
    return GroupLine(id=group_id, slug=row.slug, name=row.name, zone=row.zone)


def is_member(session: Session, group_id: GroupId, member_id: MemberId, day: date) -> bool:
    """Return whether somebody who ever was a member is one on `day`."""
    line = member_by_key(session, group_id, member_id)
    return line.joined_on <= day and (line.ended_on is None or day <= line.ended_on)
