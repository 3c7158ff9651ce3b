"""What did a member note of a colleague? For the one who wrote it, and nobody else."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.ids import GroupId, MemberId
from app.plugins.referrals.models_rights import OwnNoteRow

_NOTE: Any = OwnNoteRow.__table__


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnNote:
    """A note with its version; version 0 and no text where nothing was noted yet."""

    text: str = ""
    version: int = 0


def own_note(session: Session, group_id: GroupId, member_id: MemberId, about: MemberId) -> OwnNote:
    """Return what the member noted of the other."""
    query = select(_NOTE.c.text, _NOTE.c.version).where(
        _NOTE.c.group_id == group_id, _NOTE.c.member_id == member_id, _NOTE.c.about_member_id == about
    )
    row = session.execute(query).one_or_none()
    return OwnNote(text=row.text, version=row.version) if row else OwnNote()
