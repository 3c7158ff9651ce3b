"""What becomes of visits when their meeting is called off, moved, or takes place elsewhere: each visitor is told once."""

from collections.abc import Sequence

from app.core.groups.domain.standing import Group
from app.core.groups.queries import all_groups
from app.core.ids import GroupId, MeetingId
from app.core.meetings.domain.meeting import Meeting
from app.core.meetings.queries import meeting_by_key
from app.core.work import UnitOfWork
from app.plugins.welcome.domain.visit import expires_on
from app.plugins.welcome.domain.visitor import VisitState
from app.plugins.welcome.interface import VisitCalledOff
from app.plugins.welcome.queries.public_page import page_of
from app.plugins.welcome.queries.visits import Visit, visits_of_meeting
from app.plugins.welcome.services.visit_letters import (
    VisitAddresses,
    say_meeting_moved,
    say_meeting_off,
    unsend_before,
)
from app.plugins.welcome.store_visits import set_state, write_visit


def group_of(work: UnitOfWork, group_id: GroupId) -> Group:
    """Return the group with that key, which exists."""
    return next(one for one in all_groups(work.session) if one.id == group_id)


def call_off_visits(work: UnitOfWork, group: Group, meeting_id: MeetingId, addresses: VisitAddresses) -> None:
    """Tell everybody who was expected at a meeting that does not take place; on their page they choose another. Handlers call it."""
    meeting, expected = _expected(work, group, meeting_id)
    if meeting is None or meeting.takes_place:
        return
    for visit in expected:
        unsend_before(work, group, visit)
        set_state(
            work.session,
            group.id,
            visit.id,
            VisitState.CANCELLED,
            was=VisitState.EXPECTED,
            cancelled_at_utc=work.now,
        )
        if visit.may_be_written_to and meeting.ends_at_utc > work.now:
            say_meeting_off(work, group, visit, meeting, addresses)
        work.record(
            VisitCalledOff(group_id=group.id, visitor_id=visit.id, meeting_id=meeting_id, by="meeting")
        )


def tell_of_change(work: UnitOfWork, group: Group, meeting_id: MeetingId, addresses: VisitAddresses) -> None:
    """Tell everybody who is expected when and where the meeting takes place now. Handlers call it."""
    meeting, expected = _expected(work, group, meeting_id)
    if meeting is None or not meeting.takes_place or meeting.starts_at_utc <= work.now:
        return
    months = page_of(work.session, group.id).words.months_kept
    for visit in expected:
        if visit.came_on != meeting.local_date:
            moved = {"came_on": meeting.local_date, "expires_on": expires_on(meeting.local_date, months)}
            write_visit(work.session, group.id, visit.id, moved)
        unsend_before(work, group, visit)
        if visit.may_be_written_to:
            say_meeting_moved(work, group, visit, meeting, addresses)


def _expected(
    work: UnitOfWork, group: Group, meeting_id: MeetingId
) -> tuple[Meeting | None, Sequence[Visit]]:
    meeting = meeting_by_key(work.session, group.id, meeting_id)
    return meeting, [one for one in visits_of_meeting(work.session, group.id, meeting_id) if one.is_expected]
