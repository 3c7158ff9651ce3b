"""Visitors who signed in at the tablet themselves and stand on no list of visitors yet: one tap takes them over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from app.core.meetings.domain.meeting import Meeting
from app.core.meetings.queries import last_meetings, meeting_at_hand
from app.http.page import GroupPage
from app.plugins.attendance.interface import GuestsAtTheDoor
from app.plugins.welcome.domain.visitor import VisitorKind
from app.plugins.welcome.queries.visitors import names_of_day

_ASKED_FOR = timedelta(days=7)
_AS = {"visitor": VisitorKind.FIRST, "guest": VisitorKind.GUEST, "observer": VisitorKind.OBSERVER}


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedInVisitor:
    """Somebody to be noted: what they gave at the tablet, as the form of visitors takes it."""

    name: str
    firm: str
    kind: str
    came_on: str

    @property
    def as_form(self) -> dict[str, str]:
        """The fields of the form."""
        return {"name": self.name, "firm": self.firm, "kind": self.kind, "came_on": self.came_on}


def not_noted_yet(page: GroupPage) -> Sequence[SignedInVisitor]:
    """Return who signed in at the last meeting of the week or at the one at hand, and is not noted for its day."""
    guests = page.reader(GuestsAtTheDoor)  # type: ignore[type-abstract]  # a protocol is asked for, never made
    if guests is None:
        return []
    found: dict[tuple[str, str], SignedInVisitor] = {}
    for meeting in _meetings(page):
        noted = names_of_day(page.work.session, page.group.id, meeting.local_date)
        for one in guests.of_meeting(page.group.id, meeting.id):
            if one.name not in noted:
                day = meeting.local_date.isoformat()
                kind = _AS.get(one.guest, VisitorKind.FIRST).value
                found[one.name, day] = SignedInVisitor(name=one.name, firm=one.firm, kind=kind, came_on=day)
    return list(found.values())


def _meetings(page: GroupPage) -> list[Meeting]:
    """Return the last meeting that began and the one that is on or comes next, each once."""
    session, group, now = page.work.session, page.group, page.work.now
    at_hand = meeting_at_hand(session, group.id, now)
    begun = [one for one in last_meetings(session, group.id, now, 1) if now - one.ends_at_utc <= _ASKED_FOR]
    near = [at_hand] if at_hand is not None and at_hand.starts_at_utc - now <= timedelta(days=1) else []
    return list({one.id: one for one in [*begun, *near]}.values())
