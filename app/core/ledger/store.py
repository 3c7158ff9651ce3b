"""Adding entries to a chain, and nothing else: the ledger has no update and no delete."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, insert, update
from sqlalchemy.orm import Session

from app.core.database import table_of, utc_text
from app.core.events import DomainEvent
from app.core.ids import GroupId
from app.core.ledger.domain.chain import Entry, canonical
from app.core.ledger.models import LedgerDeliveryRow, LedgerEntryRow, LedgerHeadRow, LedgerReasonRow

LEFT_TO_THE_WORKER_AFTER = timedelta(minutes=1)
"""The process that commits delivers at once; a delivery still waiting after this was lost with that process."""

_HEAD = table_of(LedgerHeadRow)
_ENTRY = table_of(LedgerEntryRow)
_REASON = table_of(LedgerReasonRow)
_DELIVERY = table_of(LedgerDeliveryRow)


# Built once: putting a statement together costs more than running it.
_LENGTHEN = (
    update(_HEAD)
    .where(_HEAD.c.group_id == bindparam("of_group"))
    .values(sequence=_HEAD.c.sequence + bindparam("more"), pulse=_HEAD.c.pulse + bindparam("noticed"))
    .returning(_HEAD.c.sequence, _HEAD.c.hash)
)
_END = update(_HEAD).where(_HEAD.c.group_id == bindparam("of_group")).values(hash=bindparam("last_hash"))
_ADD_ENTRY = insert(_ENTRY)
_ADD_REASON = insert(_REASON)
_ADD_DELIVERY = insert(_DELIVERY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """An event with the written reason it was recorded with and the subscribers it is to reach."""

    event: DomainEvent
    reason: str | None
    subscribers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One entry on its way to one subscriber."""

    group_id: GroupId
    sequence: int
    subscriber: str
    event: DomainEvent


def open_chain(session: Session, group_id: GroupId) -> None:
    """Start the chain of a new group."""
    session.execute(insert(_HEAD).values(group_id=group_id, sequence=0, pulse=0, hash=""))


def append(
    session: Session,
    group_id: GroupId,
    recorded: Sequence[Recorded],
    *,
    at: datetime,
    actor: str,
    device_id: int | None,
) -> list[Delivery]:
    """Add `recorded`, all of `group_id`, to the end of the group's chain; return what is to be delivered."""
    last_sequence, last_hash = _lengthened(session, group_id, recorded)
    rows, reasons, deliveries = [], [], []
    for sequence, one in enumerate(recorded, last_sequence - len(recorded) + 1):
        entry = Entry(
            group_id=group_id,
            sequence=sequence,
            at=utc_text(at),
            actor=actor,
            device_id=device_id,
            kind=one.event.kind,
            facts=canonical(one.event.facts()),
            previous_hash=last_hash,
        )
        last_hash = entry.hash
        rows.append(_entry_values(entry, at, last_hash))
        if one.reason:
            reasons.append({"group_id": group_id, "sequence": sequence, "reason": one.reason})
        deliveries += _deliveries(group_id, sequence, one)
    session.execute(_ADD_ENTRY, rows)
    session.execute(_END, {"of_group": group_id, "last_hash": last_hash})
    if reasons:
        session.execute(_ADD_REASON, reasons)
    if deliveries:
        session.execute(_ADD_DELIVERY, [_delivery_values(delivery, at) for delivery in deliveries])
    return deliveries


def _lengthened(session: Session, group_id: GroupId, recorded: Sequence[Recorded]) -> tuple[int, str]:
    """Lock the group's chain and make room in it; return the new last sequence and the hash to go on from."""
    noticed = sum(1 for one in recorded if not one.event.sealed)
    head = session.execute(_LENGTHEN, {"of_group": group_id, "more": len(recorded), "noticed": noticed}).one()
    return head.sequence, head.hash


def _deliveries(group_id: GroupId, sequence: int, recorded: Recorded) -> list[Delivery]:
    return [
        Delivery(group_id=group_id, sequence=sequence, subscriber=subscriber, event=recorded.event)
        for subscriber in recorded.subscribers
    ]


def _entry_values(entry: Entry, at: datetime, entry_hash: str) -> dict[str, object]:
    return {
        "group_id": entry.group_id,
        "sequence": entry.sequence,
        "at_utc": at,
        "actor": entry.actor,
        "device_id": entry.device_id,
        "kind": entry.kind,
        "facts": entry.facts,
        "previous_hash": entry.previous_hash,
        "hash": entry_hash,
    }


def _delivery_values(delivery: Delivery, at: datetime) -> dict[str, object]:
    return {
        "group_id": delivery.group_id,
        "sequence": delivery.sequence,
        "subscriber": delivery.subscriber,
        "state": "waiting",
        "attempts": 0,
        "due_at_utc": at + LEFT_TO_THE_WORKER_AFTER,
        "last_error": "",
    }
