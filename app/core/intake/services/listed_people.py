"""Writing what a roster brings: people who become members, all at once, and blanks of members that are filled in."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from app.core.access.models import AccountRow
from app.core.groups.domain.standing import Group
from app.core.groups.events import MembershipStarted
from app.core.groups.models import MemberRow, MembershipRow
from app.core.ids import MemberId, PersonId
from app.core.intake.effects import Effect, note_effects
from app.core.people.domain.name import Name
from app.core.people.models import PersonRow
from app.core.work import UnitOfWork

JOINED, FILLED = "roster.joined", "roster.filled"
"""The kinds of effect that a roster notes."""

_ACCOUNT: Any = AccountRow.__table__
_MEMBER: Any = MemberRow.__table__
_MEMBERSHIP: Any = MembershipRow.__table__
_PERSON: Any = PersonRow.__table__
_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPerson:
    """Somebody who becomes a member, under the name of the file: whom other groups know by the address says so by accepting."""

    name: Name
    email: str
    firm: str
    trade: str
    phone: str
    joined_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledIn:
    """Blanks of a member's profile that a file fills: text by the field's name."""

    member_id: MemberId
    texts: Mapping[str, str]


def people_who_sign_in_with(session: Session, addresses: Sequence[str]) -> dict[str, PersonId]:
    """Return who signs in anywhere in the network with one of these folded addresses."""
    found: dict[str, PersonId] = {}
    for part in _parts(addresses):
        rows = session.execute(
            select(_ACCOUNT.c.email, _ACCOUNT.c.person_id).where(_ACCOUNT.c.email.in_(part))
        )
        found.update({row.email: PersonId(row.person_id) for row in rows})
    return found


def add_listed(
    work: UnitOfWork, group: Group, people: Sequence[ListedPerson], batch_id: int
) -> list[MemberId]:
    """Make these people members, noted so that it can be undone, and return whom, in order; the caller commits."""
    persons, members, memberships, effects = [], [], [], []
    for listed in people:
        person_id = PersonId(work.ids.key())
        persons.append(_person_values(work, listed, person_id))
        member_id, membership_id = MemberId(work.ids.key()), work.ids.key()
        members.append(_member_values(work, group, listed, person_id, member_id))
        memberships.append(
            {
                "group_id": group.id,
                "id": membership_id,
                "member_id": member_id,
                "started_on": listed.joined_on,
                "end_reason": "",
            }
        )
        made = {
            "person": person_id,
            "person_is_new": True,
            "membership": membership_id,
        }
        effects.append(Effect(kind=JOINED, subject=f"member:{member_id}", after=json.dumps(made)))
        _record_joining(work, group, listed, person_id, member_id)
    for table, rows in ((_PERSON, persons), (_MEMBER, members), (_MEMBERSHIP, memberships)):
        for part in _parts(rows):
            work.session.execute(insert(table), part)
    note_effects(work, group.id, batch_id, effects)
    return [MemberId(member["id"]) for member in members]


def fill_in(work: UnitOfWork, group: Group, filled: Sequence[FilledIn], batch_id: int) -> int:
    """Fill the blanks, noted so that it can be undone; return how many members gained something. The caller commits."""
    effects = [
        Effect(
            kind=FILLED,
            subject=f"member:{one.member_id}",
            before=json.dumps(dict.fromkeys(one.texts, "")),
            after=json.dumps(dict(one.texts), ensure_ascii=False),
        )
        for one in filled
    ]
    for fields, same in _by_fields(filled).items():
        statement = (
            update(_MEMBER)
            .where(_MEMBER.c.group_id == group.id, _MEMBER.c.id == bindparam("of_member"))
            .values(
                {field: bindparam(f"new_{field}") for field in fields} | {"version": _MEMBER.c.version + 1}
            )
        )
        rows = [
            {"of_member": one.member_id} | {f"new_{field}": text for field, text in one.texts.items()}
            for one in same
        ]
        work.session.execute(statement, rows)
    note_effects(work, group.id, batch_id, effects)
    return len(filled)


def _record_joining(
    work: UnitOfWork, group: Group, listed: ListedPerson, person_id: PersonId, member_id: MemberId
) -> None:
    work.record(
        MembershipStarted(
            group_id=group.id,
            member_id=member_id,
            person_id=person_id,
            started_on=listed.joined_on,
            is_newcomer=False,
        )
    )


def _by_fields(filled: Sequence[FilledIn]) -> dict[tuple[str, ...], list[FilledIn]]:
    grouped: dict[tuple[str, ...], list[FilledIn]] = {}
    for one in filled:
        grouped.setdefault(tuple(sorted(one.texts)), []).append(one)
    return grouped


def _person_values(work: UnitOfWork, listed: ListedPerson, person_id: PersonId) -> dict[str, Any]:
    return {
        "id": person_id,
        "public_id": work.ids.public_id(),
        "given_name": listed.name.given,
        "family_name": listed.name.family,
        "family_first": listed.name.family_first,
        "name": listed.name.full,
        "sort_name": listed.name.sorted_by,
        "say_it": "",
        "language": "en",
        "created_at_utc": work.now,
    }


def _member_values(
    work: UnitOfWork, group: Group, listed: ListedPerson, person_id: PersonId, member_id: MemberId
) -> dict[str, Any]:
    return {
        "group_id": group.id,
        "id": member_id,
        "public_id": work.ids.public_id(),
        "person_id": person_id,
        "firm": listed.firm,
        "trade": listed.trade,
        "phone": listed.phone,
        "email": listed.email,
        "about": "",
        "shows_contact": True,
        "calendar_number": 1,
        "created_at_utc": work.now,
        "version": 1,
    }


def _parts(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(rows), _AT_ONCE):
        yield rows[start : start + _AT_ONCE]
