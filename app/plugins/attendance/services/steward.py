"""An officer asks somebody to help at the door of one meeting: a link that works once, on one phone, and can be closed."""

from datetime import datetime, timedelta

from app.core.access.services.devices import open_device, revoke_device, trade_pass
from app.core.errors import NotFound, Refusal, Refused
from app.core.ids import DeviceId, GroupId, MemberId
from app.core.notices.services import Letter, write_to_member
from app.core.sentences import N_
from app.core.work import UnitOfWork
from app.plugins.attendance.domain.rules import refusals_for_steward
from app.plugins.attendance.queries.meetings import MeetingLine, meeting_in_address, meeting_of_key
from app.plugins.attendance.queries.stewards import STEWARD_KIND, pass_opens, stewards_asked, stewards_of

STEWARD_HELPS_AFTER_END = timedelta(hours=6)

STEWARD_SUBJECT = N_("Would you help at the door of %(group)s?")
STEWARD = N_(
    "Hello,\n\nyou were asked to help at the door of %(group)s on %(day)s.\n"
    "Open this link on the phone or laptop you will have with you:\n\n%(link)s\n\n"
    "It works once, on one device, and for this meeting alone. There you sign people in, show the code, "
    "and submit the record.\n"
)


def ask_steward(
    work: UnitOfWork,
    group_id: GroupId,
    meeting_public_id: str,
    officer_id: MemberId,
    *,
    one_time_pass: str = "",
) -> str:
    """Open the door of one meeting to a helper and return the one-time pass of the link; refused once it is over.

    A pass that is given, a secret of the caller's, is taken; otherwise a new one is made.
    """
    meeting = meeting_for_steward(work, group_id, meeting_public_id)
    if refusals := refusals_for_steward(meeting.facts, work.now, helps_until=helps_until(meeting)):
        raise Refused(refusals)
    number = stewards_asked(work.session, group_id, meeting.id) + 1
    opened = open_device(
        work,
        group_id=group_id,
        kind=STEWARD_KIND,
        label=str(number),
        opened_by=officer_id,
        expires_at_utc=helps_until(meeting),
        meeting_id=meeting.id,
        one_time_pass=one_time_pass,
    )
    work.commit()
    return opened.one_time_pass


def mail_to_steward(
    work: UnitOfWork,
    meeting: MeetingLine,
    member_id: MemberId,
    *,
    group_name: str,
    link: str,
    subject_key: str,
) -> None:
    """Mail the link to a member who will help; the same link is mailed to nobody twice."""
    letter = Letter(
        kind="attendance.steward",
        subject=STEWARD_SUBJECT,
        body=STEWARD,
        subject_key=subject_key,
        facts={"group": group_name, "day": meeting.local_date.isoformat(), "link": link},
        lives=max(helps_until(meeting) - work.now, timedelta(minutes=1)),
    )
    write_to_member(work, group_id=meeting.group_id, member_id=member_id, letter=letter)
    work.commit()


def become_steward(work: UnitOfWork, group_id: GroupId, one_time_pass: str) -> tuple[str, datetime]:
    """Trade the pass of a link for the helper's own token; return it and until when it is good.

    Refused as `attendance.steward_link_over` where the link was used, closed, is late, or opens something else.
    """
    opens = pass_opens(work.session, group_id, one_time_pass, work.now)
    if opens is None or opens.kind != STEWARD_KIND:
        raise Refused([Refusal(code="attendance.steward_link_over")])
    traded = trade_pass(work, group_id=group_id, one_time_pass=one_time_pass)
    work.commit()
    return traded


def close_steward(work: UnitOfWork, group_id: GroupId, meeting_public_id: str, number: str) -> None:
    """Close a steward's link or device: it is out at the next contact; one that is closed already stays so."""
    meeting = meeting_for_steward(work, group_id, meeting_public_id)
    helpers = stewards_of(work.session, group_id, meeting.id, work.now)
    helper = next((one for one in helpers if one.number == number), None)
    if helper is not None:
        revoke_device(work, group_id=group_id, device_id=DeviceId(helper.id))
    work.commit()


def helps_until(meeting: MeetingLine) -> datetime:
    """Return until when a steward may help: the evening after is time enough to put the record in order."""
    return meeting.ends_at_utc + STEWARD_HELPS_AFTER_END


def meeting_for_steward(work: UnitOfWork, group_id: GroupId, public_id: str) -> MeetingLine:
    """Return the meeting of this group with that public id; another group's is not there."""
    meeting = meeting_in_address(work.session, group_id, public_id)
    if meeting is None:
        raise NotFound
    return meeting


def meeting_of_pass(work: UnitOfWork, group_id: GroupId, one_time_pass: str) -> MeetingLine | None:
    """Return the meeting that an unused steward's link opens."""
    opens = pass_opens(work.session, group_id, one_time_pass, work.now)
    if opens is None or opens.kind != STEWARD_KIND:
        return None
    return meeting_of_key(work.session, group_id, opens.meeting_id)
