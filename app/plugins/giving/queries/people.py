"""Whom does a choice on a form mean, and since when are they a member?"""

from sqlalchemy.orm import Session

from app.core.groups.queries import member_by_public_id
from app.core.ids import GroupId
from app.plugins.giving.domain.introduction import Named


def named(session: Session, group_id: GroupId, public_id: str) -> Named | None:
    """Return the present or former member of this group with that public id, with the latest membership."""
    line = member_by_public_id(session, group_id, public_id) if public_id else None
    if line is None:
        return None
    return Named(member_id=line.id, name=line.name, joined_on=line.joined_on, ended_on=line.ended_on)
