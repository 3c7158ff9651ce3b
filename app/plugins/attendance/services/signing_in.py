"""A member signs in with the room's code: one tap, one row, judged by the instant of the scan."""

from dataclasses import dataclass, replace
from datetime import datetime

from app.core.errors import NotFound, Refusal, Refused
from app.core.ids import GroupId, MemberId
from app.core.work import UnitOfWork
from app.plugins.attendance.domain.evidence import GRADE_OF_ORIGIN, Grade, Origin
from app.plugins.attendance.domain.punctuality import arrival_at, judged, status_by
from app.plugins.attendance.domain.rules import refusals_for_sign_in
from app.plugins.attendance.domain.ticket import ScanTicket
from app.plugins.attendance.interface import ArrivalRecorded
from app.plugins.attendance.queries.marks import mark_of
from app.plugins.attendance.queries.meetings import MeetingLine, meeting_in_address
from app.plugins.attendance.store import NewMark, decide_claim, fill_blank, replace_mark


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """A member's tap, with the ticket of the browser it was made in. `device_key` is the hash of that browser."""

    group_id: GroupId
    group_slug: str
    member_id: MemberId
    ticket: ScanTicket | None
    device_key: str | None = None


def sign_in_by_room_code(work: UnitOfWork, tap: SignIn) -> str:
    """Write the arrival where no mark stands, and return the public id of the meeting signed in to.

    A second tap, or two hundred in the same instant, change nothing and get the same answer; what a leader has
    written stands. Who was counted by name vouches for it by their own session. Refused with every reason; a ticket for a meeting of another group is NotFound.
    """
    if tap.ticket is None:
        raise Refused([Refusal(code="attendance.no_ticket")])
    if not tap.ticket.is_good(tap.group_slug, work.now):
        raise Refused([Refusal(code="attendance.ticket_over")])
    meeting = meeting_in_address(work.session, tap.group_id, tap.ticket.meeting_public_id)
    if meeting is None:
        raise NotFound
    if refusals := refusals_for_sign_in(meeting.facts, tap.ticket.scanned_at):
        raise Refused(refusals)
    _record_arrival(work, tap, meeting, tap.ticket.scanned_at)
    work.commit()
    return meeting.public_id


def _record_arrival(work: UnitOfWork, tap: SignIn, meeting: MeetingLine, arrived: datetime) -> None:
    status = status_by(judged(arrival_at(arrived), meeting.cut_off))
    grade = GRADE_OF_ORIGIN[Origin.ROOM_CODE]
    mark = NewMark(
        group_id=tap.group_id,
        meeting_id=meeting.id,
        member_id=tap.member_id,
        status=status,
        origin=Origin.ROOM_CODE,
        updated_at_utc=work.now,
        arrived_at_utc=arrived,
        grade=grade,
        device_key=tap.device_key,
        rules_version=meeting.rules_version,
    )
    if status is None or grade is None:
        return
    if not fill_blank(work.session, mark) and not _own_word_for_claim(work, mark):
        return
    work.record(
        ArrivalRecorded(
            group_id=tap.group_id,
            meeting_id=meeting.id,
            member_id=tap.member_id,
            status=status.value,
            arrived_at_utc=arrived,
            earliest_utc=arrived,
            latest_utc=arrived,
            grade=grade.value,
            rules_version=meeting.rules_version,
        )
    )


def _own_word_for_claim(work: UnitOfWork, mark: NewMark) -> bool:
    """Put the member's own sign-in in place of a claim that waits; return whether there was one.

    The arrival of the claim stands where this very browser made it; another's may have been made before they came.
    """
    standing = mark_of(work.session, mark.group_id, mark.meeting_id, mark.member_id)
    if standing.grade != Grade.CLAIMED.value or standing.status is None:
        return False
    key = (mark.group_id, mark.meeting_id, mark.member_id)
    if not decide_claim(work.session, key, is_here=True, decided_at=work.now, decided_by=mark.member_id):
        return False
    if standing.device_key is not None and standing.device_key == mark.device_key:
        mark = replace(mark, status=standing.status, arrived_at_utc=standing.arrived_at_utc)
    return replace_mark(work.session, mark, seen_version=standing.version)
