"""Two records of one human become one: every key that points at the record that goes is pointed at the one that stays."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
    and_,
    delete,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session

from app.core.database import table_of
from app.core.errors import Refusal
from app.core.groups.models import MemberRow, MembershipRow
from app.core.ids import GroupId, MemberId, PersonId
from app.core.person_data.by_hand import close_account
from app.core.person_data.declared import MEMBER, PERSON, Keys, labelled, leads_to, ways_to_people
from app.core.person_data.erasing import tables_there

_MEMBER: Any = table_of(MemberRow)
_MEMBERSHIP: Any = table_of(MembershipRow)
_TWO = re.compile(r"(\w+) <> (\w+)")
_BY_ITSELF = frozenset({"member", "account", "outgoing_mail"})
"""Tables that a merge treats in a way of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Both:
    """The two records of one human in one group."""

    group_id: GroupId
    kept: MemberId
    gone: MemberId


def shared_groups(kept: Keys, gone: Keys) -> list[Both]:
    """Return the groups in which both have a record."""
    here = dict(kept.members)
    return [
        Both(group_id=group_id, kept=here[group_id], gone=member_id)
        for group_id, member_id in gone.members
        if group_id in here
    ]


def refusals_for_both(session: Session, both: Both, group: str) -> list[Refusal]:
    """Return every reason why the two records of a group cannot be one. `group` is its name. Ask after the plugins made room."""
    refusals = []
    if _at_once(session, both):
        refusals.append(Refusal(code="people.members_at_once", facts={"group": group}))
    for table in tables_there(session):
        if (between := _between(session, table, both)) > 0:
            refusals.append(
                Refusal(
                    code="people.between_the_two",
                    facts={"group": group, "count": between, "what": table.name},
                )
            )
        if table.name not in _BY_ITSELF and (same := _colliding(session, table, both)) > 0:
            refusals.append(
                Refusal(
                    code="people.both_have_one", facts={"group": group, "count": same, "what": table.name}
                )
            )
    return refusals


def let_own_ones_go(session: Session, both: Both) -> None:
    """Take away what the record that goes has one of, where the one that stays has its own: such as chosen mail times."""
    for table in reversed(tables_there(session)):
        if table.name in _BY_ITSELF or not _is_one_a_member(table):
            continue
        kept = select(table.c.member_id).where(
            table.c.group_id == both.group_id, table.c.member_id == both.kept
        )
        session.execute(
            delete(table).where(
                table.c.group_id == both.group_id, table.c.member_id == both.gone, kept.exists()
            )
        )


def keep_later_seat(session: Session, both: Both) -> None:
    """Give the record that stays the firm and trade of the other where that one was a member last: its seat is the one held."""
    last = {
        row.member_id: row.last
        for row in session.execute(
            select(_MEMBERSHIP.c.member_id, func.max(_MEMBERSHIP.c.started_on).label("last"))
            .where(
                _MEMBERSHIP.c.group_id == both.group_id, _MEMBERSHIP.c.member_id.in_((both.kept, both.gone))
            )
            .group_by(_MEMBERSHIP.c.member_id)
        )
    }
    if last.get(both.gone, date.min) <= last.get(both.kept, date.min):
        return
    later = select(_MEMBER.c.firm, _MEMBER.c.trade).where(
        _MEMBER.c.group_id == both.group_id, _MEMBER.c.id == both.gone
    )
    firm, trade = session.execute(later).one()
    session.execute(
        update(_MEMBER)
        .where(_MEMBER.c.group_id == both.group_id, _MEMBER.c.id == both.kept)
        .values(firm=firm, trade=trade)
    )


def point_at_kept(session: Session, both: Both) -> Counter[str]:
    """Point every key of the group from the record that goes at the one that stays, and remove the empty record."""
    moved: Counter[str] = Counter()
    for table in tables_there(session):
        for column in _member_columns(table):
            changed: Any = session.execute(
                update(table)
                .where(table.c.group_id == both.group_id, table.c[column] == both.gone)
                .values({column: both.kept})
            )
            moved[table.name] += changed.rowcount
    session.execute(delete(_MEMBER).where(_MEMBER.c.group_id == both.group_id, _MEMBER.c.id == both.gone))
    return +moved


