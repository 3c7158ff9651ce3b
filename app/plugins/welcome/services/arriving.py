"""At the door: an expected visitor is here, or was tapped by mistake; and the day after, who was never seen."""

from datetime import datetime, timedelta

from app.core.errors import NotFound
from app.core.groups.domain.standing import Group
from app.core.local_time import local_day
from app.core.work import UnitOfWork
from app.plugins.welcome.domain.visitor import VisitState
from app.plugins.welcome.interface import ArrivalTakenBack, VisitorArrived
from app.plugins.welcome.queries.visits import (
    Visit,
    overdue_expected,
    visit_by_public_id,
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
    """Let the visit have taken place; whoever waits for the visitor hears of it on the day itself."""
    was = VisitState(visit.state)
    if not set_state(work.session, group.id, visit.id, VisitState.CAME, was=was, arrived_at_utc=at):
        return False
    if at is not None:
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
