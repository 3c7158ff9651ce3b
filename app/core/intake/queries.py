"""Reading imports: the files of a group with what became of each, and the names that were set by hand."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from app.core.errors import NotFound
from app.core.groups.models import MemberRow
from app.core.ids import GroupId, MemberId
from app.core.intake.models import ImportAliasRow, ImportBatchRow
from app.core.people.models import PersonRow

_BATCH: Any = ImportBatchRow.__table__
_ALIAS: Any = ImportAliasRow.__table__
_MEMBER: Any = MemberRow.__table__
_PERSON: Any = PersonRow.__table__

SHOWN_AT_MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchLine:
    """One file that somebody brought. `state` is as in `ImportBatchRow`; `by_name` is empty for the terminal."""

    id: int
    public_id: str
    kind: str
    file_name: str
    file_hash: str
    state: str
    by_member_id: MemberId | None
    by_name: str
    created_at: datetime
    applied_at: datetime | None
    undone_at: datetime | None
    outcome: str
    answers: str
    step_done: int
    step_total: int

    @property
    def is_kept(self) -> bool:
        """Whether the file itself is still there, to be looked at."""
        return self.state in {"shown", "queued", "failed"}


@dataclass(frozen=True, slots=True, kw_only=True)
class AliasLine:
    """A name as files write it, and whom it means: a member, or with empty names nobody of the group."""

    folded_name: str
    member_public_id: str
    member_name: str
    set_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuedBatch:
    """A file that waits for the worker."""

    group_id: GroupId
    public_id: str


def batches(session: Session, group_id: GroupId) -> list[BatchLine]:
    """Return the newest files of the group, the newest first."""
    rows = session.execute(_lines(group_id).order_by(_BATCH.c.id.desc()).limit(SHOWN_AT_MOST))
    return [_line(row) for row in rows]


def batch_called(session: Session, group_id: GroupId, public_id: str) -> BatchLine:
    """Return one file of the group; raises NotFound where there is none."""
    row = session.execute(_lines(group_id).where(_BATCH.c.public_id == public_id)).one_or_none()
    if row is None:
        raise NotFound
    return _line(row)


def same_file_before(session: Session, group_id: GroupId, file_hash: str, batch_id: int) -> list[BatchLine]:
    """Return the other imports of this very file that stand or were undone, the newest first."""
    rows = session.execute(
        _lines(group_id)
        .where(
            _BATCH.c.file_hash == file_hash,
            _BATCH.c.id != batch_id,
            _BATCH.c.state.in_(["applied", "undone"]),
        )
        .order_by(_BATCH.c.applied_at_utc.desc())
    )
    return [_line(row) for row in rows]


def ahead_in_queue(session: Session, group_id: GroupId, batch_id: int) -> int:
    """Return how many other files of the group wait for the worker."""
    query = select(func.count()).where(
        _BATCH.c.group_id == group_id, _BATCH.c.state == "queued", _BATCH.c.id != batch_id
    )
    return session.scalar(query) or 0


def queued_batches(session: Session) -> list[QueuedBatch]:
    """Return the files of all groups that wait for the worker, each group's oldest first."""
    rows = session.execute(
        select(_BATCH.c.group_id, _BATCH.c.public_id)
        .where(_BATCH.c.state == "queued")
        .order_by(_BATCH.c.group_id, _BATCH.c.id)
    )
    return [QueuedBatch(group_id=GroupId(row.group_id), public_id=row.public_id) for row in rows]


def aliases_of(session: Session, group_id: GroupId) -> dict[str, MemberId | None]:
    """Return the names that were set by hand for files, by folded name; None means nobody of the group."""
    rows = session.execute(
        select(_ALIAS.c.folded_name, _ALIAS.c.member_id).where(_ALIAS.c.group_id == group_id)
    )
    return {row.folded_name: row.member_id for row in rows}


def alias_lines(session: Session, group_id: GroupId) -> list[AliasLine]:
    """Return the names that were set by hand, in alphabetical order."""
    rows = session.execute(
        select(_ALIAS.c.folded_name, _ALIAS.c.set_at_utc, _MEMBER.c.public_id, _PERSON.c.name)
        .select_from(_ALIAS)
        .outerjoin(_MEMBER, and_(_MEMBER.c.group_id == _ALIAS.c.group_id, _MEMBER.c.id == _ALIAS.c.member_id))
        .outerjoin(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
        .where(_ALIAS.c.group_id == group_id)
        .order_by(_ALIAS.c.folded_name)
    )
    return [
        AliasLine(
            folded_name=row.folded_name,
            member_public_id=row.public_id or "",
            member_name=row.name or "",
            set_at=row.set_at_utc,
        )
        for row in rows
    ]


def _lines(group_id: GroupId) -> Any:
    columns = [column for column in _BATCH.c if column.name != "content"]
    return (
        select(*columns, _PERSON.c.name.label("by_name"))
        .select_from(_BATCH)
        .outerjoin(
            _MEMBER, and_(_MEMBER.c.group_id == _BATCH.c.group_id, _MEMBER.c.id == _BATCH.c.by_member_id)
        )
        .outerjoin(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
        .where(_BATCH.c.group_id == group_id)
    )


def _line(row: Any) -> BatchLine:
    return BatchLine(
        id=row.id,
        public_id=row.public_id,
        kind=row.kind,
        file_name=row.file_name,
        file_hash=row.file_hash,
        state=row.state,
        by_member_id=row.by_member_id,
        by_name=row.by_name or "",
        created_at=row.created_at_utc,
        applied_at=row.applied_at_utc,
        undone_at=row.undone_at_utc,
        outcome=row.outcome,
        answers=row.answers,
        step_done=row.step_done,
        step_total=row.step_total,
    )
