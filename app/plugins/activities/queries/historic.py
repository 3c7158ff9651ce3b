"""What files brought: which one-to-ones and learning units of a day stand, and which of a file were touched since."""

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session, aliased

from app.core.groups.models import MemberRow
from app.core.ids import GroupId
from app.core.local_time import Period
from app.core.people.models import PersonRow
from app.plugins.activities.domain.keys import LearningId, OneToOneId
from app.plugins.activities.models import LearningRow, OneToOneRow

_TALK: Any = OneToOneRow.__table__
_LEARNING: Any = LearningRow.__table__
_MEMBER: Any = MemberRow.__table__
_PERSON: Any = PersonRow.__table__
_OTHER: Any = aliased(_MEMBER)
_OTHER_PERSON: Any = aliased(_PERSON)


@dataclass(frozen=True, slots=True, kw_only=True)
class BroughtTalk:
    """A one-to-one that a file brought, and whether one of the two corrected it since."""

    id: OneToOneId
    public_id: str
    name: str
    with_name: str
    is_touched: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BroughtLearning:
    """Learning units that a file brought, and whether they were corrected since."""

    id: LearningId
    public_id: str
    name: str
    units: int
    is_touched: bool


def standing_talks(session: Session, group_id: GroupId, day: date) -> Counter[Hashable]:
    """Return how many imported one-to-ones of a day stand, by the two."""
    columns = (_TALK.c.member_id, _TALK.c.with_member_id, _TALK.c.with_outside)
    query = (
        select(*columns, func.count())
        .where(_TALK.c.group_id == group_id, _TALK.c.held_on == day, _TALK.c.batch_id.is_not(None))
        .group_by(*columns)
    )
    return Counter({tuple(row[:-1]): row[-1] for row in session.execute(query)})


def standing_learning(session: Session, group_id: GroupId, day: date) -> Counter[Hashable]:
    """Return how many imported lines of learning of a day stand, by member, units and what was learned."""
    columns = (_LEARNING.c.member_id, _LEARNING.c.units, _LEARNING.c.what)
    query = (
        select(*columns, func.count())
        .where(
            _LEARNING.c.group_id == group_id,
            _LEARNING.c.learned_on == day,
            _LEARNING.c.batch_id.is_not(None),
        )
        .group_by(*columns)
    )
    return Counter({tuple(row[:-1]): row[-1] for row in session.execute(query)})


def written_here(session: Session, group_id: GroupId, period: Period) -> int:
    """Return how many one-to-ones and lines of learning were recorded in the house itself for those days."""
    counts = [
        select(func.count())
        .select_from(table)
        .where(
            table.c.group_id == group_id, table.c.batch_id.is_(None), day.between(period.first, period.last)
        )
        .scalar_subquery()
        for table, day in ((_TALK, _TALK.c.held_on), (_LEARNING, _LEARNING.c.learned_on))
    ]
    return int(session.scalar(select(counts[0] + counts[1])) or 0)


def brought_talks(session: Session, group_id: GroupId, batch_id: int) -> list[BroughtTalk]:
    """Return the one-to-ones that the file brought and that still stand."""
    of_group = _TALK.c.group_id
    query = (
        select(
            _TALK.c.id,
            _TALK.c.public_id,
            _PERSON.c.name,
            func.coalesce(_OTHER_PERSON.c.name, _TALK.c.with_outside).label("with_name"),
            _TALK.c.version,
        )
        .select_from(_TALK)
        .join(_MEMBER, and_(_MEMBER.c.group_id == of_group, _MEMBER.c.id == _TALK.c.member_id))
        .join(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
        .outerjoin(_OTHER, and_(_OTHER.c.group_id == of_group, _OTHER.c.id == _TALK.c.with_member_id))
        .outerjoin(_OTHER_PERSON, _OTHER_PERSON.c.id == _OTHER.c.person_id)
        .where(of_group == group_id, _TALK.c.batch_id == batch_id)
        .order_by(_TALK.c.id)
    )
    return [
        BroughtTalk(
            id=OneToOneId(row.id),
            public_id=row.public_id,
            name=row.name,
            with_name=row.with_name,
            is_touched=row.version > 1,
        )
        for row in session.execute(query)
    ]


def brought_learning(session: Session, group_id: GroupId, batch_id: int) -> list[BroughtLearning]:
    """Return the lines of learning that the file brought and that still stand."""
    of_group = _LEARNING.c.group_id
    query = (
        select(_LEARNING.c.id, _LEARNING.c.public_id, _PERSON.c.name, _LEARNING.c.units, _LEARNING.c.version)
        .select_from(_LEARNING)
        .join(_MEMBER, and_(_MEMBER.c.group_id == of_group, _MEMBER.c.id == _LEARNING.c.member_id))
        .join(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
        .where(of_group == group_id, _LEARNING.c.batch_id == batch_id)
        .order_by(_LEARNING.c.id)
    )
    return [
        BroughtLearning(
            id=LearningId(row.id),
            public_id=row.public_id,
            name=row.name,
            units=row.units,
            is_touched=row.version > 1,
        )
        for row in session.execute(query)
    ]
