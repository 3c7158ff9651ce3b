"""Has a member begun to give, and to ask? The first day of each, no words."""

from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.ids import GroupId, MemberId
from app.core.local_time import Period, local_day
from app.plugins.giving.interface import FirstGiving
from app.plugins.giving.models import AskRow
from app.plugins.giving.queries.given import given_here

_ASK: Any = AskRow.__table__


class BegunGiving:
    """Answers whoever looks after newcomers when they first gave and asked."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of_member(self, group_id: GroupId, member_id: MemberId, since: date, zone: str) -> FirstGiving:
        """Return the days of the first contribution and the first ask on `since` or later."""
        begins = Period(first=since, last=since).starts_at_utc(zone)
        given = given_here(self._session, group_id, member_id, begins)
        asked_at = self._session.scalar(
            select(func.min(_ASK.c.opened_at_utc)).where(
                _ASK.c.group_id == group_id,
                _ASK.c.asker_member_id == member_id,
                _ASK.c.opened_at_utc >= begins,
            )
        )
        return FirstGiving(
            gave_on=local_day(given[-1].at_utc, zone) if given else None,
            asked_on=local_day(asked_at, zone) if asked_at else None,
        )
