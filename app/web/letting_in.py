"""Letting a person in: the session begins, their invitations are accepted, and they go where they wanted to go."""

from urllib.parse import urlsplit

from flask import current_app, redirect, request, session, url_for
from flask_login import login_user
from werkzeug import Response
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from app.core.access.domain.address import folded_address
from app.core.access.queries import account_by_key
from app.core.access.services.invitations import accept_invitations
from app.core.access.services.sessions import start_session
from app.core.errors import Refused
from app.core.ids import AccountId
from app.core.work import UnitOfWork
from app.http.identity import SessionUser

ASKED_FOR = "code_address"
"""Where the browser's session keeps the address that a code was asked for, so that nobody types it twice."""


def let_in(work: UnitOfWork, account_id: AccountId) -> None:
    """Sign the account in on this browser and accept its invitations, in one transaction; commits."""
    account = account_by_key(work.session, account_id)
    accept_invitations(work, account.person_id)
    token = start_session(work, account_id, device_name=_device_name())
    # What the browser held as a stranger's stays (a scan at the door waits for its tap), but not the token of its forms.
    session.pop("csrf_token", None)
    session.pop(ASKED_FOR, None)
    session.permanent = True
    login_user(SessionUser(token))


def address_tried(what: str) -> str:
    """Return whose tries a limit counts: the address as it is kept, since it can be written in many ways."""
    typed = request.form.get("email", "")[:200]
    try:
        return f"{what}:{folded_address(typed)}"
    except Refused:
        return f"{what}:{typed.strip().casefold()}"


def go_on() -> Response:
    """Send the browser on to the page it wanted, else to the front page, which leads to the group."""
    return redirect(own_path(request.values.get("next", "")) or url_for("house.front"), 303)


def own_path(wanted: str) -> str:
    """Return `wanted` if it is a path of this house that a browser may open, else nothing."""
    parts = urlsplit(wanted)
    if not wanted.startswith("/") or wanted.startswith(("//", "/\\")) or parts.scheme or parts.netloc:
        return ""
    try:
        current_app.url_map.bind("").match(parts.path, method="GET")
    except RequestRedirect:
        return wanted
    except HTTPException:
        return ""
    return wanted


def _device_name() -> str:
    """Return what a person would call this browser: its own words for itself are long and say little."""
    agent = request.user_agent.string
    browser = next((name for name in ("Edg", "OPR", "Firefox", "Chrome", "Safari") if name in agent), "")
    system = next(
        (name for name in ("iPhone", "iPad", "Android", "Windows", "Mac OS", "Linux") if name in agent), ""
    )
    spoken = {"Edg": "Edge", "OPR": "Opera", "Mac OS": "Mac"}
    return ", ".join(spoken.get(name, name) for name in (browser, system) if name)
