"""Does anything in the house still point at these rows? Found by the foreign keys of every table, of plugins too."""

from collections import Counter
from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import Column, Table, exists, func, select
from sqlalchemy.orm import Session

from app.core.database import Base
from app.core.ids import GroupId
from app.core.sealing import is_sealed, pointed_at_by_sealed

_NAMED_AT_MOST = 500


def traces_in_group(
    session: Session, group_id: GroupId, target: Table, keys: Collection[int], *, besides: frozenset[str]
) -> Counter[int]:
    """Return how many rows of the group point at each of `keys` of `target`, without the tables `besides`.

    What is sealed or secret is never counted: where nothing else points at a key, and such a row does, that is one.
    """
    found: Counter[int] = Counter()
    for column in _pointing_at(target, besides):
        query = select(column, func.count()).where(column.table.c.group_id == group_id)
        found.update(_counted(session, query, column, keys))
    unseen = [key for key in keys if not found[key]]
    secret = pointed_at_by_sealed(session, group_id, target, unseen)
    for column in _pointing_at(target, besides, secret=True):
        query = select(column, func.count()).where(column.table.c.group_id == group_id)
        secret.update(_counted(session, query, column, unseen))
    found.update(secret)
    return found


def traces_anywhere(
    session: Session, target: Table, keys: Collection[int], *, besides: frozenset[str]
) -> Counter[int]:
    """Return how many rows of any group point at each of `keys` of a table of the network (people)."""
    found: Counter[int] = Counter()
    for column in _pointing_at(target, besides):
        found.update(_counted(session, select(column, func.count()), column, keys))
    return found


def anything_of_batch(session: Session, group_id: GroupId, batch_id: int) -> bool:
    """Return whether any row of the group came with that import: it carries its batch, or an effect is noted."""
    return any(
        session.scalar(select(exists().where(table.c.group_id == group_id, table.c.batch_id == batch_id)))
        for table in Base.metadata.sorted_tables
        if "batch_id" in table.c and "group_id" in table.c
    )


def _counted(session: Session, query: Any, column: Column[Any], keys: Collection[int]) -> Counter[int]:
    narrowed = column.in_(list(keys)) if len(keys) <= _NAMED_AT_MOST else column.is_not(None)
    wanted = frozenset(keys)
    rows = session.execute(query.where(narrowed).group_by(column))
    return Counter({key: count for key, count in rows if key in wanted})


def _pointing_at(target: Table, besides: frozenset[str], *, secret: bool = False) -> Iterator[Column[Any]]:
    """Yield each column, besides the group, by which another table points at the rows of `target`.

    Of the tables that are declared `secret`, or else of all others; of sealed ones none.
    """
    for table in Base.metadata.sorted_tables:
        if table.name in besides or is_sealed(table) or bool(table.info.get("secret")) is not secret:
            continue
        for key in table.foreign_key_constraints:
            if key.referred_table is target:
                yield from (column for column in key.columns if column.name != "group_id")
