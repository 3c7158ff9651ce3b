"""The cookies by which devices of a group are known: narrow, for that group's door pages alone, one for each kind."""

from datetime import datetime

from flask import Response as FlaskResponse
from flask import current_app, jsonify, request
from werkzeug.wrappers import Response

from app.core.groups.domain.standing import Group

DEVICE_KINDS = ("screen", "steward", "tablet")
JSON = "application/json"


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


def wants_json() -> bool:
    """Return whether a script asks, and reads the answer."""
    return request.headers.get("Accept", "") == JSON


def posts_json() -> bool:
    """Return whether what is posted is declared as JSON.

    The tablet's page, cached for months, cannot hold a form token, so this stands in for it: a form of another site
    cannot declare its content as JSON, a script of one may not unless this house allowed it, which it never does, and
    `SameSite` keeps the cookie from what other sites post.
    """
    return request.mimetype == JSON


def answer_script(status: int, **said: object) -> FlaskResponse:
    """Return a short answer to a script, kept nowhere."""
    response = jsonify(said)
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    return response
