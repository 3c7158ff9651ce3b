"""The least work a durable sign-in can be: the session's user, one INSERT by driver SQL, 303."""

import time

from flask import redirect, request
from flask_login import current_user, login_required
from werkzeug.wrappers import Response

from tests.bench.references.signed_in import app_with_members
from tests.bench.references.store import connection

app = app_with_members(__name__)

_INSERT = (
    "INSERT INTO attendance (group_id, meeting_id, member_id, status, at) VALUES (?, ?, ?, ?, ?) "
    "ON CONFLICT (group_id, meeting_id, member_id) DO NOTHING"
)


@app.post("/sign-in")
@login_required  # type: ignore[untyped-decorator]  # Flask-Login has no types
def sign_in() -> Response:
    """Write one row."""
    meeting, status = int(request.form["meeting_id"]), request.form["status"]
    key = (current_user.group_id, meeting, current_user.member_id)
    connection().execute(_INSERT, (*key, status, time.time_ns() // 1_000_000_000))
    return redirect("/", 303)
