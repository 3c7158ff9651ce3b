"""What happens around a greeting by itself: the alert on arrival, the hand-over by the clock, greeters who are freed."""

from app.core.groups.domain.standing import Group
from app.core.groups.queries import members_on
from app.core.ids import GroupId, MeetingId
from app.core.local_time import local_day
from app.core.meetings.events import HolidayDeclared, MeetingCancelled
from app.core.work import UnitOfWork
from app.plugins.attendance.interface import InTheRoom
from app.plugins.welcome.domain.greeting import Freed, GreetingState, waits_too_long
from app.plugins.welcome.interface import (
    ArrivalTakenBack,
    GuestWaits,
    VisitCalledOff,
    VisitMoved,
    VisitorArrived,
)
from app.plugins.welcome.queries.greetings import (
    GreetingLine,
    greetings_of_meeting,
    greetings_of_visitor,
    greetings_to_come,
    here_and_not_met,
)
from app.plugins.welcome.queries.guests import Guest, group_of_event, hosts_on, visitors_expected
from app.plugins.welcome.services.greeting import free
from app.plugins.welcome.services.greeting_told import Telling, tell_arrived, tell_waits
from app.plugins.welcome.store_greeting import add_greeting, change_greeting


def alert_on_arrival(work: UnitOfWork, event: VisitorArrived) -> None:
    """Tell the greeter that the guest is here; where nobody has promised to be there, tell the hosts."""
    group = group_of_event(work.session, event.group_id)
    if group is None or event.meeting_id is None:
        return
    line = _line_of_arrived(work, group, event.meeting_id, event.visitor_id)
    if line is None or not line.is_open_at(work.now) or line.greeting.met_at_utc is not None:
        return
    if line.is_accepted and line.greeter is not None:
        tell_arrived(Telling(work=work, group=group, line=line), line.greeter)
        if not waits_too_long(line.greeting, work.now, greeter_is_in=_greeter_is_in(work, group, line)):
            return
    _tell_hosts(work, group, line)


def arrival_was_no_arrival(work: UnitOfWork, event: ArrivalTakenBack) -> None:
    """Begin anew: nobody is with a guest who has not come, and the hosts would be told again."""
    for line in greetings_of_visitor(work.session, event.group_id, event.visitor_id):
        if line.is_there:
            values = {"met_at_utc": None, "host_told_at_utc": None}
            change_greeting(work.session, event.group_id, line.id, line.version, values)


def free_after_call_off(work: UnitOfWork, event: VisitCalledOff) -> None:
    """Free the greeter of a visitor who does not come."""
    _free_all(work, event.group_id, event.visitor_id, Freed.CALLED_OFF)


def free_after_move(work: UnitOfWork, event: VisitMoved) -> None:
    """Free the greeter of the meeting that the visitor does not come to any more."""
    _free_all(work, event.group_id, event.visitor_id, Freed.MOVED, but=event.meeting_id)


def free_after_cancelling(work: UnitOfWork, event: MeetingCancelled) -> None:
    """Free who would have received a newcomer at a meeting that does not take place."""
    _free_of_meeting(work, event.group_id, event.meeting_id)


def free_on_holiday(work: UnitOfWork, event: HolidayDeclared) -> None:
    """Free who would have received a newcomer at a meeting that is a holiday."""
    _free_of_meeting(work, event.group_id, event.meeting_id)


def look_after_greetings(work: UnitOfWork, group: Group) -> int:
    """Tell the hosts of guests who wait too long, and free greeters who left the group. The house commits."""
    done = 0
    for line in here_and_not_met(work.session, group.id, work.now):
        if line.is_open_at(work.now) and waits_too_long(line.greeting, work.now):
            _tell_hosts(work, group, line)
            done += 1
    return done + _free_those_who_left(work, group)


def _greeter_is_in(work: UnitOfWork, group: Group, line: GreetingLine) -> bool | None:
    """Return whether the greeter has signed in; None where nobody has, and so nothing is known of who is in the room."""
    room = work.reader(group.id, InTheRoom)  # type: ignore[type-abstract]  # a protocol is asked for, never made
    arrivals = room.arrivals(group.id, line.meeting_id) if room is not None else {}
    return line.greeter in arrivals if arrivals else None


def _free_those_who_left(work: UnitOfWork, group: Group) -> int:
    to_come = greetings_to_come(work.session, group.id, work.now)
    if not to_come:
        return 0
    today = local_day(work.now, group.zone)
    members = {
        day: frozenset(one.id for one in members_on(work.session, group.id, day))
        for day in {max(line.meeting_day, today) for line in to_come}
    }
    gone = [line for line in to_come if line.greeter not in members[max(line.meeting_day, today)]]
    for line in gone:
        free(work, group, line, Freed.LEFT)
    return len(gone)


def _line_of_arrived(
    work: UnitOfWork, group: Group, meeting_id: MeetingId, visitor_id: int
) -> GreetingLine | None:
    """Return the greeting of the visitor, begun now for one who asked for a greeter and has none."""
    lines = greetings_of_visitor(work.session, group.id, visitor_id)
    line = next((one for one in lines if one.meeting_id == meeting_id), None)
    if line is not None:
        return line
    guests = visitors_expected(work.session, group.id, meeting_id)
    guest = next((one for one in guests if one.visitor_id == visitor_id and one.wants_greeter), None)
    if guest is None:
        return None
    _begin(work, group, meeting_id, guest)
    lines = greetings_of_visitor(work.session, group.id, visitor_id)
    return next((one for one in lines if one.meeting_id == meeting_id), None)


def _begin(work: UnitOfWork, group: Group, meeting_id: MeetingId, guest: Guest) -> None:
    add_greeting(
        work.session,
        {
            "group_id": group.id,
            "id": work.ids.key(),
            "public_id": work.ids.public_id(),
            "meeting_id": meeting_id,
            "visitor_id": guest.visitor_id,
            "state": GreetingState.OPEN.value,
            "asked_times": 0,
            "version": 1,
        },
    )


def _tell_hosts(work: UnitOfWork, group: Group, line: GreetingLine) -> None:
    """Tell the hosts once; two workers in the same instant write over one version, and the second finds it changed."""
    told = {"host_told_at_utc": work.now}
    if change_greeting(work.session, group.id, line.id, line.version, told):
        tell_waits(
            Telling(work=work, group=group, line=line), hosts_on(work.session, group.id, line.meeting_day)
        )
        work.record(GuestWaits(group_id=group.id, greeting_id=line.id))


def _free_all(
    work: UnitOfWork, group_id: GroupId, visitor_id: int, why: Freed, *, but: MeetingId | None = None
) -> None:
    group = group_of_event(work.session, group_id)
    if group is None:
        return
    for line in greetings_of_visitor(work.session, group_id, visitor_id):
        if (
            line.meeting_id != but
            and line.ends_at_utc > work.now
            and not (line.is_there and line.takes_place)
        ):
            free(work, group, line, why)


def _free_of_meeting(work: UnitOfWork, group_id: GroupId, meeting_id: MeetingId) -> None:
    group = group_of_event(work.session, group_id)
    if group is None:
        return
    for line in greetings_of_meeting(work.session, group_id, meeting_id):
        if line.newcomer_id is not None and not line.takes_place:
            free(work, group, line, Freed.CALLED_OFF)
