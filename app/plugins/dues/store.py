"""Writing dues, each act one statement."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, insert, update
from sqlalchemy.orm import Session

from app.core.ids import GroupId
from app.plugins.dues.models import EntryRow

_ENTRY: Any = EntryRow.__table__
_AT_ONCE = 500


def add_entries(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Keep what is owed or paid."""
    for start in range(0, len(rows), _AT_ONCE):
        session.execute(insert(_ENTRY), rows[start : start + _AT_ONCE])


def change_entry(
    session: Session, group_id: GroupId, entry_id: int, seen_version: int, values: dict[str, Any]
) -> bool:
    """Write over the version seen; return False if it has changed since."""
    changed = session.execute(
        update(_ENTRY)
        .where(_ENTRY.c.group_id == group_id, _ENTRY.c.id == entry_id, _ENTRY.c.version == seen_version)
        .values(**values, version=_ENTRY.c.version + 1)
        .returning(_ENTRY.c.id)
    )
    return changed.one_or_none() is not None


def remove_entries(session: Session, group_id: GroupId, entry_ids: Sequence[int]) -> None:
    """Take away what a file had brought."""
    for start in range(0, len(entry_ids), _AT_ONCE):
        some = entry_ids[start : start + _AT_ONCE]
        session.execute(delete(_ENTRY).where(_ENTRY.c.group_id == group_id, _ENTRY.c.id.in_(some)))
