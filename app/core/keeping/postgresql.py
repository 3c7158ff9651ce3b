"""PostgreSQL: a dump and its digests of one instant, restored whole in one transaction, tried in a database of its own."""

import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory
from typing import Any, LiteralString

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo
from sqlalchemy.engine import URL, make_url

from app.core import sealing
from app.core.keeping.archive import Progress
from app.core.keeping.digest import TableDigest, digest_of


class ToolMissingError(Exception):
    """A program of PostgreSQL's is missing or does not fit; the text says what to install."""


def copy(url: str, target: Path, tell: Progress) -> Mapping[str, TableDigest]:
    """Dump the database as it stands at one instant to `target`, and return the digests of that instant."""
    with closing(_connected(url)) as connection, connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        snapshot = _value(connection, "SELECT pg_export_snapshot()")
        tell("Copying", 0, 1)
        options = [
            "--format=custom",
            "--compress=0",
            "--no-owner",
            f"--snapshot={snapshot}",
            f"--file={target}",
        ]
        _run("pg_dump", options, make_url(url))
        tell("Copying", 1, 1)
        return _digests(connection, tell, "Counting rows")


def verified(url: str, dump: Path, tell: Progress) -> Mapping[str, TableDigest]:
    """Restore the dump into a database made for it, return what that holds, and drop it again."""
    tell("Restoring it once", 0, 1)
    with _scratch(url) as scratch:
        _restore_into(scratch, dump)
        tell("Restoring it once", 1, 1)
        with closing(_connected(scratch.render_as_string(hide_password=False))) as connection:
            return _digests(connection, tell, "Comparing rows")


def put_in_place(url: str, dump: Path) -> None:
    """Replace everything in the database by the dump, in one transaction: after a crash the old or the new."""
    _restore_into(make_url(url), dump, "--clean", "--if-exists")


def others_connected(url: str) -> int:
    """Return how many other connections to the database are open."""
    with closing(_connected(url)) as connection:
        query = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        return int(_value(connection, query))


def size_of(url: str) -> int:
    """Return the size of the database in bytes."""
    with closing(_connected(url)) as connection:
        return int(_value(connection, "SELECT pg_database_size(current_database())"))


def _restore_into(url: URL, dump: Path, *options: str) -> None:
    whole = ["--no-owner", "--single-transaction", "--exit-on-error", *options]
    _run("pg_restore", [*whole, str(dump)], url)


@contextmanager
def _scratch(url: str) -> Iterator[URL]:
    parts = make_url(url)
    name = f"givefirst_check_{token_hex(4)}"
    with closing(_connected(url)) as connection:
        connection.autocommit = True
        try:
            connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
        except psycopg.errors.InsufficientPrivilege as refused:
            raise ToolMissingError(
                f"{parts.username} may not make a database to try the back-up in. "
                f"Type as administrator: ALTER ROLE {parts.username} CREATEDB"
            ) from refused
        try:
            yield parts.set(database=name)
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _digests(connection: psycopg.Connection[Any], tell: Progress, step: str) -> dict[str, TableDigest]:
    query = "SELECT schemaname, tablename FROM pg_tables WHERE schemaname = ANY(%s) ORDER BY tablename"
    tables = connection.execute(query, [["public", sealing.SCHEMA]]).fetchall()
    digests = {}
    for number, (schema, table) in enumerate(tables, 1):
        digests[table] = digest_of(_rows(connection, schema, table))
        tell(step, number, len(tables))
    return digests


def _rows(connection: psycopg.Connection[Any], schema: str, table: str) -> Iterator[bytes]:
    query = sql.SQL("COPY (SELECT * FROM {} AS one) TO STDOUT").format(sql.Identifier(schema, table))
    rest = b""
    with connection.cursor() as cursor, cursor.copy(query) as copied:
        for piece in copied:
            *lines, rest = (rest + bytes(piece)).split(b"\n")
            yield from lines


def _value(connection: psycopg.Connection[Any], query: LiteralString) -> Any:
    row = connection.execute(query).fetchone()
    return row[0] if row else None


def _connected(url: str) -> psycopg.Connection[Any]:
    return psycopg.connect(_conninfo(make_url(url)), autocommit=True)


def _run(program: str, options: list[str], url: URL) -> None:
    """Run one of PostgreSQL's own programs; the password goes by a file of its own, never by the command line."""
    found = shutil.which(program)
    if found is None:
        raise ToolMissingError(
            f"{program} is missing. Install PostgreSQL's client programs (postgresql-client)."
        )
    with TemporaryDirectory() as folder:
        passwords = Path(folder) / "pgpass"
        passwords.touch(mode=0o600)
        passwords.write_text(f"*:*:*:*:{_escaped(url.password or '')}\n")
        place = make_conninfo(_conninfo(url.set(password=None)), passfile=str(passwords))
        command = [found, *options, f"--dbname={place}"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  # no shell, options of our own
    if done.returncode != 0:
        raise ToolMissingError(f"{program} failed: {done.stderr.strip() or f'exit code {done.returncode}'}")


def _conninfo(url: URL) -> str:
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


def _escaped(password: str) -> str:
    return password.replace("\\", "\\\\").replace(":", "\\:")
