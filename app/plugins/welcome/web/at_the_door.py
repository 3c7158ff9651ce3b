"""Visitors who signed in at the tablet themselves and stand on no list of visitors yet: one tap takes them over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from app.core.meetings.domain.meeting import Meeting
from app.http.page import GroupPage
from app.plugins.attendance.interface import GuestsAtTheDoor
from app.plugins.welcome.domain.visit import clear_match
from app.plugins.welcome.domain.visitor import VisitorKind
from app.plugins.welcome.queries.visitors import names_of_day

_OPENS_BEFORE = timedelta(days=1)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMeetings:
    """The meetings of the week around today that take place: the last that began, and the one that is on or comes next."""

    begun: Meeting | None
    at_hand: Meeting | None


def near_meetings(page: GroupPage) -> NearMeetings:
    """Return the two of the week before and after today."""
    now = page.work.now
    planned = [one for one in page.meetings_near.within_a_week if one.takes_place]
    return NearMeetings(
        begun=next((one for one in reversed(planned) if one.starts_at_utc <= now), None),
        at_hand=next((one for one in planned if one.ends_at_utc > now), None),
    )


def not_noted_yet(page: GroupPage, near: NearMeetings) -> Sequence[SignedInVisitor]:
    """Return who signed in at the last meeting of the week or at the one at hand, and is not noted for its day."""
    guests = page.reader(GuestsAtTheDoor)  # type: ignore[type-abstract]  # a protocol is asked for, never made
    if guests is None:
        return []
    found: dict[tuple[str, str], SignedInVisitor] = {}
    for meeting in _with_a_door(page, near):
        noted = names_of_day(page.work.session, page.group.id, meeting.local_date)
        for one in guests.of_meeting(page.group.id, meeting.id):
            if not any(clear_match(one.name, [(0, name)]) == 0 for name in noted):
                day = meeting.local_date.isoformat()
                kind = _AS.get(one.guest, VisitorKind.FIRST).value
                found[one.name, day] = SignedInVisitor(name=one.name, firm=one.firm, kind=kind, came_on=day)
    return list(found.values())


def _with_a_door(page: GroupPage, near: NearMeetings) -> list[Meeting]:
    """Return the meetings at whose door somebody may have signed in by now, each once."""
    opened = [one for one in (near.begun, near.at_hand) if one is not None]
    soon = page.work.now + _OPENS_BEFORE
    return list({one.id: one for one in opened if one.starts_at_utc <= soon}.values())
