"""The last tap of this browser, so that one button takes it back: whose mark, and the version that it made.

It stands in the browser's signed session cookie. What stood before the tap stands on the server, beside the mark.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import session

from app.plugins.attendance.queries.roster import Roster, RosterLine

_TAP = "attendance.tap"
OFFERED_FOR = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tap:
    """One tap on a roster, as this browser remembers it."""

    meeting: str
    member: str
    after_version: int


def remember_tap(meeting: str, line: RosterLine) -> None:
    """Remember that the mark of `line` (as it stood before) was just written over."""
    session[_TAP] = {"meeting": meeting, "member": line.public_id, "after": line.mark.version + 1}


def remembered_tap(meeting: str) -> Tap | None:
    """Return the last tap of this browser on the roster of that meeting."""
    kept: dict[str, Any] = session.get(_TAP) or {}
    if kept.get("meeting") != meeting:
        return None
    return Tap(meeting=meeting, member=kept["member"], after_version=kept["after"])


def forget_tap() -> None:
    """Forget the last tap: it was taken back."""
    session.pop(_TAP, None)


def line_to_undo(roster: Roster, now: datetime) -> RosterLine | None:
    """Return the line whose last change was this browser's tap of a moment ago, while it still stands."""
    tap = remembered_tap(roster.meeting.public_id)
    line = roster.line_of(tap.member) if tap else None
    if tap is None or line is None or not roster.meeting.record.is_open:
        return None
    written = line.mark.updated_at_utc
    is_fresh = written is not None and now - written <= OFFERED_FOR
    return line if is_fresh and line.mark.version == tap.after_version else None
