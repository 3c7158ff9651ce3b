"""Writing what belongs to a visit: links to the own page, further inviters, the call, its notes, the answer."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, update
from sqlalchemy.orm import Session

from app.core.ids import GroupId, MemberId
from app.plugins.welcome.models_visits import CallNoteRow, CallRow, CoInviterRow, VisitAnswerRow, VisitLinkRow

_LINK: Any = VisitLinkRow.__table__
_CO_INVITER: Any = CoInviterRow.__table__
_CALL: Any = CallRow.__table__
_NOTE: Any = CallNoteRow.__table__
_ANSWER: Any = VisitAnswerRow.__table__


def add_link(session: Session, group_id: GroupId, visitor_id: int, link_hash: str, at: datetime) -> None:
    """Keep a further link to a visitor's own page."""
    values = {"group_id": group_id, "link_hash": link_hash, "visitor_id": visitor_id, "made_at_utc": at}
    session.execute(insert(_LINK).values(values))


def add_co_inviter(
    session: Session, group_id: GroupId, visitor_id: int, *, key: int, member: MemberId | None, words: str
) -> None:
    """Keep whom a further registration of the same visitor named."""
    values = {"group_id": group_id, "id": key, "visitor_id": visitor_id, "member_id": member, "words": words}
    session.execute(insert(_CO_INVITER).values(values))


def add_call(
    session: Session,
    group_id: GroupId,
    visitor_id: int,
    *,
    owner: MemberId | None,
    at: datetime,
    due: datetime,
) -> None:
    """Give the call after a visit to whoever makes it."""
    values = {
        "group_id": group_id,
        "visitor_id": visitor_id,
        "owner_member_id": owner,
        "made_at_utc": at,
        "due_at_utc": due,
    }
    session.execute(insert(_CALL).values(values))


def give_call_to(session: Session, group_id: GroupId, visitor_id: int, owner: MemberId | None) -> None:
    """Give a call that is still to be made to somebody else."""
    session.execute(
        update(_CALL)
        .where(
            _CALL.c.group_id == group_id, _CALL.c.visitor_id == visitor_id, _CALL.c.called_at_utc.is_(None)
        )
        .values(owner_member_id=owner)
    )


def mark_visitor_called(
    session: Session, group_id: GroupId, visitor_id: int, by: MemberId, at: datetime
) -> bool:
    """Note that the call was made, once; return False where it was noted already or there is none."""
    changed = session.execute(
        update(_CALL)
        .where(
            _CALL.c.group_id == group_id, _CALL.c.visitor_id == visitor_id, _CALL.c.called_at_utc.is_(None)
        )
        .values(called_at_utc=at, called_by_member_id=by)
        .returning(_CALL.c.visitor_id)
    )
    return changed.one_or_none() is not None


def add_note(
    session: Session,
    group_id: GroupId,
    visitor_id: int,
    *,
    key: int,
    author: MemberId,
    words: str,
    at: datetime,
) -> None:
    """Add a note of a call."""
    values = {
        "group_id": group_id,
        "id": key,
        "visitor_id": visitor_id,
        "author_member_id": author,
        "words": words,
        "written_at_utc": at,
    }
    session.execute(insert(_NOTE).values(values))


def keep_answer(
    session: Session, group_id: GroupId, visitor_id: int, *, answer: str, words: str, at: datetime
) -> None:
    """Keep the answer to the one question; a later one replaces it."""
    own = (_ANSWER.c.group_id == group_id, _ANSWER.c.visitor_id == visitor_id)
    session.execute(delete(_ANSWER).where(*own))
    session.execute(
        insert(_ANSWER).values(
            group_id=group_id, visitor_id=visitor_id, answer=answer, words=words, answered_at_utc=at
        )
    )


def forget_visits(session: Session, group_id: GroupId, visitor_ids: list[int]) -> None:
    """Delete what hangs on these visitors: links, further inviters, calls, notes, answers."""
    for table in (_LINK, _CO_INVITER, _CALL, _NOTE, _ANSWER):
        session.execute(
            delete(table).where(table.c.group_id == group_id, table.c.visitor_id.in_(visitor_ids))
        )
