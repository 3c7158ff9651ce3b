"""Writing visitors, newcomers and words, each act one statement."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, insert, update
from sqlalchemy.orm import Session

from app.core.ids import GroupId, MemberId
from app.plugins.welcome.models import NewcomerRow, VisitorRow, WordsRow

_VISITOR: Any = VisitorRow.__table__
_NEWCOMER: Any = NewcomerRow.__table__
_WORDS: Any = WordsRow.__table__
_AT_ONCE = 500


def add_visitor(session: Session, values: dict[str, Any]) -> None:
    """Keep a visitor."""
    session.execute(insert(_VISITOR).values(values))


def add_visitors(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Keep the visitors of a file."""
    for start in range(0, len(rows), _AT_ONCE):
        session.execute(insert(_VISITOR), rows[start : start + _AT_ONCE])


def remove_visitors(session: Session, group_id: GroupId, visitor_ids: Sequence[int]) -> None:
    """Take away visitors that a file had brought."""
    for start in range(0, len(visitor_ids), _AT_ONCE):
        some = visitor_ids[start : start + _AT_ONCE]
        session.execute(delete(_VISITOR).where(_VISITOR.c.group_id == group_id, _VISITOR.c.id.in_(some)))


def change_visitor(
    session: Session, group_id: GroupId, visitor_id: int, seen_version: int, values: dict[str, Any]
) -> bool:
    """Write what is known of a visitor over the version seen; return False if it has changed since."""
    changed = session.execute(
        update(_VISITOR)
        .where(
            _VISITOR.c.group_id == group_id,
            _VISITOR.c.id == visitor_id,
            _VISITOR.c.version == seen_version,
            _VISITOR.c.forgotten_at_utc.is_(None),
        )
        .values(**values, version=_VISITOR.c.version + 1)
        .returning(_VISITOR.c.id)
    )
    return changed.one_or_none() is not None


def redact_visitors(session: Session, group_id: GroupId, visitor_ids: Sequence[int], now: datetime) -> None:
    """Redact these visitors: that they came, and at whose invitation, is all that stays."""
    session.execute(
        update(_VISITOR)
        .where(
            _VISITOR.c.group_id == group_id,
            _VISITOR.c.id.in_(visitor_ids),
            _VISITOR.c.forgotten_at_utc.is_(None),
        )
        .values(**NOTHING_KNOWN, forgotten_at_utc=now, version=_VISITOR.c.version + 1)
    )


NOTHING_KNOWN = {
    "name": "",
    "firm": "",
    "trade": "",
    "email": "",
    "phone": "",
    "note": "",
    "introduction": "",
    "access_needs": "",
    "inviter_words": "",
    "mail_key": "",
    "link_hash": "",
}
"""What stands in the place of everything personal once a visitor is forgotten."""


def keep_newcomer(
    session: Session,
    *,
    group_id: GroupId,
    member_id: MemberId,
    started_on: date,
    contact: MemberId | None,
    written_at: datetime | None,
    is_again: bool,
) -> None:
    """Keep a newcomer with their contact; somebody who joins again begins anew."""
    said = {
        "started_on": started_on,
        "contact_member_id": contact,
        "written_at_utc": written_at,
        "called_at_utc": None,
    }
    if is_again:
        own = (_NEWCOMER.c.group_id == group_id, _NEWCOMER.c.member_id == member_id)
        session.execute(update(_NEWCOMER).where(*own).values(**said, version=_NEWCOMER.c.version + 1))
        return
    session.execute(insert(_NEWCOMER).values(group_id=group_id, member_id=member_id, version=1, **said))


def name_contact(
    session: Session, group_id: GroupId, member_id: MemberId, contact: MemberId, seen_version: int
) -> bool:
    """Write another contact over the version seen; return False if it has changed since."""
    return _change_newcomer(session, group_id, member_id, seen_version, contact_member_id=contact)


def mark_called(session: Session, group_id: GroupId, member_id: MemberId, at: datetime) -> bool:
    """Note the first call, once; return False where it was noted already."""
    changed = session.execute(
        update(_NEWCOMER)
        .where(
            _NEWCOMER.c.group_id == group_id,
            _NEWCOMER.c.member_id == member_id,
            _NEWCOMER.c.called_at_utc.is_(None),
        )
        .values(called_at_utc=at, version=_NEWCOMER.c.version + 1)
        .returning(_NEWCOMER.c.member_id)
    )
    return changed.one_or_none() is not None


def keep_words(
    session: Session, group_id: GroupId, *, subject: str, body: str, at: datetime, seen_version: int
) -> bool:
    """Write the group's words over the version seen (0: none yet); return False if they have changed since."""
    said = {"subject": subject, "body": body, "changed_at_utc": at}
    if seen_version == 0:
        if session.get(WordsRow, group_id) is not None:
            return False
        session.execute(insert(_WORDS).values(group_id=group_id, version=1, **said))
        return True
    changed = session.execute(
        update(_WORDS)
        .where(_WORDS.c.group_id == group_id, _WORDS.c.version == seen_version)
        .values(**said, version=_WORDS.c.version + 1)
        .returning(_WORDS.c.version)
    )
    return changed.one_or_none() is not None


def _change_newcomer(
    session: Session, group_id: GroupId, member_id: MemberId, seen_version: int, **values: Any
) -> bool:
    changed = session.execute(
        update(_NEWCOMER)
        .where(
            _NEWCOMER.c.group_id == group_id,
            _NEWCOMER.c.member_id == member_id,
            _NEWCOMER.c.version == seen_version,
        )
        .values(**values, version=_NEWCOMER.c.version + 1)
        .returning(_NEWCOMER.c.version)
    )
    return changed.one_or_none() is not None
