"""Writing talks and the question to leavers, each act one statement that the state before allows."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.core.database import table_of
from app.core.ids import GroupId, MemberId
from app.plugins.firstyear.domain.keys import ExitId, TalkId
from app.plugins.firstyear.domain.leaving import ExitState
from app.plugins.firstyear.domain.talks import TalkState
from app.plugins.firstyear.models import ExitRow, TalkRow
from app.plugins.firstyear.store import added

_EXIT = table_of(ExitRow)
_TALK = table_of(TalkRow)

NOTHING_WRITTEN = {"words": "", "wishes": "", "reason": "", "outcome": "", "seen_by": ""}
"""What stands in the place of what was written of a talk once it is forgotten."""


def settle_talk(
    session: Session,
    group_id: GroupId,
    talk_id: TalkId,
    values: dict[str, Any],
    seen_version: int | None = None,
) -> bool:
    """Write how a due talk ended, once; over the version seen, if one is given. Return False where it is settled."""
    where = [_TALK.c.group_id == group_id, _TALK.c.id == talk_id, _TALK.c.state == TalkState.DUE.value]
    if seen_version is not None:
        where.append(_TALK.c.version == seen_version)
    return _changed(session, where, values)


def give_talk(
    session: Session, group_id: GroupId, talk_id: TalkId, owner: MemberId | None, *, is_named: bool
) -> bool:
    """Give a due talk to another owner, who is still to be told."""
    values = {"owner_member_id": owner, "is_owner_named": is_named, "told_on": None}
    return settle_talk(session, group_id, talk_id, values)


def put_off(session: Session, group_id: GroupId, talk_id: TalkId, due_on: date) -> bool:
    """Let leave move a due talk that nobody moved by hand."""
    return settle_talk(session, group_id, talk_id, {"due_on": due_on, "told_on": None})


def mark_told(session: Session, group_id: GroupId, talk_id: TalkId, today: date) -> bool:
    """Note that the owner was told of a due talk; return False where they had been."""
    where = [
        _TALK.c.group_id == group_id,
        _TALK.c.id == talk_id,
        _TALK.c.state == TalkState.DUE.value,
        _TALK.c.told_on.is_(None),
    ]
    return _changed(session, where, {"told_on": today})


def keep_wishes(session: Session, group_id: GroupId, talk_id: TalkId, wishes: str) -> bool:
    """Keep what the member wants from the next year, while the talk is due."""
    return settle_talk(session, group_id, talk_id, {"wishes": wishes})


def forget_talk(session: Session, group_id: GroupId, talk_id: TalkId, at: datetime) -> None:
    """Blank what was written of a talk."""
    _changed(
        session,
        [_TALK.c.group_id == group_id, _TALK.c.id == talk_id],
        {**NOTHING_WRITTEN, "forgotten_at_utc": at},
    )


def add_exit(session: Session, values: dict[str, Any]) -> bool:
    """Keep that somebody leaves; return False where that end is known already."""
    return bool(added(session, _EXIT, [values]))


def change_exit(
    session: Session, group_id: GroupId, exit_id: ExitId, before: frozenset[ExitState], values: dict[str, Any]
) -> bool:
    """Write values over a leaver's row while it is in one of the states; return False where it is not."""
    changed = session.execute(
        update(_EXIT)
        .where(
            _EXIT.c.group_id == group_id,
            _EXIT.c.id == exit_id,
            _EXIT.c.state.in_(sorted(state.value for state in before)),
            _EXIT.c.forgotten_at_utc.is_(None),
        )
        .values(values)
        .returning(_EXIT.c.id)
    )
    return changed.first() is not None


def _changed(session: Session, where: list[Any], values: dict[str, Any]) -> bool:
    changed = session.execute(
        update(_TALK).where(*where).values(**values, version=_TALK.c.version + 1).returning(_TALK.c.id)
    )
    return changed.first() is not None
