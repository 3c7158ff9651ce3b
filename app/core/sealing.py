"""Sealed tables: on PostgreSQL the web role may neither read nor change them; it calls functions of their owner instead.

They stand in a schema of their own, for all plugins one. A plugin declares such a table with `info={"sealed": "<plugin>"}`, moves it
there in a migration and makes its functions beside it (docs/plugins.md, "Sealed tables"). SQLite has no roles: there they stand
among the others.
"""

from collections.abc import Collection, Iterator
from typing import Any, Final

from sqlalchemy import BigInteger, Column, Connection, Engine, Table, event, func, literal, select, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from app.core.database import Base, prepare_engine
from app.core.ids import GroupId

SCHEMA: Final = "sealed"

_OPEN = """
    SELECT relname FROM pg_class
    WHERE relnamespace = to_regnamespace(:schema) AND relkind IN ('r', 'p', 'v', 'm', 'f')
      AND has_schema_privilege(relnamespace, 'USAGE')
      AND has_table_privilege(oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE')
    ORDER BY relname
"""
_OUTSIDE = """
    SELECT relname FROM pg_class
    WHERE relnamespace <> to_regnamespace(:schema) AND relkind = 'r' AND relname = ANY(:names)
      AND pg_table_is_visible(oid)
    ORDER BY relname
"""


def is_sealed(table: Table) -> bool:
    """Return whether the web role may not touch the table itself."""
    return bool(table.info.get("sealed"))


def prepare_owner_engine(engine: Engine) -> None:
    """Prepare an engine of the role that owns the tables: it finds sealed ones by their bare names, as migrations call them."""
    prepare_engine(engine)
    if engine.dialect.name == "postgresql":
        event.listen(engine, "connect", _find_sealed)


def make_schema(connection: Connection) -> None:
    """Make the schema of sealed tables where there is none yet; the caller commits."""
    if connection.dialect.name != "postgresql":
        return
    if connection.scalar(text("SELECT to_regnamespace(:schema) IS NULL"), {"schema": SCHEMA}):
        connection.execute(text(f"CREATE SCHEMA {SCHEMA}"))


def rights_of(role: str) -> tuple[str, ...]:
    """Return the statements that let the web role, by its quoted name, call the functions and do nothing else there."""
    return (
        f"GRANT USAGE ON SCHEMA {SCHEMA} TO {role}",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA {SCHEMA} FROM PUBLIC, {role}",
        f"REVOKE ALL ON ALL FUNCTIONS IN SCHEMA {SCHEMA} FROM PUBLIC",
        f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA {SCHEMA} TO {role}",
    )


def open_to_me(connection: Connection) -> list[str]:
    """Return the sealed tables that the connected role can read or change all the same; none on SQLite, which has no roles."""
    if connection.dialect.name != "postgresql":
        return []
    names = [table.name for table in Base.metadata.sorted_tables if is_sealed(table)]
    asked = {"schema": SCHEMA, "names": names}
    return [*connection.scalars(text(_OPEN), asked), *connection.scalars(text(_OUTSIDE), asked)]


def pointed_at_by_sealed(
    session: Session, group_id: GroupId, target: Table, keys: Collection[int]
) -> set[int]:
    """Return which of `keys` of `target` sealed rows of the group point at: whether, and never how many.

    On PostgreSQL the plugin's function `sealed.<plugin>_named(group, members)` answers.
    """
    pointing = [
        (table, list(_columns_at(table, target))) for table in Base.metadata.sorted_tables if is_sealed(table)
    ]
    if not keys:
        return set()
    if session.get_bind().dialect.name != "postgresql":
        return {
            key
            for table, columns in pointing
            for column in columns
            for key in session.scalars(
                select(column).where(table.c.group_id == group_id, column.in_(list(keys))).distinct()
            )
        }
    asked = literal(group_id, BigInteger), literal(list(keys), ARRAY(BigInteger))
    found: set[int] = set()
    for plugin in sorted({table.info["sealed"] for table, columns in pointing if columns}):
        named: Any = getattr(func.sealed, f"{plugin}_named")
        found.update(session.scalars(select(named(*asked))))
    return found


def _columns_at(table: Table, target: Table) -> Iterator[Column[Any]]:
    for key in table.foreign_key_constraints:
        if key.referred_table is target:
            yield from (column for column in key.columns if column.name != "group_id")


def _find_sealed(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # Outside a transaction: a setting goes with the transaction that made it, where that is rolled back.
    connection.autocommit = True
    cursor = connection.cursor()
    cursor.execute(f"SET search_path TO public, {SCHEMA}")
    cursor.close()
    connection.autocommit = False
