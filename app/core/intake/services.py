"""Taking a file in: kept while it is looked at, understood afresh, applied whole in one transaction or not at all."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from app.core.errors import NotFound, Refusal, Refused
from app.core.groups.domain.standing import Group
from app.core.ids import GroupId, MemberId
from app.core.intake.events import FileImported
from app.core.intake.importer import ImportAnswers, Importer, ImportPreview
from app.core.intake.models import ImportBatchRow
from app.core.sheets import Sheet, read_sheets
from app.core.work import UnitOfWork

KEPT_UNAPPLIED = timedelta(days=1)
"""How long a file that was looked at and not applied is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """A file as it was brought, with what it was recognised as."""

    public_id: str
    file_name: str
    importer: Importer
    sheet: Sheet
    state: str
    outcome: str
    applied_before_at: datetime | None


def recognise(data: bytes, importers: Sequence[Importer], kind: str = "") -> tuple[Importer, Sheet]:
    """Return which importer takes which sheet of the file; `kind` names one outright.

    Refused as `sheets.…` where the file cannot be read, as `imports.unknown_kind` where no importer knows it.
    """
    sheets = read_sheets(data)
    if kind:
        named = next((importer for importer in importers if importer.kind == kind), None)
        if named is None:
            known = ", ".join(importer.kind for importer in importers)
            raise Refused([Refusal(code="imports.no_such_kind", facts={"kind": kind[:40], "known": known})])
        return named, next((sheet for sheet in sheets if named.recognises(sheet)), sheets[0])
    for sheet in sheets:
        for importer in importers:
            if importer.recognises(sheet):
                return importer, sheet
    raise Refused([Refusal(code="imports.unknown_kind", field="file")])


def bring(
    work: UnitOfWork,
    group: Group,
    *,
    data: bytes,
    file_name: str,
    importers: Sequence[Importer],
    by: MemberId | None,
    kind: str = "",
) -> str:
    """Keep a file to be looked at and return its public id; nothing of the group changes. The caller commits."""
    importer, _sheet = recognise(data, importers, kind)
    row = ImportBatchRow(
        group_id=group.id,
        id=work.ids.key(),
        public_id=work.ids.public_id(),
        kind=importer.kind,
        file_name=file_name[:200],
        file_hash=hashlib.sha256(data).hexdigest(),
        content=data,
        state="shown",
        by_member_id=by,
        created_at_utc=work.now,
    )
    work.session.add(row)
    work.session.flush()
    return row.public_id


def brought(work: UnitOfWork, group_id: GroupId, public_id: str, importers: Sequence[Importer]) -> Brought:
    """Return a file that was brought and not yet applied; raises NotFound where there is none."""
    row = _row(work, group_id, public_id)
    if row.content is None:
        raise NotFound
    importer, sheet = recognise(row.content, importers, row.kind)
    query = select(ImportBatchRow.applied_at_utc).where(
        ImportBatchRow.group_id == group_id,
        ImportBatchRow.file_hash == row.file_hash,
        ImportBatchRow.state == "applied",
    )
    return Brought(
        public_id=public_id,
        file_name=row.file_name,
        importer=importer,
        sheet=sheet,
        state=row.state,
        outcome=row.outcome,
        applied_before_at=work.session.scalars(query.limit(1)).one_or_none(),
    )


def preview_of(work: UnitOfWork, group: Group, file: Brought, answers: ImportAnswers) -> ImportPreview:
    """Return what applying the file would do; changes nothing."""
    return file.importer.preview(work, group, file.sheet, file_name=file.file_name, answers=answers)


def apply_batch(
    work: UnitOfWork, group: Group, public_id: str, importers: Sequence[Importer], answers: ImportAnswers
) -> str:
    """Apply a brought file whole and return a sentence of what was done; the caller commits.

    A file that was applied already changes nothing and gives its first answer. Refused as `imports.not_ready`
    where problems or questions stand.
    """
    row = _row(work, group.id, public_id)
    if row.state == "applied":
        return row.outcome
    file = brought(work, group.id, public_id, importers)
    preview = preview_of(work, group, file, answers)
    if not preview.may_apply:
        raise Refused([Refusal(code="imports.not_ready")])
    row.outcome = file.importer.apply(work, group, preview, row.id)
    row.state, row.applied_at_utc, row.content = "applied", work.now, None
    work.record(FileImported(group_id=group.id, batch_id=row.id, file_kind=row.kind, file_hash=row.file_hash))
    return row.outcome


def forget_unapplied(work: UnitOfWork) -> int:
    """Forget files that were looked at and never applied; return how many. The caller commits."""
    gone = work.session.scalars(
        delete(ImportBatchRow)
        .where(ImportBatchRow.state == "shown", ImportBatchRow.created_at_utc < work.now - KEPT_UNAPPLIED)
        .returning(ImportBatchRow.id)
    )
    return len(gone.all())


def _row(work: UnitOfWork, group_id: GroupId, public_id: str) -> ImportBatchRow:
    query = select(ImportBatchRow).where(
        ImportBatchRow.group_id == group_id, ImportBatchRow.public_id == public_id
    )
    row = work.session.scalars(query).one_or_none()
    if row is None:
        raise NotFound
    return row
