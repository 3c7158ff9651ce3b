"""Who is to be forgotten by now?"""

from datetime import date, datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from app.core.database import table_of
from app.core.ids import GroupId
from app.core.meetings.models import MeetingRow
from app.plugins.welcome.domain.visitor import VisitState
from app.plugins.welcome.models import VisitorRow

_VISITOR = table_of(VisitorRow)
_MEETING = table_of(MeetingRow)


def due_to_forget(session: Session, group_id: GroupId, today: date) -> list[tuple[int, str]]:
    """Return keys and public ids of the visitors whose time has come."""
    query = select(_VISITOR.c.id, _VISITOR.c.public_id).where(
        _VISITOR.c.group_id == group_id,
        _VISITOR.c.expires_on < today,
        _VISITOR.c.forgotten_at_utc.is_(None),
    )
    return [(row.id, row.public_id) for row in session.execute(query.order_by(_VISITOR.c.id))]


def waiting_too_long(
    session: Session, group_id: GroupId, since: datetime, now: datetime
) -> list[tuple[int, str]]:
    """Return the further registrations that nobody confirmed since then, or whose meeting has begun."""
    query = (
        select(_VISITOR.c.id, _VISITOR.c.public_id)
        .outerjoin(
            _MEETING,
            and_(_MEETING.c.group_id == _VISITOR.c.group_id, _MEETING.c.id == _VISITOR.c.meeting_id),
        )
        .where(
            _VISITOR.c.group_id == group_id,
            _VISITOR.c.state == VisitState.WAITING.value,
            or_(_VISITOR.c.noted_at_utc < since, _MEETING.c.starts_at_utc <= now),
        )
    )
    return [(row.id, row.public_id) for row in session.execute(query)]
