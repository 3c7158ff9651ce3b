"""Writing what belongs to a visit: links to the own page, further inviters, the call, its notes, the answer."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, insert, or_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.core.ids import GroupId, MemberId
from app.core.notices.models import OutgoingMailRow
from app.plugins.welcome.domain.visitor import VisitState
from app.plugins.welcome.models import VisitorRow
from app.plugins.welcome.models_visits import (
    CallNoteRow,
    CallRow,
    CoInviterRow,
    DoorPhotoRow,
    PageRow,
    VisitAnswerRow,
    VisitLinkRow,
)

_VISITOR: Any = VisitorRow.__table__
_PAGE: Any = PageRow.__table__
_PHOTO: Any = DoorPhotoRow.__table__
_MAIL: Any = OutgoingMailRow.__table__
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


def add_registration(session: Session, values: dict[str, Any]) -> None:
    """Keep a registration as a visitor's row."""
    session.execute(insert(_VISITOR).values(values))


def set_state(
    session: Session, group_id: GroupId, visitor_id: int, state: VisitState, *, was: VisitState, **values: Any
) -> bool:
    """Bring a visit from one state to another; return False where it stands elsewhere by now."""
    changed = session.execute(
        update(_VISITOR)
        .where(
            _VISITOR.c.group_id == group_id,
            _VISITOR.c.id == visitor_id,
            _VISITOR.c.state == was.value,
            _VISITOR.c.forgotten_at_utc.is_(None),
        )
        .values(state=state.value, version=_VISITOR.c.version + 1, **values)
        .returning(_VISITOR.c.id)
    )
    return changed.one_or_none() is not None


def write_visit(session: Session, group_id: GroupId, visitor_id: int, values: dict[str, Any]) -> None:
    """Write what a visitor changed of their own visit."""
    session.execute(
        update(_VISITOR)
        .where(_VISITOR.c.group_id == group_id, _VISITOR.c.id == visitor_id)
        .values(**values, version=_VISITOR.c.version + 1)
    )


def hand_links(session: Session, group_id: GroupId, from_visitor: int, to_visitor: int) -> None:
    """Let the links of one registration open the page of another."""
    session.execute(
        update(_LINK)
        .where(_LINK.c.group_id == group_id, _LINK.c.visitor_id == from_visitor)
        .values(visitor_id=to_visitor)
    )


def drop_registration(session: Session, group_id: GroupId, visitor_id: int) -> None:
    """Take a registration away that never became a visit."""
    forget_visits(session, group_id, [visitor_id])
    session.execute(delete(_VISITOR).where(_VISITOR.c.group_id == group_id, _VISITOR.c.id == visitor_id))


def forget_wishes(session: Session, group_id: GroupId, before: date) -> None:
    """Delete what visitors wrote for the day of a visit that lies before."""
    session.execute(
        update(_VISITOR)
        .where(
            _VISITOR.c.group_id == group_id,
            _VISITOR.c.came_on < before,
            or_(_VISITOR.c.introduction != "", _VISITOR.c.access_needs != ""),
        )
        .values(introduction="", access_needs="")
    )


def unsend_about(session: Session, group_id: GroupId, kinds: Sequence[str], subject_key: str) -> None:
    """Take mails about a visit out of the outbox that have not left."""
    session.execute(
        delete(_MAIL).where(
            _MAIL.c.group_id == group_id,
            _MAIL.c.kind.in_(kinds),
            _MAIL.c.subject_key == subject_key,
            _MAIL.c.state.in_(("waiting", "held")),
        )
    )


def keep_page(
    session: Session, group_id: GroupId, values: dict[str, Any], *, at: datetime, seen_version: int
) -> bool:
    """Write the public page over the version seen (0: none yet); return False if it has changed since."""
    if seen_version == 0:
        dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
        row = dialect.insert(PageRow).values(group_id=group_id, version=1, changed_at_utc=at, **values)
        put = session.scalar(row.on_conflict_do_nothing().returning(PageRow.group_id))
        return put is not None
    changed = session.execute(
        update(_PAGE)
        .where(_PAGE.c.group_id == group_id, _PAGE.c.version == seen_version)
        .values(**values, changed_at_utc=at, version=_PAGE.c.version + 1)
        .returning(_PAGE.c.version)
    )
    return changed.one_or_none() is not None


def keep_photo(session: Session, group_id: GroupId, values: dict[str, Any]) -> None:
    """Keep the photo of the door in place of an earlier one."""
    drop_photo(session, group_id)
    session.execute(insert(_PHOTO).values(group_id=group_id, **values))


def drop_photo(session: Session, group_id: GroupId) -> None:
    """Take the photo of the door away."""
    session.execute(delete(_PHOTO).where(_PHOTO.c.group_id == group_id))
