"""Writing one-to-ones and learning units; a correction lands only on the version that was seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, insert, update
from sqlalchemy.orm import Session

from app.core.errors import Refusal, Refused
from app.core.ids import GroupId, MemberId
from app.plugins.activities.domain.keys import LearningId, OneToOneId
from app.plugins.activities.models import LearningRow, OneToOneRow

_TALK: Any = OneToOneRow.__table__
_LEARNING: Any = LearningRow.__table__
_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTalk:
    """A one-to-one to be kept. `recorded_by` is None and `batch_id` given where a file brings it."""

    id: OneToOneId
    public_id: str
    member_id: MemberId
    with_member_id: MemberId | None
    with_outside: str = ""
    held_on: date
    place: str = ""
    note: str = ""
    origin: str = "online"
    recorded_by: MemberId | None
    batch_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLearning:
    """A line of learning to be kept."""

    id: LearningId
    public_id: str
    member_id: MemberId
    learned_on: date
    what: str
    units: int
    origin: str = "online"
    recorded_by: MemberId | None
    batch_id: int | None = None


def add_talks(session: Session, group_id: GroupId, talks: list[NewTalk], now: datetime) -> None:
    """Keep one-to-ones, in one statement."""
    if talks:
        session.execute(insert(OneToOneRow), [_talk_values(group_id, new, now) for new in talks])


def add_learning(session: Session, group_id: GroupId, learning: list[NewLearning], now: datetime) -> None:
    """Keep lines of learning, in one statement."""
    if learning:
        session.execute(insert(LearningRow), [_learning_values(group_id, new, now) for new in learning])


def correct_talk(
    session: Session, group_id: GroupId, talk_id: OneToOneId, *, seen_version: int, **values: Any
) -> None:
    """Keep the corrected facts, unless somebody was faster: then `activities.changed_meanwhile`."""
    _correct(session, _as_seen(_TALK, group_id, talk_id, seen_version), values)


def correct_learning(
    session: Session, group_id: GroupId, learning_id: LearningId, *, seen_version: int, **values: Any
) -> None:
    """Keep the corrected facts, unless they changed since: then `activities.changed_meanwhile`."""
    _correct(session, _as_seen(_LEARNING, group_id, learning_id, seen_version), values)


def remove_talk(session: Session, group_id: GroupId, talk_id: OneToOneId, *, seen_version: int) -> None:
    """Take the one-to-one away with its private note, unless it changed since it was seen."""
    _remove(session, _as_seen(_TALK, group_id, talk_id, seen_version))


def remove_learning(
    session: Session, group_id: GroupId, learning_id: LearningId, *, seen_version: int
) -> None:
    """Take the line of learning away, unless it changed since it was seen."""
    _remove(session, _as_seen(_LEARNING, group_id, learning_id, seen_version))


def remove_brought(
    session: Session, group_id: GroupId, talks: Sequence[OneToOneId], learning: Sequence[LearningId]
) -> None:
    """Take away what a file brought, whoever sees it."""
    for table, keys in ((_TALK, talks), (_LEARNING, learning)):
        for start in range(0, len(keys), _AT_ONCE):
            part = keys[start : start + _AT_ONCE]
            session.execute(delete(table).where(table.c.group_id == group_id, table.c.id.in_(part)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _AsSeen:
    """One row, and the version at which its editor saw it."""

    table: Any
    is_it: ColumnElement[bool]
    version: int


def _as_seen(table: Any, group_id: GroupId, key: int, seen_version: int) -> _AsSeen:
    is_it = and_(table.c.group_id == group_id, table.c.id == key, table.c.version == seen_version)
    return _AsSeen(table=table, is_it=is_it, version=seen_version)


def _correct(session: Session, row: _AsSeen, values: dict[str, Any]) -> None:
    changed = session.execute(
        update(row.table).where(row.is_it).values(**values, version=row.version + 1).returning(row.table.c.id)
    )
    if changed.one_or_none() is None:
        raise Refused([Refusal(code="activities.changed_meanwhile")])


def _remove(session: Session, row: _AsSeen) -> None:
    gone = session.execute(delete(row.table).where(row.is_it).returning(row.table.c.id))
    if gone.one_or_none() is None:
        raise Refused([Refusal(code="activities.changed_meanwhile")])


def _talk_values(group_id: GroupId, new: NewTalk, now: datetime) -> dict[str, Any]:
    return {
        "group_id": group_id,
        "id": new.id,
        "public_id": new.public_id,
        "member_id": new.member_id,
        "with_member_id": new.with_member_id,
        "with_outside": new.with_outside,
        "held_on": new.held_on,
        "place": new.place,
        "note": new.note,
        "origin": new.origin,
        "recorded_by_member_id": new.recorded_by,
        "batch_id": new.batch_id,
        "created_at_utc": now,
        "version": 1,
    }


def _learning_values(group_id: GroupId, new: NewLearning, now: datetime) -> dict[str, Any]:
    return {
        "group_id": group_id,
        "id": new.id,
        "public_id": new.public_id,
        "member_id": new.member_id,
        "learned_on": new.learned_on,
        "what": new.what,
        "units": new.units,
        "origin": new.origin,
        "recorded_by_member_id": new.recorded_by,
        "batch_id": new.batch_id,
        "created_at_utc": now,
        "version": 1,
    }
