"""What the reference programs keep: 40 groups of 30 members with 26 meetings, in SQLite, and cookies to sign in with."""

import os
import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask import Flask, session
from flask_wtf.csrf import generate_csrf

SECRET = "reference-only-not-a-secret"
PASSWORD = "a-password-of-the-bench"
GROUPS, MEMBERS, MEETINGS = 40, 30, 26
DATABASE = "BENCH_REFERENCE_DATABASE"
"""The environment variable that names the file of the reference's database."""

DURABLE = "PRAGMA synchronous=FULL"

TABLES = """
CREATE TABLE member (
  group_id INTEGER NOT NULL, member_id INTEGER NOT NULL,
  name TEXT NOT NULL, email TEXT NOT NULL, role TEXT NOT NULL,
  PRIMARY KEY (group_id, member_id));
CREATE TABLE attendance (
  group_id INTEGER NOT NULL, meeting_id BIGINT NOT NULL, member_id INTEGER NOT NULL,
  status TEXT NOT NULL, at BIGINT NOT NULL, note TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (group_id, meeting_id, member_id));
"""
_LETTERS = "PPPPPALMS"

_local = threading.local()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cookie:
    """A signed session cookie, with the token that forms of that session carry."""

    header: str
    csrf_token: str


def rows() -> tuple[list[tuple[int, int, str, str, str]], list[tuple[int, int, int, str, int]]]:
    """Return the rows of both tables: members, and the letters of every meeting."""
    places = [(group, member) for group in range(1, GROUPS + 1) for member in range(1, MEMBERS + 1)]
    members = [
        (g, m, f"Member {g}-{m}", f"m{m}@g{g}.example", "leader" if m == 1 else "member") for g, m in places
    ]
    letters = [(g, d, m, _LETTERS[(g + d * m) % 9], 0) for g, m in places for d in range(1, MEETINGS + 1)]
    return members, letters


def fill(path: Path) -> None:
    """Make the reference's database at `path`."""
    members, letters = rows()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.executescript(TABLES)
    connection.executemany("INSERT INTO member VALUES (?, ?, ?, ?, ?)", members)
    connection.executemany(
        "INSERT INTO attendance (group_id, meeting_id, member_id, status, at) VALUES (?, ?, ?, ?, ?)", letters
    )
    connection.commit()
    connection.close()


def database_file() -> str:
    """Return the file that this process's reference works on."""
    return os.environ[DATABASE]


def connection() -> sqlite3.Connection:
    """Return this thread's connection in autocommit; a commit is on the disk when it returns."""
    found: sqlite3.Connection | None = getattr(_local, "connection", None)
    if found is None:
        found = _local.connection = sqlite3.connect(database_file(), timeout=30, isolation_level=None)
        found.execute(DURABLE)
    return found


@cache
def cookies_once() -> tuple[Cookie, ...]:
    """Return the cookies of all members, made the first time alone: signing them takes a second."""
    return tuple(cookies())


def cookies() -> Iterator[Cookie]:
    """Yield a cookie for every member."""
    app = Flask("cookies")
    app.config.update(SECRET_KEY=SECRET)
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]  # Flask's own interface has it
    for group in range(1, GROUPS + 1):
        for member in range(1, MEMBERS + 1):
            with app.test_request_context("/"):
                token = generate_csrf()
                kept = dict(session) | {"_user_id": f"{group}.{member}", "_fresh": True}
            yield Cookie(header=f"session={signer.dumps(kept)}", csrf_token=token)
