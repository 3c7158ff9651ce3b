"""SQLite: a copy by its own backup API while people work, its digests, and putting a copy in the database's place."""

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from app.core.keeping.archive import Progress
from app.core.keeping.digest import TableDigest, digest_of

_PAGES_AT_ONCE = 2_000
_ROWS_AT_ONCE = 2_000


def copy(database: Path, target: Path, tell: Progress) -> Mapping[str, TableDigest]:
    """Copy the database as it stands at one instant to `target`, and return the digests of that instant."""
    with _snapshot(database) as source:
        with closing(sqlite3.connect(target)) as copied:
            source.backup(
                copied,
                pages=_PAGES_AT_ONCE,
                progress=lambda _status, left, total: tell("Copying", total - left, total),
            )
        return _digests(source, tell, "Counting rows")


def verified(database: Path, tell: Progress) -> Mapping[str, TableDigest]:
    """Return the digests of a database that nobody uses; raises `ValueError` where SQLite finds it damaged."""
    with closing(sqlite3.connect(database)) as connection:
        tell("Checking the file", 0, 1)
        found = connection.execute("PRAGMA integrity_check").fetchone()[0]
        orphans = connection.execute("PRAGMA foreign_key_check").fetchone()
        if found != "ok" or orphans is not None:
            raise ValueError(
                f"SQLite says: {found if found != 'ok' else f'a row without its parent: {orphans}'}"
            )
        return _digests(connection, tell, "Comparing rows")


def put_in_place(copy_of_it: Path, database: Path) -> None:
    """Make `copy_of_it` the database, in one step: after a crash there is the old one, whole, or the new one.

    Nobody else may have the database open. Its log is emptied into it first, so that no old log is left beside the
    new file.
    """
    if database.exists():
        with closing(sqlite3.connect(database, isolation_level=None)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            # Refused while anybody else has the database open, even one who does nothing with it.
            if connection.execute("PRAGMA journal_mode=DELETE").fetchone()[0] != "delete":
                raise BlockingIOError(f"{database} is in use.")
    copy_of_it.replace(database)
    descriptor = os.open(database.parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _snapshot(database: Path) -> Iterator[sqlite3.Connection]:
    """Yield a connection that sees the database as of now until the end of the block, and keeps no writer waiting."""
    with closing(sqlite3.connect(f"file:{database}?mode=rw", uri=True, isolation_level=None)) as connection:
        connection.execute("PRAGMA busy_timeout=10000")
        connection.execute("PRAGMA query_only=ON")
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        yield connection


def _digests(connection: sqlite3.Connection, tell: Progress, step: str) -> dict[str, TableDigest]:
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    tables = [row[0] for row in connection.execute(query)]
    digests = {}
    for number, table in enumerate(tables, 1):
        digests[table] = digest_of(_rows(connection, table))
        tell(step, number, len(tables))
    return digests


def _rows(connection: sqlite3.Connection, table: str) -> Iterator[bytes]:
    columns = ", ".join(sorted(f'"{row[1]}"' for row in connection.execute(f'PRAGMA table_info("{table}")')))
    rows = connection.execute(f'SELECT {columns} FROM "{table}"')  # noqa: S608  # names from the database itself
    while some := rows.fetchmany(_ROWS_AT_ONCE):
        for row in some:
            yield repr(row).encode()
