"""The cookies by which devices of a group are known: narrow, for that group's door pages alone, one for each kind."""

from datetime import datetime

from flask import Response as FlaskResponse
from flask import current_app, jsonify, request
from werkzeug.wrappers import Response

from app.core.groups.domain.standing import Group

DEVICE_KINDS = ("screen", "steward", "tablet")
TABLET_HEADER = "X-Givefirst-Tablet"
"""Sent by the tablet's own script with each of its requests.

It stands in for the form token, which a page cached for months cannot hold: a form of another site cannot set a
header, its script may not without being asked for, and `SameSite` keeps the cookie from what it posts.
"""


def device_cookie(kind: str) -> str:
    """Return the name of the cookie of one kind of device, so that one browser may be several at once."""
    if kind not in DEVICE_KINDS:
        raise ValueError(f"{kind!r} is no kind of device; there are: {', '.join(DEVICE_KINDS)}.")
    return f"givefirst_{kind}"


def hand_over(response: Response, group: Group, kind: str, token: str, expires_at_utc: datetime) -> Response:
    """Give the browser the device's token, sent only to `/door/<group>`."""
    response.set_cookie(
        device_cookie(kind),
        token,
        expires=expires_at_utc,
        path=f"/door/{group.slug}",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )
    return response


def is_of_tablet_script() -> bool:
    """Return whether the tablet's own script sent this request, and reads the answer."""
    return TABLET_HEADER in request.headers


def answer_script(status: int, **said: object) -> FlaskResponse:
    """Return a short answer to the tablet's script, kept nowhere."""
    response = jsonify(said)
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    return response
