"""Who is signed in at a reference program that speaks to the database by driver SQL."""

from flask import Flask
from flask_login import LoginManager, UserMixin

from tests.bench.references.store import SECRET, connection


class User(UserMixin):  # type: ignore[misc]  # Flask-Login has no types
    """A member, read at every request."""

    __slots__ = ("group_id", "member_id", "name", "role")

    def __init__(self, group_id: int, member_id: int, name: str, role: str) -> None:
        self.group_id = group_id
        self.member_id = member_id
        self.name = name
        self.role = role

    def get_id(self) -> str:
        return f"{self.group_id}.{self.member_id}"


def app_with_members(name: str) -> Flask:
    """Return an application that knows its members by their signed cookie and one SELECT."""
    app = Flask(name)
    app.config.update(SECRET_KEY=SECRET, MAX_CONTENT_LENGTH=65536)
    login = LoginManager(app)

    @login.user_loader  # type: ignore[untyped-decorator]  # Flask-Login has no types
    def load(identity: str) -> User | None:
        group, _, member = identity.partition(".")
        row = (
            connection()
            .execute(
                "SELECT group_id, member_id, name, role FROM member WHERE group_id = ? AND member_id = ?",
                (int(group), int(member)),
            )
            .fetchone()
        )
        return User(*row) if row else None

    return app
