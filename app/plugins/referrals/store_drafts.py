"""Writing drafts: each change is over the version that was seen, and none goes over words it does not know."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.core.ids import GroupId, MemberId
from app.plugins.referrals.models_drafts import DraftRow

_DRAFT: Any = DraftRow.__table__

DraftKey = tuple[GroupId, MemberId, str]
"""Whose draft in which group, and its public id."""


def add_draft(session: Session, key: DraftKey, typed: str, now: datetime) -> bool:
    """Keep a new draft as its first version; return whether there was none yet."""
    group_id, member_id, public_id = key
    values = {
        "group_id": group_id,
        "member_id": member_id,
        "public_id": public_id,
        "typed": typed,
        "saved_at_utc": now,
        "version": 1,
    }
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    row = dialect.insert(DraftRow).values(values).on_conflict_do_nothing()
    return session.scalar(row.returning(DraftRow.public_id)) is not None


def change_draft(session: Session, key: DraftKey, typed: str, *, seen: int, now: datetime) -> bool:
    """Keep other words over the version that was seen; return whether it still stood."""
    changed = session.execute(
        update(_DRAFT)
        .where(*_is(key), _DRAFT.c.version == seen)
        .values(typed=typed, saved_at_utc=now, version=seen + 1)
        .returning(_DRAFT.c.version)
    )
    return changed.one_or_none() is not None


def drop_draft(session: Session, key: DraftKey) -> bool:
    """Delete the draft; return whether there was one."""
    gone = session.execute(delete(_DRAFT).where(*_is(key)).returning(_DRAFT.c.version))
    return gone.one_or_none() is not None


def drop_drafts_before(session: Session, group_id: GroupId, instant: datetime) -> int:
    """Delete the drafts of the group that were last kept before then; return how many."""
    gone = session.execute(
        delete(_DRAFT)
        .where(_DRAFT.c.group_id == group_id, _DRAFT.c.saved_at_utc < instant)
        .returning(_DRAFT.c.public_id)
    )
    return len(gone.all())


def _is(key: DraftKey) -> tuple[Any, ...]:
    group_id, member_id, public_id = key
    return (
        _DRAFT.c.group_id == group_id,
        _DRAFT.c.member_id == member_id,
        _DRAFT.c.public_id == public_id,
    )
