"""How many one-to-ones and learning units there are: of each member for PALMS, and of the whole group."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, union_all
from sqlalchemy.orm import Session

from app.core.ids import GroupId, MemberId
from app.core.local_time import Period
from app.plugins.activities.models import LearningRow, OneToOneRow

_TALK: Any = OneToOneRow.__table__
_LEARNING: Any = LearningRow.__table__


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupCounts:
    """What the group did in a period: `talks` counts each one-to-one once, though it counts for both in PALMS."""

    talks: int
    units: int


def talk_counts(session: Session, group_id: GroupId, period: Period) -> Mapping[MemberId, int]:
    """Return for each member how many one-to-ones they had; each counts for both of the two. One statement."""
    sides = union_all(
        *(
            select(column.label("member_id")).where(
                _TALK.c.group_id == group_id,
                _TALK.c.held_on.between(period.first, period.last),
                column.is_not(None),
            )
            for column in (_TALK.c.member_id, _TALK.c.with_member_id)
        )
    ).subquery()
    query = select(sides.c.member_id, func.count().label("talks")).group_by(sides.c.member_id)
    return {MemberId(row.member_id): row.talks for row in session.execute(query)}


def learning_units(session: Session, group_id: GroupId, period: Period) -> Mapping[MemberId, int]:
    """Return for each member the sum of their learning units. One statement."""
    query = (
        select(_LEARNING.c.member_id, func.sum(_LEARNING.c.units).label("units"))
        .where(_LEARNING.c.group_id == group_id, _LEARNING.c.learned_on.between(period.first, period.last))
        .group_by(_LEARNING.c.member_id)
    )
    return {MemberId(row.member_id): int(row.units) for row in session.execute(query)}


def group_counts(session: Session, group_id: GroupId, period: Period) -> GroupCounts:
    """Return the plain counts of the group in the period. One statement."""
    talks = (
        select(func.count())
        .select_from(_TALK)
        .where(_TALK.c.group_id == group_id, _TALK.c.held_on.between(period.first, period.last))
        .scalar_subquery()
    )
    units = (
        select(func.coalesce(func.sum(_LEARNING.c.units), 0))
        .where(_LEARNING.c.group_id == group_id, _LEARNING.c.learned_on.between(period.first, period.last))
        .scalar_subquery()
    )
    row = session.execute(select(talks.label("talks"), units.label("units"))).one()
    return GroupCounts(talks=row.talks, units=int(row.units))


def own_counts(session: Session, group_id: GroupId, member_id: MemberId, period: Period) -> GroupCounts:
    """Return the member's own counts in the period. One statement."""
    in_period = _TALK.c.held_on.between(period.first, period.last)
    is_own = (_TALK.c.member_id == member_id) | (_TALK.c.with_member_id == member_id)
    talks = select(func.count()).where(_TALK.c.group_id == group_id, in_period, is_own).scalar_subquery()
    units = (
        select(func.coalesce(func.sum(_LEARNING.c.units), 0))
        .where(
            _LEARNING.c.group_id == group_id,
            _LEARNING.c.member_id == member_id,
            _LEARNING.c.learned_on.between(period.first, period.last),
        )
        .scalar_subquery()
    )
    row = session.execute(select(talks.label("talks"), units.label("units"))).one()
    return GroupCounts(talks=row.talks, units=int(row.units))
