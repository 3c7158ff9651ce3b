"""What happens to visits without anybody at a page: jobs, and what meetings tell."""

from app.core.groups.domain.standing import Group
from app.core.meetings.events import (
    HolidayDeclared,
    MeetingCancelled,
    MeetingMoved,
    MeetingPlaceChanged,
)
from app.core.work import UnitOfWork
from app.plugins.welcome.services import forgetting
from app.plugins.welcome.services.after_visits import look_after_visits
from app.plugins.welcome.services.newcomers import hand_on_newcomers
from app.plugins.welcome.services.visit_meetings import call_off_visits, group_of, tell_of_change
from app.plugins.welcome.web.visit_addresses import addresses_of


def look_after(work: UnitOfWork, group: Group) -> int:
    """Remind, settle, hand out calls and newcomers, and ask; a job, so it must not commit."""
    return look_after_visits(work, group, addresses_of(group)) + hand_on_newcomers(work, group)


def forget(work: UnitOfWork, group: Group) -> int:
    """Forget whose time has come; a job, so it must not commit."""
    return forgetting.forget_due(work, group, addresses_of(group))


def hear_of_no_meeting(work: UnitOfWork, event: MeetingCancelled | HolidayDeclared) -> None:
    """Tell the visitors of a meeting that it does not take place."""
    group = group_of(work, event.group_id)
    call_off_visits(work, group, event.meeting_id, addresses_of(group))


def hear_of_change(work: UnitOfWork, event: MeetingMoved | MeetingPlaceChanged) -> None:
    """Tell the visitors of a meeting when and where it takes place now."""
    group = group_of(work, event.group_id)
    tell_of_change(work, group, event.meeting_id, addresses_of(group))
