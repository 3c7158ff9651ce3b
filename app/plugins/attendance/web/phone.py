"""What a member's own browser keeps between the scan and the tap: the ticket, and a mark by which it is known again.

The ticket stands in the browser's signed session cookie, so that it cannot be altered or read off a link and
handed on; once it signed somebody in, it is theirs, and a second tap gets the same answer.
"""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from flask import current_app, request, session
from werkzeug.wrappers import Response

from app.core.groups.domain.standing import Group
from app.http.page import GroupPage, Page
from app.plugins.attendance.domain.room_code import key_for_room_codes
from app.plugins.attendance.domain.ticket import ScanTicket, ticket_after_scan

_TICKET = "attendance.ticket"
_PHONE_COOKIE = "givefirst_phone"
_PHONE_KNOWN = timedelta(days=180)
_LONGEST_MARK = 64


def keep_ticket(group: Group, meeting_public_id: str, scanned_at: datetime) -> None:
    """Keep the scan in this browser, unless an earlier one of the same meeting is still good."""
    scanned = ScanTicket(group_slug=group.slug, meeting_public_id=meeting_public_id, scanned_at=scanned_at)
    if ticket_after_scan(_kept(), scanned) is scanned:
        session[_TICKET] = {
            "group": scanned.group_slug,
            "meeting": scanned.meeting_public_id,
            "at": scanned.scanned_at.isoformat(),
        }


def ticket_for(page: GroupPage) -> ScanTicket | None:
    """Return this browser's ticket; one that signed in another member is none for this one."""
    used_by = session.get(_TICKET, {}).get("by", page.viewer.member_public_id)
    return _kept() if used_by == page.viewer.member_public_id else None


def ticket_was_used(page: GroupPage) -> None:
    """Tie the ticket to the member it signed in."""
    session[_TICKET] = {**session.get(_TICKET, {}), "by": page.viewer.member_public_id}


def room_code_key() -> bytes:
    """Return the installation's key of room codes."""
    secret: Any = current_app.config["SECRET_KEY"]
    return key_for_room_codes(secret.encode() if isinstance(secret, str) else secret)


def ticket_of_anybody() -> ScanTicket | None:
    """Return this browser's ticket as long as it has signed in nobody by their session: for those who have none."""
    return None if "by" in session.get(_TICKET, {}) else _kept()


def phone_key(page: Page) -> str | None:
    """Return the hash by which this browser is known in this group, or None where it keeps no cookies."""
    mark = request.cookies.get(_PHONE_COOKIE, "")
    if not mark or len(mark) > _LONGEST_MARK:
        return None
    return hashlib.sha256(f"{page.group.id}:{mark}".encode()).hexdigest()


def know_phone_again(page: Page, response: Response) -> Response:
    """Give this browser a random mark, sent to this group's attendance pages alone, unless it has one."""
    if _PHONE_COOKIE in request.cookies:
        return response
    mark = secrets.token_urlsafe(16)
    for realm in ("g", "visit"):
        response.set_cookie(
            _PHONE_COOKIE,
            mark,
            max_age=_PHONE_KNOWN,
            path=f"/{realm}/{page.group.slug}/attendance",
            secure=current_app.config["SESSION_COOKIE_SECURE"],
            httponly=True,
            samesite="Lax",
        )
    return response


def _kept() -> ScanTicket | None:
    kept = session.get(_TICKET)
    if not kept:
        return None
    return ScanTicket(
        group_slug=kept["group"],
        meeting_public_id=kept["meeting"],
        scanned_at=datetime.fromisoformat(kept["at"]),
    )
