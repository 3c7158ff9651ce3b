"""A house grown large: the demo network's first group copied again and again under new keys, table by table."""

import sqlite3
from contextlib import closing
from pathlib import Path

STRIDE = 1 << 40
"""What each copy adds to the group's key: far more than any key of the demo."""


def grow(database: Path, *, bytes_wanted: int) -> int:
    """Copy the group with the most members until the SQLite file has `bytes_wanted`; return how many copies were made."""
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("PRAGMA synchronous=OFF")
        group = connection.execute(
            "SELECT group_id FROM member GROUP BY group_id ORDER BY count(*) DESC LIMIT 1"
        ).fetchone()[0]
        copies = 0
        while _size(connection) < bytes_wanted:
            copies += 1
            connection.execute("BEGIN")
            for table in _tables(connection):
                _copy(connection, table, group, copies)
            connection.execute("COMMIT")
        assert connection.execute("PRAGMA foreign_key_check").fetchone() is None
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return copies


def _size(connection: sqlite3.Connection) -> int:
    pages, size = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    return int(pages * size)


def _tables(connection: sqlite3.Connection) -> list[str]:
    """Return the tables whose rows belong to a group by their key, and the groups themselves."""
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return [name for name in names if name == "member_group" or "group_id" in _key(connection, name)]


def _key(connection: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")') if row[5]]


def _copy(connection: sqlite3.Connection, table: str, group: int, number: int) -> None:
    columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]
    own = "id" if table == "member_group" else "group_id"
    instead = {own: f'"{own}" + {number * STRIDE}', "slug": f"slug || '-{number}'", "token_hash": "NULL"}
    values = [instead.get(column, f'"{column}"') for column in columns]
    names = ", ".join(f'"{column}"' for column in columns)
    connection.execute(
        f'INSERT INTO "{table}" ({names}) SELECT {", ".join(values)} FROM "{table}" WHERE "{own}" = ?',
        (group,),
    )
