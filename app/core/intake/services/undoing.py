"""Undoing a file: what it brought goes, what was touched since stays unless the leader says so; whole or not at all."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import update

from app.core.errors import NotFound, Refusal, Refused
from app.core.groups.domain.standing import Group
from app.core.ids import MemberId
from app.core.intake.effects import forget_effects
from app.core.intake.events import FileUndone
from app.core.intake.importer import UndoPreview
from app.core.intake.kept_cells import forget_cells
from app.core.intake.kinds import KindOfFile
from app.core.intake.merging import keys_of_part, undo_as_one
from app.core.intake.models import ImportBatchRow
from app.core.intake.queries import BatchLine, batch_called
from app.core.intake.services.applying import alone_in_group
from app.core.work import UnitOfWork

_BATCH: Any = ImportBatchRow.__table__


def undo_preview_of(
    work: UnitOfWork, group: Group, public_id: str, kinds: Sequence[KindOfFile]
) -> UndoPreview:
    """Say what undoing would take away and what was touched since; changes nothing.

    `kinds` are those of every plugin, on or off: what a file brought goes also where its plugin was switched off.
    """
    batch = batch_called(work.session, group.id, public_id)
    if batch.state != "applied":
        raise _nothing_to_undo(batch)
    return _what_goes(work, group, batch, _kind(batch, kinds))


def undo_batch(
    work: UnitOfWork,
    group: Group,
    public_id: str,
    kinds: Sequence[KindOfFile],
    *,
    also_touched: frozenset[str],
    by: MemberId | None,
) -> str:
    """Take away what the file brought and return sentences of it; the caller commits.

    Of two that undo at once the second gets the first's answer. Touched things stay unless their key is given.
    """
    alone_in_group(work, group.id)
    batch = batch_called(work.session, group.id, public_id)
    if batch.state == "undone":
        return batch.outcome
    kind = _kind(batch, kinds)
    if not _claim(work, group, batch, by):
        raise _nothing_to_undo(batch)
    kept = len({line.key for line in _what_goes(work, group, batch, kind).touched} - also_touched)
    forget_cells(work, group.id, batch.id)
    outcome = _undo_parts(work, group, batch, kind, also_touched)
    forget_effects(work, group.id, batch.id)
    work.session.execute(
        update(_BATCH)
        .where(_BATCH.c.group_id == group.id, _BATCH.c.id == batch.id)
        .values(outcome=f"{batch.outcome}\n{outcome}".strip())
    )
    work.record(
        FileUndone(
            group_id=group.id,
            batch_id=batch.id,
            file_kind=batch.kind,
            file_hash=batch.file_hash,
            kept=kept,
        )
    )
    return outcome


def _what_goes(work: UnitOfWork, group: Group, batch: BatchLine, kind: KindOfFile) -> UndoPreview:
    return undo_as_one([part.undo_preview(work, group, batch.id) for part in kind.parts])


def _undo_parts(
    work: UnitOfWork, group: Group, batch: BatchLine, kind: KindOfFile, also_touched: frozenset[str]
) -> str:
    said = [
        part.undo(work, group, batch.id, also_touched=keys_of_part(also_touched, number))
        for number, part in enumerate(kind.parts)
    ]
    return "\n".join(dict.fromkeys(sentence for sentence in said if sentence))


def _claim(work: UnitOfWork, group: Group, batch: BatchLine, by: MemberId | None) -> bool:
    claimed = work.session.execute(
        update(_BATCH)
        .where(_BATCH.c.group_id == group.id, _BATCH.c.id == batch.id, _BATCH.c.state == "applied")
        .values(state="undone", undone_at_utc=work.now, undone_by_member_id=by)
        .returning(_BATCH.c.id)
    )
    return claimed.one_or_none() is not None


def _nothing_to_undo(batch: BatchLine) -> Refused:
    if batch.state == "undone":
        return Refused([Refusal(code="imports.undone_already")])
    return Refused([Refusal(code="imports.not_applied")])


def _kind(batch: BatchLine, kinds: Sequence[KindOfFile]) -> KindOfFile:
    """Return the batch's kind, whole; refused where this person may not undo each of its parts."""
    kind = next((one for one in kinds if one.code == batch.kind), None)
    if kind is None:
        raise NotFound
    if kind.left_out:
        raise Refused([Refusal(code="imports.undo_needs_all")])
    return kind
