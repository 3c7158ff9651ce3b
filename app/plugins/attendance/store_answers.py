"""Writing what members said of a meeting beforehand: one row a member and meeting, the last word stands."""

from datetime import datetime
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.core.ids import GroupId, MeetingId
from app.plugins.attendance.domain.answers import Said
from app.plugins.attendance.models import AnswerRow

_ANSWER: Any = AnswerRow.__table__
_SAID = ("answer", "substitute_name", "note", "for_starts_at_utc", "via", "said_at_utc", "said_by_member_id")


def keep_answer(
    session: Session,
    *,
    group_id: GroupId,
    meeting_id: MeetingId,
    said: Said,
    for_starts_at: datetime,
    now: datetime,
) -> None:
    """Keep what was said of the meeting that begins at `for_starts_at`, in place of what the member said before."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    new = dialect.insert(_ANSWER).values(
        group_id=group_id,
        meeting_id=meeting_id,
        member_id=said.member_id,
        answer=said.intent.value,
        substitute_name=said.substitute_name.strip(),
        note="",
        for_starts_at_utc=for_starts_at,
        via=said.via.value,
        said_at_utc=now,
        said_by_member_id=said.said_by,
        version=1,
    )
    session.execute(
        new.on_conflict_do_update(
            index_elements=["group_id", "meeting_id", "member_id"],
            set_={name: new.excluded[name] for name in _SAID} | {"version": _ANSWER.c.version + 1},
        )
    )
