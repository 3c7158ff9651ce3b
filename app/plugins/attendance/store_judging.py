"""Writing when the presentations began, and judging arrivals again by it: each one statement the database decides."""

from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import bindparam, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.core.ids import GroupId, MeetingId, MemberId
from app.plugins.attendance.domain.record import RecordState
from app.plugins.attendance.domain.status import Status
from app.plugins.attendance.models import MarkRow, RecordRow

_MARK: Any = MarkRow.__table__
_RECORD: Any = RecordRow.__table__
_DIALECTS: MappingProxyType[str, Any] = MappingProxyType({"sqlite": sqlite, "postgresql": postgresql})


def keep_beginning(session: Session, group_id: GroupId, meeting_id: MeetingId, began: datetime) -> bool:
    """Keep when the presentations began, unless it stands already; return whether this was the first word."""
    new = (
        _DIALECTS[session.get_bind().dialect.name]
        .insert(_RECORD)
        .values(
            group_id=group_id,
            meeting_id=meeting_id,
            state=RecordState.DRAFT.value,
            version=1,
            presentations_began_at_utc=began,
        )
    )
    kept = new.on_conflict_do_update(
        index_elements=["group_id", "meeting_id"],
        set_={"presentations_began_at_utc": began, "version": _RECORD.c.version + 1},
        where=_RECORD.c.presentations_began_at_utc.is_(None),
    ).returning(_RECORD.c.version)
    return session.execute(kept).one_or_none() is not None


def forget_beginning(session: Session, group_id: GroupId, meeting_id: MeetingId) -> bool:
    """Forget when the presentations began; return False where it was forgotten before."""
    forgotten = (
        update(_RECORD)
        .where(
            _RECORD.c.group_id == group_id,
            _RECORD.c.meeting_id == meeting_id,
            _RECORD.c.presentations_began_at_utc.is_not(None),
        )
        .values(presentations_began_at_utc=None, version=_RECORD.c.version + 1)
        .returning(_RECORD.c.version)
    )
    return session.execute(forgotten).one_or_none() is not None


_JUDGE_AGAIN: Any = (
    update(_MARK)
    .where(
        _MARK.c.group_id == bindparam("of_group"),
        _MARK.c.meeting_id == bindparam("of_meeting"),
        _MARK.c.member_id == bindparam("of_member"),
        _MARK.c.version == bindparam("seen_version"),
    )
    .values(status=bindparam("letter"), updated_at_utc=bindparam("at"), version=_MARK.c.version + 1)
    .returning(_MARK.c.version)
)


def judge_again(
    session: Session,
    mark: tuple[GroupId, MeetingId, MemberId],
    *,
    status: Status | None,
    seen_version: int,
    at: datetime,
) -> bool:
    """Write another letter to the same arrival, or none; return False where somebody has changed the mark since it was seen."""
    group_id, meeting_id, member_id = mark
    bound = {
        "of_group": group_id,
        "of_meeting": meeting_id,
        "of_member": member_id,
        "seen_version": seen_version,
        "letter": status.value if status else None,
        "at": at,
    }
    return session.execute(_JUDGE_AGAIN, bound).one_or_none() is not None
