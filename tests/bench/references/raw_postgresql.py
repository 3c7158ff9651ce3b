"""The least work a durable sign-in can be on PostgreSQL: the session's user, one INSERT by the driver, 303."""

import os
import threading
import time
from typing import Any

import psycopg
from flask import Flask, redirect, request
from flask_login import LoginManager, UserMixin, current_user, login_required
from werkzeug.wrappers import Response

from tests.bench.references.store import DATABASE, SECRET

_INSERT = (
    "INSERT INTO attendance (group_id, meeting_id, member_id, status, at) VALUES (%s, %s, %s, %s, %s) "
    "ON CONFLICT (group_id, meeting_id, member_id) DO NOTHING"
)
_USER = "SELECT group_id, member_id, name, role FROM member WHERE group_id = %s AND member_id = %s"

app = Flask(__name__)
app.config.update(SECRET_KEY=SECRET, MAX_CONTENT_LENGTH=65536)
login = LoginManager(app)
_local = threading.local()


def connection() -> psycopg.Connection[Any]:
    """Return this thread's connection in autocommit; the server's own settings make a commit durable."""
    found: psycopg.Connection[Any] | None = getattr(_local, "connection", None)
    if found is None:
        found = _local.connection = psycopg.connect(os.environ[DATABASE], autocommit=True)
    return found


class User(UserMixin):  # type: ignore[misc]  # Flask-Login has no types
    """A member, read at every request."""

    def __init__(self, row: Any) -> None:
        self.group_id, self.member_id, self.name, self.role = row

    def get_id(self) -> str:
        return f"{self.group_id}.{self.member_id}"


@login.user_loader  # type: ignore[untyped-decorator]  # Flask-Login has no types
def load(identity: str) -> User | None:
    """Return the member of the session."""
    group, _, member = identity.partition(".")
    row = connection().execute(_USER, (int(group), int(member))).fetchone()
    return User(row) if row else None


@app.post("/sign-in")
@login_required  # type: ignore[untyped-decorator]  # Flask-Login has no types
def sign_in() -> Response:
    """Write one row."""
    key = (current_user.group_id, int(request.form["meeting_id"]), current_user.member_id)
    connection().execute(_INSERT, (*key, request.form["status"], time.time_ns() // 1_000_000_000))
    return redirect("/", 303)
