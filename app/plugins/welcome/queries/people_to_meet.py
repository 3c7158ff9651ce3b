"""To whom may a member be of help: who joined lately, who is expected as a visitor; and whom did a member bring?"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from app.core.database import table_of
from app.core.ids import GroupId, MemberId
from app.core.work import UnitOfWork
from app.plugins.giving.interface import GivenOn, PersonToMeet
from app.plugins.welcome.domain.visitor import THERE, VisitState
from app.plugins.welcome.models import VisitorRow
from app.plugins.welcome.queries.newcomers import newcomers_read

_VISITOR = table_of(VisitorRow)
_MOST = 100


class KnownPeople:
    """Answers from newcomers and visitors: names and days, never how somebody can be reached."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work
        self._session = work.session

    def newcomers(self, group_id: GroupId, since: date, today: date) -> Sequence[PersonToMeet]:
        """Return the members who joined on `since` or later and are members today, the latest first."""
        return [
            PersonToMeet(name=one.name, public_id=one.public_id, day=one.started_on)
            for one in newcomers_read(self._work, group_id, since, today)
        ]

    def guests(self, group_id: GroupId, first: date, last: date) -> Sequence[PersonToMeet]:
        """Return the visitors who are noted for those days, the next first."""
        query = (
            select(_VISITOR.c.name, _VISITOR.c.came_on)
            .where(
                _VISITOR.c.group_id == group_id,
                _VISITOR.c.came_on.between(first, last),
                _VISITOR.c.state.in_(THERE),
                _VISITOR.c.forgotten_at_utc.is_(None),
            )
            .order_by(_VISITOR.c.came_on, _VISITOR.c.id)
            .limit(_MOST)
        )
        return [
            PersonToMeet(name=row.name, public_id="", day=row.came_on) for row in self._session.execute(query)
        ]

    def brought_by(self, group_id: GroupId, member_id: MemberId, since: date) -> Sequence[GivenOn]:
        """Return the visitors whom the member invited and who came on `since` or later, the latest first."""
        query = (
            select(_VISITOR.c.name, _VISITOR.c.came_on)
            .where(
                _VISITOR.c.group_id == group_id,
                _VISITOR.c.invited_by_member_id == member_id,
                _VISITOR.c.came_on >= since,
                _VISITOR.c.state == VisitState.CAME.value,
            )
            .order_by(_VISITOR.c.came_on.desc(), _VISITOR.c.id)
        )
        return [GivenOn(day=row.came_on, name=row.name) for row in self._session.execute(query)]
