"""A leader opens the room's screen of a meeting and closes it; the screen is a device with a token of its own."""

from datetime import timedelta

from sqlalchemy import select

from app.core.access.models import DeviceRow
from app.core.access.services.devices import open_device, revoke_device
from app.core.errors import NotFound, Refused
from app.core.ids import DeviceId, GroupId, MemberId
from app.core.work import UnitOfWork
from app.plugins.attendance.domain.rules import refusals_for_room
from app.plugins.attendance.queries.meetings import MeetingLine, meeting_in_address

SCREEN_LIVES_AFTER_END = timedelta(hours=3)


def open_room_screen(work: UnitOfWork, group_id: GroupId, meeting_public_id: str, leader_id: MemberId) -> str:
    """Open a screen for the meeting and return the one-time pass that a browser trades for it.

    It may be opened ahead of time; the code shows once the sign-in opens. Refused where the meeting is over or
    does not take place.
    """
    meeting = _meeting(work, group_id, meeting_public_id)
    # Before the sign-in opens it is only early: judged as if it were just open.
    if refusals := refusals_for_room(meeting.facts, max(work.now, meeting.facts.opens_at_utc)):
        raise Refused(refusals)
    opened = open_device(
        work,
        group_id=group_id,
        kind="screen",
        label=meeting.local_date.isoformat(),
        opened_by=leader_id,
        expires_at_utc=meeting.ends_at_utc + SCREEN_LIVES_AFTER_END,
        meeting_id=meeting.id,
    )
    work.commit()
    return opened.one_time_pass


def close_room_screens(work: UnitOfWork, group_id: GroupId, meeting_public_id: str) -> int:
    """Close every screen of the meeting, so that none shows a code any more; return how many were open."""
    meeting = _meeting(work, group_id, meeting_public_id)
    open_ones = select(DeviceRow.id).where(
        DeviceRow.group_id == group_id,
        DeviceRow.meeting_id == meeting.id,
        DeviceRow.kind == "screen",
        DeviceRow.revoked_at_utc.is_(None),
        DeviceRow.expires_at_utc > work.now,
    )
    closed = [DeviceId(device_id) for device_id in work.session.scalars(open_ones)]
    for device_id in closed:
        revoke_device(work, group_id=group_id, device_id=device_id)
    work.commit()
    return len(closed)


def _meeting(work: UnitOfWork, group_id: GroupId, public_id: str) -> MeetingLine:
    meeting = meeting_in_address(work.session, group_id, public_id)
    if meeting is None:
        raise NotFound
    return meeting
