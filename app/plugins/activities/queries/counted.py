"""How often did members talk since a day, and with whom? Counts and days, never place or note."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.core.ids import GroupId, MemberId
from app.plugins.activities.models import OneToOneRow

_TALK: Any = OneToOneRow.__table__


class CountedTalks:
    """Answers other plugins how often members talked since a day."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def since(self, group_id: GroupId, began: Mapping[MemberId, date]) -> Mapping[MemberId, int]:
        """Return how many one-to-ones each of these members had on their own day or later."""
        if not began:
            return {}
        query = select(_TALK.c.member_id, _TALK.c.with_member_id, _TALK.c.held_on).where(
            _TALK.c.group_id == group_id,
            _TALK.c.held_on >= min(began.values()),
            or_(_TALK.c.member_id.in_(began), _TALK.c.with_member_id.in_(began)),
        )
        return Counter(
            MemberId(one)
            for row in self._session.execute(query)
            for one in (row.member_id, row.with_member_id)
            if one in began and began[one] <= row.held_on
        )

    def partners(self, group_id: GroupId, member_id: MemberId, day: date) -> Mapping[MemberId, date]:
        """Return the members with whom this one talked on `day` or later, each with the first of these days."""
        query = (
            select(_TALK.c.member_id, _TALK.c.with_member_id, func.min(_TALK.c.held_on).label("first_on"))
            .where(
                _TALK.c.group_id == group_id,
                _TALK.c.held_on >= day,
                _TALK.c.with_member_id.is_not(None),
                or_(_TALK.c.member_id == member_id, _TALK.c.with_member_id == member_id),
            )
            .group_by(_TALK.c.member_id, _TALK.c.with_member_id)
        )
        first: dict[MemberId, date] = {}
        for row in self._session.execute(query):
            other = MemberId(row.with_member_id if row.member_id == member_id else row.member_id)
            first[other] = min(row.first_on, first.get(other, row.first_on))
        return first