def hand_over_person(session: Session, kept: Keys, gone: Keys) -> None:
    """Give the person who stays the groups and the account of the other; what was mailed to the other is forgotten."""
    session.execute(
        update(_MEMBER).where(_MEMBER.c.person_id == gone.person_id).values(person_id=kept.person_id)
    )
    for table in tables_there(session):
        if table.name in {"member", "account"}:
            continue
        for column in ways_to_people(table):
            if leads_to(table, column).name != PERSON:
                continue
            own = table.c[column] == gone.person_id
            if table.name == "outgoing_mail":
                session.execute(delete(table).where(own))
            else:
                session.execute(update(table).where(own).values({column: kept.person_id}))
    account = next(table for table in tables_there(session) if table.name == "account")
    if session.scalar(select(account.c.id).where(account.c.person_id == kept.person_id)) is None:
        session.execute(
            update(account).where(account.c.person_id == gone.person_id).values(person_id=kept.person_id)
        )
    else:
        close_account(session, Keys(person_id=PersonId(gone.person_id), members=()))


def _at_once(session: Session, both: Both) -> bool:
    """Return whether a membership of one runs on a day of a membership of the other."""
    one, other = _MEMBERSHIP.alias("one"), _MEMBERSHIP.alias("other")
    met = (
        select(func.count())
        .select_from(one)
        .join(other, and_(other.c.group_id == one.c.group_id, other.c.member_id == both.gone))
        .where(
            one.c.group_id == both.group_id,
            one.c.member_id == both.kept,
            or_(one.c.ended_on.is_(None), one.c.ended_on >= other.c.started_on),
            or_(other.c.ended_on.is_(None), other.c.ended_on >= one.c.started_on),
        )
    )
    return bool(session.scalar(met))


def _between(session: Session, table: Table, both: Both) -> int:
    """Return how many rows are of something between the two, such as a talk or a slip."""
    two = (both.kept, both.gone)
    conditions = [
        and_(table.c[one].in_(two), table.c[other].in_(two), table.c[one] != table.c[other])
        for one, other in _pairs(table)
    ]
    if not conditions:
        return 0
    query = select(func.count()).select_from(table).where(table.c.group_id == both.group_id, or_(*conditions))
    return session.scalar(query) or 0


def _pairs(table: Table) -> Iterator[tuple[str, str]]:
    """Yield the columns that are two sides of something: by a rule of the table, or because both may read its texts."""
    members = set(_member_columns(table))
    for check in table.constraints:
        if isinstance(check, CheckConstraint):
            for one, other in _TWO.findall(str(check.sqltext)):
                if {one, other} <= members:
                    yield one, other
    sides = {path for one in labelled([table]) for path in one.exported_to}
    sides |= {column.name for column in table.primary_key}
    yield from combinations(sorted(sides & members), 2)


def _colliding(session: Session, table: Table, both: Both) -> int:
    """Return how many rows of the one stand where the other has a row already."""
    members, count = _member_columns(table), 0
    for names in _unique_keys(table):
        for column in [name for name in names if name in members]:
            gone, kept = table.alias("of_gone"), table.alias("of_kept")
            same = [gone.c[name] == kept.c[name] for name in names if name != column]
            query = (
                select(func.count())
                .select_from(gone)
                .join(kept, and_(*same))
                .where(
                    gone.c.group_id == both.group_id,
                    kept.c.group_id == both.group_id,
                    gone.c[column] == both.gone,
                    kept.c[column] == both.kept,
                )
            )
            count += session.scalar(query) or 0
    return count


def _unique_keys(table: Table) -> Iterator[Sequence[str]]:
    for constraint in table.constraints:
        if isinstance(constraint, PrimaryKeyConstraint | UniqueConstraint):
            yield [column.name for column in constraint.columns]


def _is_one_a_member(table: Table) -> bool:
    return [column.name for column in table.primary_key] == ["group_id", "member_id"]


def _member_columns(table: Table) -> list[str]:
    """Return the columns that name a member of the row's group, also those that are no foreign key."""
    if "group_id" not in table.c:
        return []
    pointing = ways_to_people(table)
    bare = [
        column.name
        for column in table.columns
        if column.name.endswith("member_id") and column.name not in pointing
    ]
    return [*(name for name in pointing if leads_to(table, name).name == MEMBER), *bare]
