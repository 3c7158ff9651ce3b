"""A form as most Flask applications do it: ORM objects, WTForms, the CSRF token checked, a Jinja page drawn."""

import time

from flask import Flask, render_template
from flask_login import LoginManager, UserMixin, current_user, login_required
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect, FlaskForm
from sqlalchemy import BigInteger, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.pool import ConnectionPoolEntry
from wtforms import IntegerField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired

from tests.bench.references.store import DURABLE, SECRET, database_file

_STATUSES = (("P", "Present"), ("A", "Absent"), ("L", "Late"), ("M", "Medical"), ("S", "Substitute"))
_PAGE = (
    "<!doctype html><title>Sign-in</title><h1>{{ user.name }}</h1><p>{{ message }}</p><form method=post>"
    "{{ form.hidden_tag() }}{{ form.meeting_id.label }}{{ form.meeting_id }}"
    "{{ form.status.label }}{{ form.status }}<button>Sign in</button></form>"
)


class Base(DeclarativeBase):
    """The base of the reference's two tables."""


class Member(UserMixin, Base):  # type: ignore[misc]  # Flask-Login has no types
    """A member, loaded as an object at every request."""

    __tablename__ = "member"
    group_id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    email: Mapped[str]
    role: Mapped[str]

    def get_id(self) -> str:
        return f"{self.group_id}.{self.member_id}"


class Attendance(Base):
    """One member at one meeting."""

    __tablename__ = "attendance"
    group_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    meeting_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    status: Mapped[str]
    at: Mapped[int] = mapped_column(BigInteger)


class SignIn(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """A small form of two fields."""

    meeting_id = IntegerField("Meeting", validators=[DataRequired()])
    status = SelectField("Status", choices=[SelectChoice(value, label) for value, label in _STATUSES])


app = Flask(__name__)
app.config.update(
    SECRET_KEY=SECRET,
    MAX_CONTENT_LENGTH=65536,
    SQLALCHEMY_DATABASE_URI=f"sqlite:///{database_file()}",
    SQLALCHEMY_ENGINE_OPTIONS={"connect_args": {"timeout": 30}},
)
db = SQLAlchemy(app, model_class=Base)
login = LoginManager(app)
CSRFProtect(app)
page = app.jinja_env.from_string(_PAGE)


def _make_durable(driver: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    cursor = driver.cursor()
    cursor.execute(DURABLE)
    cursor.close()


with app.app_context():
    event.listen(db.engine, "connect", _make_durable)


@login.user_loader  # type: ignore[untyped-decorator]  # Flask-Login has no types
def load(identity: str) -> Member | None:
    """Return the member of the session."""
    group, _, member = identity.partition(".")
    return db.session.get(Member, (int(group), int(member)))


@app.route("/sign-in", methods=["GET", "POST"])
@login_required  # type: ignore[untyped-decorator]  # Flask-Login has no types
def sign_in() -> str:
    """Take the form in and draw the page again."""
    form = SignIn()
    message = ""
    if form.validate_on_submit():
        db.session.add(
            Attendance(
                group_id=current_user.group_id,
                meeting_id=form.meeting_id.data,
                member_id=current_user.member_id,
                status=form.status.data,
                at=time.time_ns() // 1_000_000_000,
            )
        )
        db.session.commit()
        message = "Signed in"
    return render_template(page, user=current_user, message=message, form=form)
