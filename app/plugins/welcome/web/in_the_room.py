"""Who is in the room, as attendance knows it: when a newcomer came, and whether a greeter is there at all."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from app.core.ids import MeetingId, MemberId
from app.http.page import GroupPage
from app.plugins.attendance.interface import InTheRoom
from app.plugins.welcome.domain.greeting import waits_too_long
from app.plugins.welcome.queries.greetings import GreetingLine


def with_arrival(page: GroupPage, line: GreetingLine) -> GreetingLine:
    """Return the greeting with the arrival of a newcomer, who signs in like any member."""
    if line.newcomer_id is None or line.meeting_day != page.today:
        return line
    arrived = _arrivals(page, line.meeting_id).get(line.newcomer_id)
    return replace(line, greeting=replace(line.greeting, arrived_at_utc=arrived))


def is_left_alone(page: GroupPage, line: GreetingLine) -> bool:
    """Return whether the guest is here and nobody is with them: at once where the greeter has not signed in.

    Where nobody at all has signed in, the group keeps no record at the door, and the clock alone decides.
    """
    if line.greeting.arrived_at_utc is None or line.greeting.met_at_utc is not None:
        return False
    arrivals = _arrivals(page, line.meeting_id) if line.meeting_day == page.today else {}
    is_in = line.greeter in arrivals if arrivals else None
    return waits_too_long(line.greeting, page.work.now, greeter_is_in=is_in)


def _arrivals(page: GroupPage, meeting_id: MeetingId) -> Mapping[MemberId, datetime]:
    """Return who signed in at a meeting; one statement a page."""

    def ask() -> Mapping[MemberId, datetime]:
        room = page.reader(InTheRoom)  # type: ignore[type-abstract]  # a protocol is asked for, never made
        return room.arrivals(page.group.id, meeting_id) if room else {}

    return page.asked_once(f"welcome.in_the_room.{meeting_id}", ask)
