"""Removing what a plugin kept, once its code is gone: exported first, then dropped in one transaction."""

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from sqlalchemy import Connection, MetaData, Table, func, inspect, select, text
from sqlalchemy.schema import DropTable

from app.core.sealing import SCHEMA

_VERSION = "alembic_version_"
_ROWS_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Leftovers:
    """The tables of a plugin in the database, those that point at others first, and its functions beside sealed ones."""

    plugin: str
    tables: tuple[Table, ...]
    version_table: Table | None
    functions: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether the database knows nothing of the plugin."""
        return not self.tables and self.version_table is None


def leftovers_of(connection: Connection, plugin: str, others: Sequence[str]) -> Leftovers:
    """Return what the database holds of `plugin`; `others` are components whose tables may begin alike."""
    names = inspect(connection).get_table_names()
    known = [*others, *(name.removeprefix(_VERSION) for name in names if name.startswith(_VERSION))]
    longer = tuple(f"{other}_" for other in known if other.startswith(f"{plugin}_"))

    def is_own(name: str) -> bool:
        return name.startswith(f"{plugin}_") and not (longer and name.startswith(longer))

    own = [name for name in names if is_own(name)]
    found = MetaData()
    found.reflect(connection, only=[*own, *([_VERSION + plugin] if _VERSION + plugin in names else [])])
    ordered = [table for table in reversed(found.sorted_tables) if table.name in own]
    return Leftovers(
        plugin=plugin,
        tables=tuple(ordered),
        version_table=found.tables.get(_VERSION + plugin),
        functions=tuple(call for name, call in _functions(connection) if is_own(name)),
    )


def export(connection: Connection, found: Leftovers, target: Path) -> int:
    """Write every row of the tables to `target`, a zip with one file of JSON lines a table; return how many.

    After a crash there is the whole file or none.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f".{target.name}.part")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        with ZipFile(file, "w", ZIP_DEFLATED) as archive:
            written = {table.name: _write(connection, table, archive) for table in found.tables}
            archive.writestr("manifest.json", json.dumps({"plugin": found.plugin, "rows": written}, indent=1))
        file.flush()
        os.fsync(file.fileno())
    for table in found.tables:
        _insist(
            _lines_of(unfinished, table.name), connection.scalar(select(func.count()).select_from(table)) or 0
        )
    unfinished.rename(target)
    return sum(written.values())


def drop(connection: Connection, found: Leftovers) -> None:
    """Drop the functions, the tables and the plugin's history; the caller commits."""
    for function in found.functions:
        connection.execute(text(f"DROP FUNCTION {function}"))
    for table in found.tables:
        connection.execute(DropTable(table))
    if found.version_table is not None:
        connection.execute(DropTable(found.version_table))


def _functions(connection: Connection) -> list[tuple[str, str]]:
    """Return the name and the signature of each function beside sealed tables."""
    if connection.dialect.name != "postgresql":
        return []
    query = "SELECT proname, oid::regprocedure::text FROM pg_proc WHERE pronamespace = to_regnamespace(:schema) ORDER BY 2"
    return [(name, call) for name, call in connection.execute(text(query), {"schema": SCHEMA})]


def _write(connection: Connection, table: Table, archive: ZipFile) -> int:
    count = 0
    with archive.open(f"{table.name}.jsonl", "w") as file:
        for row in _rows(connection, table):
            file.write(json.dumps(row, default=_plain, ensure_ascii=False).encode() + b"\n")
            count += 1
    return count


def _rows(connection: Connection, table: Table) -> Iterator[dict[str, Any]]:
    found = connection.execute(select(table), execution_options={"yield_per": _ROWS_AT_ONCE})
    for row in found.mappings():
        yield dict(row)


def _plain(value: object) -> str:
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    raise TypeError(f"{value!r} cannot be exported; teach `_plain` its type.")


def _lines_of(target: Path, table: str) -> int:
    with ZipFile(target) as archive, archive.open(f"{table}.jsonl") as file:
        return sum(1 for _line in file)


def _insist(written: int, kept: int) -> None:
    if written != kept:
        raise ValueError(f"The export holds {written} rows of {kept}; nothing was removed.")
