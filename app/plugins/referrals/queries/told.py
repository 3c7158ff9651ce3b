"""Who may know of a slip yet? For a minute after it was passed its giver alone, and for good where they undid it."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from app.core.ids import GroupId, MemberId
from app.core.ledger.queries import pulse_query
from app.plugins.referrals.models import SlipRow

_SLIP: Any = SlipRow.__table__


def is_told(now: datetime) -> ColumnElement[bool]:
    """Return the condition that the minute in which its giver may undo the slip is over: from then on it counts."""
    return or_(_SLIP.c.told_from_utc.is_(None), _SLIP.c.told_from_utc <= now)


def has_reached_receiver(now: datetime) -> ColumnElement[bool]:
    """Return the condition that the receiver knows of the slip: what ended before they were told never reaches them."""
    ended_before = _SLIP.c.closed_at_utc < _SLIP.c.told_from_utc
    return or_(
        _SLIP.c.told_from_utc.is_(None),
        and_(_SLIP.c.told_from_utc <= now, or_(_SLIP.c.closed_at_utc.is_(None), ~ended_before)),
    )


def latest_change(session: Session, group_id: GroupId, now: datetime) -> str:
    """Return a mark of what pages may show: the group's pulse, and when the minute of a slip was last over. One statement."""
    last_told = select(func.max(_SLIP.c.told_from_utc)).where(
        _SLIP.c.group_id == group_id, _SLIP.c.told_from_utc <= now
    )
    row = session.execute(select(pulse_query(group_id).scalar_subquery(), last_told.scalar_subquery())).one()
    return f"{row[0] or 0}-{row[1]}"


def is_known_to(member_id: MemberId, now: datetime) -> ColumnElement[bool]:
    """Return the condition that the member is its giver, or its receiver who knows of it."""
    received = and_(_SLIP.c.receiver_member_id == member_id, has_reached_receiver(now))
    return or_(_SLIP.c.giver_member_id == member_id, received)
