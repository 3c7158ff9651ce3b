"""Bringing a file: kept while it is looked at, with what was said about it, and forgotten when nobody applies it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select, update

from app.core.errors import NotFound, Refusal, Refused
from app.core.groups.domain.standing import Group
from app.core.ids import GroupId, MemberId
from app.core.intake.answers import read_answers, with_answers, written_answers
from app.core.intake.importer import ImportAnswers, ImportContext
from app.core.intake.kinds import KindOfFile, recognise
from app.core.intake.merging import FilePreview, PartPreview, as_one
from app.core.intake.models import ImportBatchRow
from app.core.intake.queries import BatchLine, aliases_of, batch_called, same_file_before
from app.core.sheets import Sheet
from app.core.work import UnitOfWork

KEPT_UNAPPLIED = timedelta(days=14)
"""How long a file that was looked at and not applied is kept: long enough to ask somebody about a name."""

_BATCH: Any = ImportBatchRow.__table__
_OPEN = ("shown", "failed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """A file that is still kept, with what it was recognised as, and the earlier imports of the very same file."""

    batch: BatchLine
    kind: KindOfFile
    sheet: Sheet
    answers: ImportAnswers
    same_before: tuple[BatchLine, ...]

    @property
    def stands_already(self) -> BatchLine | None:
        """The import of this very file that stands, or None."""
        return next((before for before in self.same_before if before.state == "applied"), None)


def bring(
    work: UnitOfWork,
    group: Group,
    *,
    data: bytes,
    file_name: str,
    kinds: Sequence[KindOfFile],
    by: MemberId | None,
    kind: str = "",
) -> str:
    """Keep a file to be looked at and return its public id; nothing of the group changes. The caller commits.

    A file that the same person brought and has not applied yet is found again, with what they said about it.
    """
    recognised, _sheet = recognise(data, kinds, kind)
    file_hash = hashlib.sha256(data).hexdigest()
    looked_at = select(_BATCH.c.public_id).where(
        _BATCH.c.group_id == group.id,
        _BATCH.c.file_hash == file_hash,
        _BATCH.c.kind == recognised.code,
        _BATCH.c.state.in_(_OPEN),
        _BATCH.c.by_member_id == by,
    )
    if found := work.session.scalar(looked_at.limit(1)):
        return str(found)
    row = ImportBatchRow(
        group_id=group.id,
        id=work.ids.key(),
        public_id=work.ids.public_id(),
        kind=recognised.code,
        file_name=file_name[:200],
        file_hash=file_hash,
        content=data,
        state="shown",
        by_member_id=by,
        created_at_utc=work.now,
    )
    work.session.add(row)
    work.session.flush()
    return row.public_id


def brought(
    work: UnitOfWork,
    group_id: GroupId,
    public_id: str,
    kinds: Sequence[KindOfFile],
    *,
    sheet: Sheet | None = None,
) -> Brought:
    """Return a file that is still kept; raises NotFound where there is none. `sheet` saves reading it again."""
    batch = batch_called(work.session, group_id, public_id)
    kind = _kind_of(batch, kinds)
    if sheet is None:
        content = work.session.scalar(
            select(_BATCH.c.content).where(_BATCH.c.group_id == group_id, _BATCH.c.public_id == public_id)
        )
        if content is None:
            raise NotFound
        kind, sheet = recognise(content, kinds, batch.kind)
    return Brought(
        batch=batch,
        kind=kind,
        sheet=sheet,
        answers=read_answers(batch.answers),
        same_before=tuple(same_file_before(work.session, group_id, batch.file_hash, batch.id)),
    )


def preview_of(work: UnitOfWork, group: Group, file: Brought) -> FilePreview:
    """Return what applying the file would do with the answers it has; changes nothing."""
    context = ImportContext(
        file_name=file.batch.file_name,
        file_hash=file.batch.file_hash,
        aliases=aliases_of(work.session, group.id),
        by=file.batch.by_member_id,
    )
    previews = [
        PartPreview(
            part=part,
            preview=part.preview(work, group, file.sheet, context=context, answers=file.answers),
        )
        for part in file.kind.parts_for(file.sheet)
    ]
    return as_one(file.kind.code, previews, file.kind.left_out)


def remember_answers(work: UnitOfWork, group_id: GroupId, public_id: str, said: ImportAnswers) -> None:
    """Keep what was said about the file; the caller commits. Refused as `imports.under_way` once it is queued."""
    kept = _BATCH.c.group_id == group_id, _BATCH.c.public_id == public_id
    row = work.session.execute(select(_BATCH.c.state, _BATCH.c.answers).where(*kept)).one_or_none()
    if row is None:
        raise NotFound
    if row.state not in _OPEN:
        raise Refused([Refusal(code="imports.under_way")])
    text = written_answers(with_answers(read_answers(row.answers), said))
    work.session.execute(update(_BATCH).where(*kept, _BATCH.c.state.in_(_OPEN)).values(answers=text))


def forget_batch(work: UnitOfWork, group_id: GroupId, public_id: str) -> None:
    """Forget a file that was not applied; the caller commits. Refused as `imports.under_way` once it is queued."""
    batch = batch_called(work.session, group_id, public_id)
    gone = work.session.execute(
        delete(_BATCH)
        .where(_BATCH.c.group_id == group_id, _BATCH.c.id == batch.id, _BATCH.c.state.in_(_OPEN))
        .returning(_BATCH.c.id)
    ).one_or_none()
    if gone is None:
        raise Refused([Refusal(code="imports.under_way")])


def forget_unapplied(work: UnitOfWork) -> int:
    """Forget files that were looked at long ago and never applied; return how many. The caller commits."""
    gone = work.session.scalars(
        delete(_BATCH)
        .where(_BATCH.c.state.in_(_OPEN), _BATCH.c.created_at_utc < work.now - KEPT_UNAPPLIED)
        .returning(_BATCH.c.id)
    )
    return len(gone.all())


def _kind_of(batch: BatchLine, kinds: Sequence[KindOfFile]) -> KindOfFile:
    """Return the batch's kind; one that this person may not bring, or whose plugin is off, is not there for them."""
    for kind in kinds:
        if kind.code == batch.kind:
            return kind
    raise NotFound
