"""Applying a file: claimed by one statement, then every part in one transaction; a second press finds the first's answer."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select, update

from app.core.errors import Refusal, Refused
from app.core.groups.domain.standing import Group
from app.core.groups.models import GroupRow
from app.core.ids import GroupId
from app.core.intake.events import FileImported
from app.core.intake.kinds import KindOfFile
from app.core.intake.merging import FilePreview
from app.core.intake.models import ImportBatchRow
from app.core.intake.queries import BatchLine, batch_called
from app.core.intake.services.bringing import Brought, brought, preview_of
from app.core.intake.services.naming import remember_names
from app.core.intake.traces import anything_of_batch
from app.core.sheets import Sheet
from app.core.work import UnitOfWork

_BATCH: Any = ImportBatchRow.__table__
_GROUP: Any = GroupRow.__table__


def apply_batch(
    work: UnitOfWork,
    group: Group,
    public_id: str,
    kinds: Sequence[KindOfFile],
    *,
    is_queued: bool = False,
    sheet: Sheet | None = None,
) -> str:
    """Apply a kept file whole and return sentences of what was done; the caller commits.

    Of two that apply the same file at once the second waits and gets the first's answer; of two files of one group
    the second waits for the first. Refused as `imports.to_mend` or `imports.not_ready` where problems or questions stand, as
    `imports.under_way` where the worker has it, as `imports.undone_already` where it was taken away again.
    `is_queued` is the worker's; `sheet` saves reading the file again.
    """
    alone_in_group(work, group.id)
    if not _claim(work, group.id, public_id, ["queued"] if is_queued else ["shown", "failed"]):
        return _answered_before(work, group.id, public_id)
    file = brought(work, group.id, public_id, kinds, sheet=sheet)
    preview = preview_of(work, group, file)
    if not preview.whole.may_apply:
        raise Refused([preview.whole.why_not])
    outcome = _apply_parts(work, group, file.batch.id, preview)
    remember_names(work, group, file.answers, preview.whole.unmatched, by=file.batch.by_member_id)
    work.session.execute(
        update(_BATCH)
        .where(_BATCH.c.group_id == group.id, _BATCH.c.id == file.batch.id)
        .values(outcome=outcome, content=None, answers="", applied_at_utc=work.now)
    )
    work.record(
        FileImported(
            group_id=group.id,
            batch_id=file.batch.id,
            file_kind=file.batch.kind,
            file_hash=file.batch.file_hash,
        )
    )
    return outcome


def standing_instead(work: UnitOfWork, group_id: GroupId, file: Brought) -> BatchLine | None:
    """Return the earlier import of this very file where applying it once more has brought nothing new, else None.

    Asked after `apply_batch` and before the commit; whoever asks rolls back and forgets the second import, so that
    undoing finds the one that brought something.
    """
    standing = file.stands_already
    if standing is None or anything_of_batch(work.session, group_id, file.batch.id):
        return None
    return standing


def put_in_queue(work: UnitOfWork, group_id: GroupId, public_id: str) -> None:
    """Leave a file that is ready to the worker; the caller commits. One that is queued or applied stays as it is."""
    work.session.execute(
        update(_BATCH)
        .where(
            _BATCH.c.group_id == group_id,
            _BATCH.c.public_id == public_id,
            _BATCH.c.state.in_(["shown", "failed"]),
        )
        .values(state="queued", step_done=0, step_total=0, outcome="")
    )


def hold_back(work: UnitOfWork, group_id: GroupId, public_id: str) -> bool:
    """Take a file back from the queue, so that it can be looked at again; return False where it is applied already."""
    taken = work.session.execute(
        update(_BATCH)
        .where(_BATCH.c.group_id == group_id, _BATCH.c.public_id == public_id, _BATCH.c.state == "queued")
        .values(state="shown", step_done=0, step_total=0)
        .returning(_BATCH.c.id)
    )
    return taken.one_or_none() is not None


def note_failure(work: UnitOfWork, group_id: GroupId, public_id: str, reason: str) -> bool:
    """Note that the worker could not apply the file, and why; return False where it is no longer queued."""
    noted = work.session.execute(
        update(_BATCH)
        .where(_BATCH.c.group_id == group_id, _BATCH.c.public_id == public_id, _BATCH.c.state == "queued")
        .values(state="failed", outcome=reason, step_done=0, step_total=0)
        .returning(_BATCH.c.id)
    )
    return noted.one_or_none() is not None


def tell_progress(work: UnitOfWork, group_id: GroupId, public_id: str, *, done: int, total: int) -> None:
    """Note how far the worker has come; the caller commits at once."""
    work.session.execute(
        update(_BATCH)
        .where(_BATCH.c.group_id == group_id, _BATCH.c.public_id == public_id, _BATCH.c.state == "queued")
        .values(step_done=done, step_total=total)
    )


def alone_in_group(work: UnitOfWork, group_id: GroupId) -> None:
    """Wait until no other import of the group is being applied or undone.

    SQLite has one writer anyway. On PostgreSQL the group's row is locked in the strength that leaves rows free to
    point at it.
    """
    work.session.execute(
        select(_GROUP.c.id).where(_GROUP.c.id == group_id).with_for_update(key_share=True)
    ).one()


def _claim(work: UnitOfWork, group_id: GroupId, public_id: str, states: Sequence[str]) -> bool:
    claimed = work.session.execute(
        update(_BATCH)
        .where(_BATCH.c.group_id == group_id, _BATCH.c.public_id == public_id, _BATCH.c.state.in_(states))
        .values(state="applied", applied_at_utc=work.now)
        .returning(_BATCH.c.id)
    )
    return claimed.one_or_none() is not None


def _answered_before(work: UnitOfWork, group_id: GroupId, public_id: str) -> str:
    batch = batch_called(work.session, group_id, public_id)
    if batch.state == "applied":
        return batch.outcome
    if batch.state == "undone":
        raise Refused([Refusal(code="imports.undone_already")])
    raise Refused([Refusal(code="imports.under_way")])


def _apply_parts(work: UnitOfWork, group: Group, batch_id: int, preview: FilePreview) -> str:
    said = [one.part.apply(work, group, one.preview, batch_id) for one in preview.parts]
    return "\n".join(dict.fromkeys(sentence for sentence in said if sentence))
