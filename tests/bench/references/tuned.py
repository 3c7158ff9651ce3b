"""A sign-in as a careful Flask application does it: a pool, driver SQL through SQLAlchemy, the CSRF token checked, 303; and a password login."""

import time
from typing import Any

from argon2 import PasswordHasher
from flask import Flask, redirect, request
from flask_login import LoginManager, UserMixin, current_user, login_required, login_user
from flask_wtf import CSRFProtect
from sqlalchemy import create_engine, event
from werkzeug.wrappers import Response

from tests.bench.references.store import DURABLE, PASSWORD, SECRET, database_file

_INSERT = (
    "INSERT INTO attendance (group_id, meeting_id, member_id, status, at) VALUES (?, ?, ?, ?, ?) "
    "ON CONFLICT (group_id, meeting_id, member_id) DO NOTHING"
)
_USER = "SELECT group_id, member_id, name, role FROM member WHERE group_id = ? AND member_id = ?"

app = Flask(__name__)
app.config.update(SECRET_KEY=SECRET, MAX_CONTENT_LENGTH=65536)
engine = create_engine(
    f"sqlite:///{database_file()}", pool_size=8, connect_args={"timeout": 30}, isolation_level="AUTOCOMMIT"
)
login = LoginManager(app)
csrf = CSRFProtect(app)
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_kept_hash = _hasher.hash(PASSWORD)


def _make_durable(driver: Any, _entry: Any) -> None:
    driver.execute(DURABLE)


event.listen(engine, "connect", _make_durable)


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
    with engine.connect() as connection:
        row = connection.exec_driver_sql(_USER, (int(group), int(member))).one_or_none()
    return User(row) if row else None


@app.post("/sign-in")
@login_required  # type: ignore[untyped-decorator]  # Flask-Login has no types
def sign_in() -> Response:
    """Write one row."""
    key = (current_user.group_id, int(request.form["meeting_id"]), current_user.member_id)
    with engine.connect() as connection:
        connection.exec_driver_sql(_INSERT, (*key, request.form["status"], time.time_ns() // 1_000_000_000))
    return redirect("/", 303)


@app.post("/login")
@csrf.exempt  # type: ignore[untyped-decorator]  # Flask-WTF has no types
def log_in() -> Response:
    """Check a password, at the same cost as the product does, and start a session."""
    _hasher.verify(_kept_hash, request.form["password"])
    user = load(request.form["who"])
    if user:
        login_user(user)
    return redirect("/", 303)
