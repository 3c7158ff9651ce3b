"""How each member's name is written in two parts, for lists in another system's order; one statement."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.database import table_of
from app.core.groups.models import MemberRow
from app.core.ids import GroupId, MemberId
from app.core.people.models import PersonRow

_MEMBER = table_of(MemberRow)
_PERSON = table_of(PersonRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenName:
    """A name in its two parts; `family` is empty where there is one only."""

    given: str
    family: str


def written_names(session: Session, group_id: GroupId) -> Mapping[MemberId, WrittenName]:
    """Return the names of everyone who ever was a member."""
    rows = session.execute(
        select(_MEMBER.c.id, _PERSON.c.given_name, _PERSON.c.family_name)
        .join(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
        .where(_MEMBER.c.group_id == group_id)
    )
    return {MemberId(row.id): WrittenName(given=row.given_name, family=row.family_name) for row in rows}
