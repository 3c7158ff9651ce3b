"""Taking back what a roster brought: members who have nothing since go again, the others are named and kept."""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.core.database import table_of
from app.core.groups.domain.standing import Group
from app.core.groups.handing_over import leave_group
from app.core.groups.models import MemberRow, MembershipRow
from app.core.ids import MemberId, PersonId
from app.core.intake.effects import Effect, effects_of
from app.core.intake.models import ImportAliasRow, ImportExtraRow
from app.core.intake.services.listed_people import FILLED, JOINED
from app.core.intake.traces import traces_anywhere, traces_in_group
from app.core.notices.models import NoticeRow
from app.core.people.models import PersonRow
from app.core.work import UnitOfWork

_MEMBER = table_of(MemberRow)
_MEMBERSHIP = table_of(MembershipRow)
_PERSON = table_of(PersonRow)
_GOES_ALONG: tuple[Any, ...] = (
    table_of(ImportAliasRow),
    table_of(ImportExtraRow),
    table_of(NoticeRow),
    _MEMBERSHIP,
)
"""What says nothing about the member having been active, and goes with them."""

_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class BroughtMember:
    """A member whom the file brought: `entries` is how much was recorded about them since, `is_changed` their profile."""

    member_id: MemberId
    name: str
    person_id: PersonId
    person_is_new: bool
    entries: int
    is_changed: bool
    has_left: bool

    @property
    def is_touched(self) -> bool:
        """Whether the house would lose something with them."""
        return bool(self.entries) or self.is_changed


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledField:
    """A blank that the file filled in; `is_changed` where it says something else by now."""

    member_id: MemberId
    name: str
    field: str
    is_changed: bool


def brought_members(session: Session, group: Group, batch_id: int) -> list[BroughtMember]:
    """Return the members whom the file brought and who are still there."""
    made = {
        _member_of(effect): json.loads(effect.after)
        for effect in effects_of(session, group.id, batch_id, JOINED)
    }
    if not made:
        return []
    besides = frozenset(table.name for table in _GOES_ALONG)
    entries = traces_in_group(session, group.id, _MEMBER, made, besides=besides)
    new_people = [one["person"] for one in made.values() if one["person_is_new"]]
    accounts = traces_anywhere(session, _PERSON, new_people, besides=frozenset({_MEMBER.name}))
    terms = _terms(session, group, made)
    return [
        BroughtMember(
            member_id=MemberId(row.id),
            name=row.name,
            person_id=PersonId(row.person_id),
            person_is_new=made[row.id]["person_is_new"] and row.person_id == made[row.id]["person"],
            entries=entries[row.id] + accounts[row.person_id],
            is_changed=row.version != 1
            or [term.id for term in terms[row.id]] != [made[row.id]["membership"]],
            has_left=all(term.ended_on is not None for term in terms[row.id]),
        )
        for row in _rows(session, group, made)
    ]


def filled_fields(session: Session, group: Group, batch_id: int) -> list[FilledField]:
    """Return the blanks that the file filled in, of members who are still there."""
    effects = effects_of(session, group.id, batch_id, FILLED)
    rows = {row.id: row for row in _rows(session, group, [_member_of(effect) for effect in effects])}
    return [
        FilledField(
            member_id=_member_of(effect),
            name=row.name,
            field=field,
            is_changed=getattr(row, field) != text,
        )
        for effect in effects
        if (row := rows.get(_member_of(effect))) is not None
        for field, text in json.loads(effect.after).items()
        if getattr(row, field)
    ]


def remove_members(work: UnitOfWork, group: Group, members: Sequence[BroughtMember]) -> int:
    """Remove these members, and people whom nobody else knows, without a trace but in the ledger; the caller commits."""
    keys = [one.member_id for one in members]
    for part in _parts(keys):
        for table in _GOES_ALONG:
            work.session.execute(
                delete(table).where(table.c.group_id == group.id, table.c.member_id.in_(part))
            )
        work.session.execute(delete(_MEMBER).where(_MEMBER.c.group_id == group.id, _MEMBER.c.id.in_(part)))
    new_people = [one.person_id for one in members if one.person_is_new]
    known_elsewhere = traces_anywhere(work.session, _PERSON, new_people, besides=frozenset())
    for part in _parts([person for person in new_people if not known_elsewhere[person]]):
        work.session.execute(delete(_PERSON).where(_PERSON.c.id.in_(part)))
    return len(keys)


def end_memberships(work: UnitOfWork, group: Group, members: Sequence[BroughtMember], today: date) -> int:
    """Let the memberships of touched members end today, since what was recorded about them stays; the caller commits."""
    open_ones = [one for one in members if not one.has_left]
    for one in open_ones:
        started = work.session.scalar(
            select(_MEMBERSHIP.c.started_on).where(
                _MEMBERSHIP.c.group_id == group.id,
                _MEMBERSHIP.c.member_id == one.member_id,
                _MEMBERSHIP.c.ended_on.is_(None),
            )
        )
        leave_group(
            work,
            group,
            member_id=one.member_id,
            last_day=max(today, started or today),
            reason="import-undone",
        )
    return len(open_ones)


def empty_again(work: UnitOfWork, group: Group, fields: Sequence[FilledField]) -> int:
    """Empty the fields that the file had filled in; the caller commits."""
    for field in sorted({one.field for one in fields}):
        for part in _parts([one.member_id for one in fields if one.field == field]):
            work.session.execute(
                update(_MEMBER)
                .where(_MEMBER.c.group_id == group.id, _MEMBER.c.id.in_(part))
                .values({field: "", "version": _MEMBER.c.version + 1})
            )
    return len(fields)


def _member_of(effect: Effect) -> MemberId:
    return MemberId(int(effect.subject.removeprefix("member:")))


def _rows(session: Session, group: Group, keys: Collection[MemberId]) -> Iterator[Any]:
    columns = [column for column in _MEMBER.c if column.name != "about"]
    for part in _parts(sorted(keys)):
        yield from session.execute(
            select(*columns, _PERSON.c.name)
            .join(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
            .where(_MEMBER.c.group_id == group.id, _MEMBER.c.id.in_(part))
            .order_by(_PERSON.c.sort_name)
        )


def _terms(session: Session, group: Group, keys: Collection[MemberId]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {key: [] for key in keys}
    for part in _parts(sorted(keys)):
        rows = session.execute(
            select(_MEMBERSHIP.c.id, _MEMBERSHIP.c.member_id, _MEMBERSHIP.c.ended_on).where(
                _MEMBERSHIP.c.group_id == group.id, _MEMBERSHIP.c.member_id.in_(part)
            )
        )
        for row in rows:
            found[row.member_id].append(row)
    return found


def _parts(keys: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(keys), _AT_ONCE):
        yield keys[start : start + _AT_ONCE]
