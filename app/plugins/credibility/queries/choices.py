"""Which scheme a group chose, and who takes part."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.ids import GroupId, MemberId
from app.plugins.credibility.domain.scheme import PROFILES, STANDARD, Constants
from app.plugins.credibility.models import PartRow, SchemeRow

_PART: Any = PartRow.__table__
_SCHEME: Any = SchemeRow.__table__


def scheme_of(session: Session, group_id: GroupId) -> str:
    """Return the name of the scheme in force; a group that chose none has `standard`."""
    query = select(_SCHEME.c.scheme).where(_SCHEME.c.group_id == group_id).order_by(_SCHEME.c.number.desc())
    return session.scalar(query.limit(1)) or "standard"


def constants_in_force(session: Session, group_id: GroupId) -> Constants:
    """Return the constants of the scheme in force."""
    return PROFILES.get(scheme_of(session, group_id), STANDARD)


def parts(session: Session, group_id: GroupId) -> Mapping[MemberId, str]:
    """Return what members said when asked whether they take part: yes, no or object."""
    query = select(_PART.c.member_id, _PART.c.says).where(_PART.c.group_id == group_id)
    return {MemberId(row.member_id): row.says for row in session.execute(query)}
