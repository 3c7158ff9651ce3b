"""At the door: an expected visitor is here, or was tapped by mistake; and the day after, who was never seen."""

from datetime import datetime, timedelta

from app.core.errors import NotFound
from app.core.groups.domain.standing import Group
from app.core.local_time import local_day
from app.core.work import UnitOfWork
from app.plugins.attendance.interface import GuestsAtTheDoor, GuestSignedIn
from app.plugins.welcome.domain.visit import clear_match
from app.plugins.welcome.domain.visitor import VisitState
from app.plugins.welcome.interface import ArrivalTakenBack, VisitorArrived
from app.plugins.welcome.queries.guests import group_of_event
from app.plugins.welcome.queries.visits import (
    Visit,
    overdue_expected,
    visit_by_public_id,
    visits_for_meeting,
)
from app.plugins.welcome.store_visits import set_state

SINCE_THE_DAY = timedelta(days=7)
"""Until how long after the day it can be put right that somebody came after all."""


def may_arrive(visit: Visit, work: UnitOfWork, group: Group) -> bool:
    """Return whether it can be noted that the visitor is here: on the day, or that they came, for a week after it."""
    today = local_day(work.now, group.zone)
    is_open = visit.state in {VisitState.EXPECTED, VisitState.MISSED, VisitState.CANCELLED}
    return is_open and visit.came_on <= today <= visit.came_on + SINCE_THE_DAY


def note_arrival(work: UnitOfWork, group: Group, public_id: str) -> Visit:
    """Note that the visitor is here; a second tap changes nothing. Commits.

    Who called off and comes all the same is here too. The arrival is the instant of the tap on the day itself; on a later
    day nobody knows it.
    """
    visit = _found(work, group, public_id)
    if visit.state == VisitState.CAME:
        return visit
    if not may_arrive(visit, work, group):
        raise NotFound
    is_today = visit.came_on == local_day(work.now, group.zone)
    _arrives(work, group, visit, work.now if is_today else None)
    work.commit()
    return visit


def arrive_at_tablet(work: UnitOfWork, event: GuestSignedIn) -> None:
    """Take as arrived who signed in at the tablet under the name that is expected, where it is clear who that is.

    Anything less than the whole name, or a name that two have, is left to a tap of the hosts. What a tablet brings late keeps
    its own hour. A handler: it looks at what this event brought alone, so that an arrival taken back stays taken back.
    """
    asked = work.reader(event.group_id, GuestsAtTheDoor)  # type: ignore[type-abstract]  # a protocol is asked for, never made
    group = group_of_event(work.session, event.group_id)
    if asked is None or group is None or event.at_utc is None:
        return
    visits = {one.id: one for one in visits_for_meeting(work.session, group.id, event.meeting_id)}
    for guest in asked.of_meeting(group.id, event.meeting_id):
        key = clear_match(guest.name, [(one.id, one.name) for one in visits.values()])
        if guest.at_utc == event.at_utc and key is not None and may_arrive(visits[key], work, group):
            _arrives(work, group, visits[key], guest.at_utc)


def take_arrival_back(work: UnitOfWork, group: Group, public_id: str) -> Visit:
    """Note that the tap was a mistake: the visitor is expected again, on the day of the visit alone. Commits."""
    visit = _found(work, group, public_id)
    if visit.arrived_at_utc is None or visit.came_on != local_day(work.now, group.zone):
        raise NotFound
    if set_state(
        work.session, group.id, visit.id, VisitState.EXPECTED, was=VisitState.CAME, arrived_at_utc=None
    ):
        work.record(ArrivalTakenBack(group_id=group.id, visitor_id=visit.id))
    work.commit()
    return visit


def settle_days_past(work: UnitOfWork, group: Group) -> int:
    """Note of every earlier day who never came; return how many. The caller commits.

    Whom a member had noted ahead came, as ever: only who registered is expected to be tapped at the door.
    """
    past = overdue_expected(work.session, group.id, local_day(work.now, group.zone))
    for visitor_id, origin in past:
        state = VisitState.MISSED if origin == "public" else VisitState.CAME
        set_state(work.session, group.id, visitor_id, state, was=VisitState.EXPECTED)
    return len(past)


def _arrives(work: UnitOfWork, group: Group, visit: Visit, at: datetime | None) -> bool:
    """Let the visit have taken place; whoever waits for the visitor hears of it on the day itself alone."""
    was = VisitState(visit.state)
    if not set_state(work.session, group.id, visit.id, VisitState.CAME, was=was, arrived_at_utc=at):
        return False
    if at is not None and visit.came_on == local_day(work.now, group.zone):
        work.record(
            VisitorArrived(
                group_id=group.id, visitor_id=visit.id, meeting_id=visit.meeting_id, arrived_at_utc=at
            )
        )
    return True


def _found(work: UnitOfWork, group: Group, public_id: str) -> Visit:
    visit = visit_by_public_id(work.session, group.id, public_id)
    if visit is None:
        raise NotFound
    return visit
