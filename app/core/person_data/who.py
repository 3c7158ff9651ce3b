"""Who is meant, in which groups do they have a record, and under which words might other texts name them?"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from app.core.access.models import AccountRow
from app.core.database import table_of
from app.core.groups.models import GroupRow, MemberRow, MembershipRow
from app.core.ids import GroupId, MemberId, PersonId
from app.core.people.models import PersonRow
from app.core.person_data.declared import Keys

_MEMBER: Any = table_of(MemberRow)
_SHORTEST_WORD = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a person is called and reached by, as it may stand in texts that no key leads to."""

    full_names: tuple[str, ...]
    contacts: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        """Every word, the longest first, also as JSON writes letters that are not ASCII."""
        words = {*self.full_names, *self.contacts}
        return tuple(sorted(words | {json.dumps(word)[1:-1] for word in words}, key=len, reverse=True))

    def stand_in(self, text: str | None) -> bool:
        """Return whether a text names the person, in whatever case, as whole words."""
        return bool(text) and any(_whole(word).search(text or "") for word in self.all)

    def are(self, text: str | None) -> bool:
        """Return whether a text is nothing but a name or a contact of the person."""
        return (text or "").strip().casefold() in {word.casefold() for word in self.all}


def keys_of(session: Session, person_id: PersonId) -> Keys:
    """Return the person's records in every group."""
    rows = session.execute(
        select(_MEMBER.c.group_id, _MEMBER.c.id)
        .where(_MEMBER.c.person_id == person_id)
        .order_by(_MEMBER.c.group_id)
    )
    return Keys(person_id=person_id, members=tuple((GroupId(row.group_id), MemberId(row.id)) for row in rows))


def words_for(session: Session, person_id: PersonId) -> Words:
    """Return what the person is called and reached by; nothing once they are erased."""
    person = session.get_one(PersonRow, person_id)
    if person.erased_at_utc is not None:
        return Words(full_names=(), contacts=())
    names = {
        person.name,
        f"{person.given_name} {person.family_name}",
        f"{person.family_name} {person.given_name}",
    }
    names |= {f"{person.family_name}, {person.given_name}", person.sort_name}
    contacts = set(session.scalars(select(AccountRow.email).where(AccountRow.person_id == person_id)))
    for row in session.execute(
        select(_MEMBER.c.email, _MEMBER.c.phone).where(_MEMBER.c.person_id == person_id)
    ):
        contacts |= {row.email, row.phone}
    return Words(full_names=_tidy(names), contacts=_tidy(contacts))


def memberships_today(session: Session, person_id: PersonId, today: date) -> list[str]:
    """Return the names of the groups in which the person is a member on `today` or later."""
    rows = session.execute(
        select(GroupRow.name)
        .select_from(_MEMBER)
        .join(GroupRow, GroupRow.id == _MEMBER.c.group_id)
        .join(
            MembershipRow,
            and_(
                MembershipRow.group_id == _MEMBER.c.group_id,
                MembershipRow.member_id == _MEMBER.c.id,
            ),
        )
        .where(
            _MEMBER.c.person_id == person_id,
            MembershipRow.ended_on.is_(None) | (MembershipRow.ended_on >= today),
        )
        .distinct()
    )
    return [row.name for row in rows]


def memberships_running(session: Session, group_id: GroupId, member_id: MemberId) -> list[date]:
    """Return the first days of the member's memberships without an end."""
    rows = session.scalars(
        select(MembershipRow.started_on).where(
            MembershipRow.group_id == group_id,
            MembershipRow.member_id == member_id,
            MembershipRow.ended_on.is_(None),
        )
    )
    return list(rows)


def person_called(session: Session, said: str) -> PersonId | None:
    """Return the person with that key, public id, or address to sign in with, in this order."""
    if said.isdecimal() and session.get(PersonRow, int(said)) is not None:
        return PersonId(int(said))
    found = session.scalar(select(PersonRow.id).where(PersonRow.public_id == said))
    if found is None:
        found = session.scalar(
            select(AccountRow.person_id).where(AccountRow.email == said.strip().casefold())
        )
    if found is None:
        found = session.scalar(select(_MEMBER.c.person_id).where(_MEMBER.c.public_id == said))
    return PersonId(found) if found is not None else None


def _tidy(words: Iterable[str]) -> tuple[str, ...]:
    stripped = (word.strip(" ,") for word in words)
    return tuple(sorted({word for word in stripped if len(word) >= _SHORTEST_WORD}))


def _whole(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)
