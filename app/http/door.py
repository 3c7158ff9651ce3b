"""The cookie by which a device of a group is known: narrow, for that group's door pages alone."""

from datetime import datetime

from flask import current_app
from werkzeug.wrappers import Response

from app.core.groups.domain.standing import Group

DEVICE_COOKIE = "givefirst_device"


def hand_over(response: Response, group: Group, token: str, expires_at_utc: datetime) -> Response:
    """Give the browser the device's token, sent only to `/door/<group>`."""
    response.set_cookie(
        DEVICE_COOKIE,
        token,
        expires=expires_at_utc,
        path=f"/door/{group.slug}",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )
    return response
