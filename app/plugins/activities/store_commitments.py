"""Writing promises to oneself; each act is one statement of their owner's."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, insert, or_, update
from sqlalchemy.orm import Session

from app.core.ids import GroupId, MemberId
from app.plugins.activities.domain.commitments import PromiseState
from app.plugins.activities.models_arranging import CommitmentRow

_PROMISE: Any = CommitmentRow.__table__


def add_promise(session: Session, values: Mapping[str, Any]) -> None:
    """Keep a promise."""
    session.execute(insert(_PROMISE).values(dict(values)))


def change_promise(
    session: Session, group_id: GroupId, member_id: MemberId, public_id: str, values: Mapping[str, Any]
) -> bool:
    """Settle or move an open promise of its owner; return False where it is none, or settled."""
    changed = session.execute(
        update(_PROMISE)
        .where(
            _PROMISE.c.group_id == group_id,
            _PROMISE.c.member_id == member_id,
            _PROMISE.c.public_id == public_id,
            _PROMISE.c.state == PromiseState.OPEN.value,
        )
        .values(dict(values))
        .returning(_PROMISE.c.id)
    )
    return changed.one_or_none() is not None


def mark_nudged(session: Session, group_id: GroupId, promise_id: int, due_on: date) -> bool:
    """Note that its owner was nudged for that day; return False where they were before."""
    changed = session.execute(
        update(_PROMISE)
        .where(
            _PROMISE.c.group_id == group_id,
            _PROMISE.c.id == promise_id,
            _PROMISE.c.due_on == due_on,
            or_(_PROMISE.c.nudged_for.is_(None), _PROMISE.c.nudged_for != due_on),
        )
        .values(nudged_for=due_on)
        .returning(_PROMISE.c.id)
    )
    return changed.one_or_none() is not None


def forget_promises(
    session: Session, group_id: GroupId, *, settled_before: datetime, due_before: date
) -> list[str]:
    """Forget what was settled before then, and what was due before that day and is still open; return their names."""
    gone = session.scalars(
        delete(_PROMISE)
        .where(
            _PROMISE.c.group_id == group_id,
            or_(_PROMISE.c.settled_at_utc < settled_before, _PROMISE.c.due_on < due_before),
        )
        .returning(_PROMISE.c.public_id)
    )
    return sorted(gone)
