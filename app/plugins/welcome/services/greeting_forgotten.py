"""Forgetting what happened at the door: with its visitor, and at its time."""

from datetime import timedelta

from app.core.groups.domain.standing import Group
from app.core.ids import GroupId
from app.core.local_time import local_day
from app.core.meetings.services.telling import day_written
from app.core.notices.forgetting import forget_about
from app.core.notices.services import notify
from app.core.sentences import N_
from app.core.work import UnitOfWork
from app.http.outside import path_of
from app.plugins.welcome.domain.spoken import KEPT_FOR_AFTER
from app.plugins.welcome.interface import VisitForgotten, VisitorTakenBack
from app.plugins.welcome.queries.guests import group_of_event
from app.plugins.welcome.services.greeting_told import freed_path, greeting_path
from app.plugins.welcome.store_greeting import (
    forget_greetings,
    forget_old_people,
    forget_people_of_visitors,
    forgotten_visitors_who_spoke,
    greeters_still_ready,
    greetings_of_forgotten,
    greetings_to_forget,
)

GREETINGS_KEPT_FOR = timedelta(days=91)
"""Who greeted whom is kept so long, so that nobody is asked again and again."""

_DOES_NOT_COME = N_(
    "The guest whom you would have received on %(day)s does not come. Thank you for being ready."
)


def forget_door(work: UnitOfWork, group: Group) -> int:
    """Forget greetings of long ago and of forgotten visitors, whom somebody put aside, who spoke. The house commits."""
    today = local_day(work.now, group.zone)
    greetings = greetings_to_forget(work.session, group.id, today - GREETINGS_KEPT_FOR)
    _forget(work, group, greetings)
    gone = forget_people_of_visitors(
        work.session, group.id, forgotten_visitors_who_spoke(work.session, group.id)
    )
    old = forget_old_people(work.session, group.id, today - KEPT_FOR_AFTER, work.now - KEPT_FOR_AFTER)
    return len(greetings) + gone + old


def forget_door_of_visitor(work: UnitOfWork, event: VisitForgotten) -> None:
    """Forget at once what hangs on a visitor who was forgotten; a greeter who was ready is told, without a name."""
    _forget_visitor(work, event.group_id, event.visitor_id)


def forget_door_of_mistake(work: UnitOfWork, event: VisitorTakenBack) -> None:
    """Forget at once what hangs on a visitor who was noted by mistake."""
    _forget_visitor(work, event.group_id, event.visitor_id)


def _forget_visitor(work: UnitOfWork, group_id: GroupId, visitor_id: int) -> None:
    group = group_of_event(work.session, group_id)
    if group is None:
        return
    for greeter, day in greeters_still_ready(work.session, group.id, visitor_id, work.now):
        facts = {"day": day_written(day, group)}
        notify(
            work,
            group_id=group.id,
            member_id=greeter,
            kind="welcome.greeter_freed",
            text=_DOES_NOT_COME,
            facts=facts,
            path=path_of("group.welcome.own_greetings", group),
        )
    _forget(work, group, greetings_of_forgotten(work.session, group.id, visitor_id))
    forget_people_of_visitors(work.session, group.id, [visitor_id])


def _forget(work: UnitOfWork, group: Group, greetings: list[tuple[int, str]]) -> None:
    for _key, public_id in greetings:
        forget_about(work, group.id, path=greeting_path(group, public_id), subject_key=public_id)
        forget_about(work, group.id, path=freed_path(group, public_id))
    forget_greetings(work.session, group.id, [key for key, _public_id in greetings])
