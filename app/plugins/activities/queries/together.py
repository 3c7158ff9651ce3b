"""How many one-to-ones did two members have? The count and the latest day, never place or note."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.ids import GroupId, MemberId
from app.plugins.activities.interface import TalksOfTwo
from app.plugins.activities.models import OneToOneRow
from app.plugins.activities.queries.talks import is_pair

_TALK: Any = OneToOneRow.__table__


class StoredTalks:
    """Answers other plugins how often two members talked."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of_two(self, group_id: GroupId, member_id: MemberId, other: MemberId) -> TalksOfTwo:
        """Return how many one-to-ones the two had, and when the latest was."""
        query = select(func.count().label("talks"), func.max(_TALK.c.held_on).label("last_on")).where(
            _TALK.c.group_id == group_id, is_pair(member_id, other)
        )
        row = self._session.execute(query).one()
        return TalksOfTwo(talks=row.talks, last_on=row.last_on)
