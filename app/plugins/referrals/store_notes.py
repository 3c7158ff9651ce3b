"""Writing a member's own note of a colleague, over the version that was seen."""

from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.core.ids import GroupId, MemberId
from app.plugins.referrals.models_rights import OwnNoteRow

_NOTE: Any = OwnNoteRow.__table__


def put_note(
    session: Session,
    group_id: GroupId,
    pair: tuple[MemberId, MemberId],
    text: str,
    *,
    seen_version: int,
    now: datetime,
) -> bool:
    """Write what the first of the pair noted of the second; False where it changed since `seen_version`.

    An emptied note keeps its row, so that a later one does not begin again at a version seen before.
    """
    member_id, about = pair
    values = {"text": text, "changed_at_utc": now, "version": seen_version + 1}
    if seen_version > 0:
        changed = (
            update(_NOTE)
            .where(
                _NOTE.c.group_id == group_id,
                _NOTE.c.member_id == member_id,
                _NOTE.c.about_member_id == about,
                _NOTE.c.version == seen_version,
            )
            .values(values)
            .returning(_NOTE.c.version)
        )
        return session.execute(changed).one_or_none() is not None
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    keys = {"group_id": group_id, "member_id": member_id, "about_member_id": about}
    put = dialect.insert(OwnNoteRow).values({**keys, **values, "version": 1}).on_conflict_do_nothing()
    return session.execute(put.returning(OwnNoteRow.version)).one_or_none() is not None
