"""Writes the lines of a dues file, silently, and takes them away again."""

from dataclasses import dataclass
from typing import Any

from app.core.groups.domain.standing import Group
from app.core.work import UnitOfWork
from app.plugins.dues.interface import DueNoted, DuesImportUndone
from app.plugins.dues.queries.entries import entries_of_batch
from app.plugins.dues.services.dues_plan import DuesPlan
from app.plugins.dues.store import add_entries, remove_entries


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """How many lines went, and how many stay because somebody changed them since."""

    gone: int
    kept: int


def take_in_dues(work: UnitOfWork, group: Group, plan: DuesPlan, batch_id: int) -> None:
    """Write what is planned, each a fact of the ledger; nobody is told. The caller commits."""
    rows: list[dict[str, Any]] = [
        {
            "group_id": group.id,
            "id": work.ids.key(),
            "public_id": work.ids.public_id(),
            "member_id": entry.member_id,
            "listed_name": entry.listed_name,
            "kind": entry.kind.value,
            "amount_minor": entry.amount_minor,
            "currency": plan.currency,
            "due_on": entry.due_on,
            "state": entry.state.value,
            "paid_on": entry.paid_on,
            "note": entry.note,
            "batch_id": batch_id,
            "noted_at_utc": work.now,
            "version": 1,
        }
        for entry in plan.entries
    ]
    add_entries(work.session, rows)
    for row in rows:
        work.record(
            DueNoted(group_id=group.id, entry_id=row["id"], member_id=row["member_id"], batch_id=batch_id)
        )


def take_back_dues(work: UnitOfWork, group: Group, batch_id: int, also_touched: frozenset[str]) -> Undone:
    """Take away what the file brought, without what was changed since unless its key is given. The caller commits."""
    brought = entries_of_batch(work.session, group.id, batch_id)
    going = [one.id for one in brought if one.version == 1 or one.public_id in also_touched]
    remove_entries(work.session, group.id, going)
    if going:
        work.record(DuesImportUndone(group_id=group.id, batch_id=batch_id, entries=len(going)))
    return Undone(gone=len(going), kept=len(brought) - len(going))
