"""Emptying every text that is a person's, by the declarations of the models; rows that count for others stay."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import LargeBinary, Table, delete, inspect, or_, update
from sqlalchemy.orm import Session

from app.core.database import Base
from app.core.ids import GroupId
from app.core.person_data.declared import Declared, Keys, labelled, rows_of, tables_of


def erase_declared(session: Session, keys: Keys) -> Counter[str]:
    """Empty or take away everything whose declaration leads to the person; return how much, by table."""
    erased: Counter[str] = Counter()
    tables = tables_there(session)
    # The tables that point at others first, so that no row is taken from under another.
    for table in reversed(tables):
        ways = list(labelled([table]))
        for group_id, key in _places(keys):
            taken = [one for one in ways if one.takes_row]
            erased[table.name] += _take_rows(session, table, taken, group_id, key)
            for one in ways:
                if not one.takes_row:
                    erased[table.name] += _empty(session, one, group_id, key)
    session.expire_all()
    return +erased


def tables_there(session: Session) -> list[Table]:
    """Return the tables that the models know and the database has, those that others point at first."""
    return tables_of(Base, inspect(session.connection()).get_table_names())


def unknown_tables(session: Session) -> list[str]:
    """Return the tables of which no loaded model knows what they hold: a plugin's that was unloaded and not purged."""
    known = {table.name for table in Base.metadata.sorted_tables}
    there = inspect(session.connection()).get_table_names()
    return sorted(name for name in there if name not in known and not name.startswith("alembic_version"))


def _places(keys: Keys) -> Iterable[tuple[GroupId | None, int]]:
    """Yield every group with the member's key there, and at last the person without a group."""
    yield from keys.members
    yield None, keys.person_id


def _take_rows(
    session: Session, table: Table, columns: Sequence[Declared], group_id: GroupId | None, key: int
) -> int:
    conditions = [
        condition
        for one in columns
        if (condition := rows_of(table, one.erased_with, group_id=group_id, key=key)) is not None
    ]
    if not conditions:
        return 0
    gone: Any = session.execute(delete(table).where(or_(*conditions)))
    return int(gone.rowcount)


def _empty(session: Session, one: Declared, group_id: GroupId | None, key: int) -> int:
    condition = rows_of(one.table, one.erased_with, group_id=group_id, key=key)
    if condition is None:
        return 0
    nothing: Any = None if one.column.nullable else (b"" if _is_bytes(one) else "")
    something = one.column.is_not(None) if one.column.nullable else one.column != nothing
    changed: Any = session.execute(
        update(one.table).where(condition, something).values({one.column.name: nothing})
    )
    return int(changed.rowcount)


def _is_bytes(one: Declared) -> bool:
    impl = getattr(one.column.type, "impl_instance", one.column.type)
    return isinstance(impl, LargeBinary)
