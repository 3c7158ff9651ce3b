"""Reading the ledger: the chain, its weak links, and the counter that pages poll."""

from collections.abc import Iterator

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.core.database import table_of, utc_text
from app.core.ids import GroupId
from app.core.ledger.domain.chain import Entry, broken_links
from app.core.ledger.models import LedgerEntryRow, LedgerHeadRow


def pulse_of(session: Session, group_id: GroupId) -> int:
    """Return the counter that grows with every fact of the group that pages may notice."""
    return session.scalar(pulse_query(group_id)) or 0


def pulse_query(group_id: GroupId) -> Select[int]:
    """Return the query of that counter, for who asks for more in the same statement; no row before the first fact."""
    return select(LedgerHeadRow.pulse).where(LedgerHeadRow.group_id == group_id)


def chains(session: Session) -> list[GroupId]:
    """Return every chain there is; 0 is the network's."""
    return [GroupId(group_id) for group_id in session.scalars(select(LedgerHeadRow.group_id))]


def entries_of(
    session: Session, group_id: GroupId, kinds: tuple[str, ...] = ()
) -> Iterator[tuple[Entry, str]]:
    """Yield each entry of the group with its stored hash, in order; only of `kinds`, where any are named."""
    query = select(table_of(LedgerEntryRow)).where(LedgerEntryRow.group_id == group_id)
    if kinds:
        query = query.where(LedgerEntryRow.kind.in_(kinds))
    rows = session.execute(query.order_by(LedgerEntryRow.sequence).execution_options(yield_per=1000))
    for row in rows:
        yield (
            Entry(
                group_id=row.group_id,
                sequence=row.sequence,
                at=utc_text(row.at_utc),
                actor=row.actor,
                device_id=row.device_id,
                kind=row.kind,
                facts=row.facts,
                previous_hash=row.previous_hash,
            ),
            row.hash,
        )


def weak_links(session: Session, group_id: GroupId) -> list[int]:
    """Return the sequence of every entry that was altered, is missing its predecessor, or is cut off at the head."""
    entries = list(entries_of(session, group_id))
    broken = list(broken_links(entries))
    head = session.execute(
        select(LedgerHeadRow.sequence, LedgerHeadRow.hash).where(LedgerHeadRow.group_id == group_id)
    ).one()
    last_sequence, last_hash = (entries[-1][0].sequence, entries[-1][1]) if entries else (0, "")
    if (head.sequence, head.hash) != (last_sequence, last_hash):
        broken.append(last_sequence + 1)
    return broken
