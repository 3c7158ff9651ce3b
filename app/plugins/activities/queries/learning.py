"""What a member learned, and one learning unit in full."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.ids import GroupId, MemberId
from app.core.local_time import Period
from app.plugins.activities.domain.keys import LearningId
from app.plugins.activities.models import LearningRow

_LEARNING: Any = LearningRow.__table__


@dataclass(frozen=True, slots=True, kw_only=True)
class Learning:
    """One line of learning, as its member sees it."""

    id: LearningId
    public_id: str
    what: str
    learned_on: date
    units: int
    recorded_at: datetime
    version: int


def learning_of(session: Session, group_id: GroupId, member_id: MemberId, period: Period) -> list[Learning]:
    """Return what the member learned in those days, the newest first."""
    query = (
        select(_LEARNING)
        .where(
            _LEARNING.c.group_id == group_id,
            _LEARNING.c.member_id == member_id,
            _LEARNING.c.learned_on.between(period.first, period.last),
        )
        .order_by(_LEARNING.c.learned_on.desc(), _LEARNING.c.id.desc())
    )
    return [_learning(row) for row in session.execute(query)]


def learning_for(session: Session, group_id: GroupId, public_id: str, member_id: MemberId) -> Learning | None:
    """Return the line of learning, for the member who learned; to everybody else there is none."""
    row = session.execute(
        select(_LEARNING).where(
            _LEARNING.c.group_id == group_id,
            _LEARNING.c.public_id == public_id,
            _LEARNING.c.member_id == member_id,
        )
    ).first()
    return _learning(row) if row else None


def _learning(row: Any) -> Learning:
    return Learning(
        id=LearningId(row.id),
        public_id=row.public_id,
        what=row.what,
        learned_on=row.learned_on,
        units=row.units,
        recorded_at=row.created_at_utc,
        version=row.version,
    )
