"""A wrong tap is taken back in one: exactly what stood before stands again, unless somebody changed it since."""

from dataclasses import dataclass
from datetime import timedelta

from app.core.errors import NotFound, Refusal, Refused
from app.core.ids import GroupId, MemberId
from app.core.work import UnitOfWork
from app.plugins.attendance.domain.evidence import GRADE_OF_ORIGIN, Grade, Origin, Recorder
from app.plugins.attendance.domain.status import Status
from app.plugins.attendance.interface import AttendanceMarked, MarkTakenBack
from app.plugins.attendance.queries.former import TAKEN_BACK, former_of
from app.plugins.attendance.queries.marks import MarkLine
from app.plugins.attendance.queries.meetings import MeetingLine
from app.plugins.attendance.queries.roster import Roster, RosterLine, roster_in_address
from app.plugins.attendance.store import NewMark, forget_claim, let_claim_wait, replace_mark

TAKEN_BACK_WITHIN = timedelta(minutes=2)
"""How long a member may take back their own sign-in; afterwards it is for those who keep the record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBackTap:
    """The tap to be undone: that which made the version `after_version` of the member's mark."""

    group_id: GroupId
    meeting_public_id: str
    member_public_id: str
    recorder: Recorder
    after_version: int


def take_back_tap(work: UnitOfWork, command: TakeBackTap) -> RosterLine:
    """Restore what stood before the tap and return the line as it stood after it; a second time changes nothing.

    Refused as `attendance.changed_meanwhile` where somebody wrote since, and once the record is submitted.
    """
    roster, line = _found(work, command.group_id, command.meeting_public_id, command.member_public_id)
    if not roster.meeting.record.is_open:
        raise Refused([Refusal(code="attendance.already_submitted")])
    former = former_of(work.session, command.group_id, roster.meeting.id, line.member_id)
    if former is None:
        raise Refused([Refusal(code="attendance.changed_meanwhile")])
    if former.is_taken_back and line.mark.version == command.after_version + 1:
        work.rollback()
        return line
    restored = _as_before(work, roster.meeting, line, command.recorder, former.mark)
    if former.is_taken_back or not replace_mark(work.session, restored, seen_version=command.after_version):
        raise Refused([Refusal(code="attendance.changed_meanwhile")])
    if former.claim_waited:
        let_claim_wait(work.session, (command.group_id, roster.meeting.id, line.member_id))
    _record(work, roster.meeting, line, former.mark)
    work.commit()
    return line


def take_back_own(work: UnitOfWork, group_id: GroupId, meeting_public_id: str, member_id: MemberId) -> None:
    """Set a member's own sign-in of the last two minutes back to blank: it was not them, or not yet.

    Refused as `attendance.too_late_to_take_back`, and for any mark that is not of their own browser.
    """
    roster = roster_in_address(work.session, group_id, meeting_public_id)
    line = next((one for one in roster.lines if one.member_id == member_id), None) if roster else None
    if roster is None or line is None:
        raise NotFound
    if (
        line.mark.origin != Origin.ROOM_CODE.value
        or line.mark.status is None
        or not roster.meeting.record.is_open
    ):
        raise Refused([Refusal(code="attendance.nothing_to_take_back")])
    if not may_take_back_own(work, line.mark):
        raise Refused([Refusal(code="attendance.too_late_to_take_back")])
    blank = NewMark(
        group_id=group_id,
        meeting_id=roster.meeting.id,
        member_id=member_id,
        status=None,
        origin=Origin.ROOM_CODE,
        updated_at_utc=work.now,
    )
    if not replace_mark(work.session, blank, seen_version=line.mark.version):
        raise Refused([Refusal(code="attendance.changed_meanwhile")])
    forget_claim(work.session, (group_id, roster.meeting.id, member_id))
    _record(work, roster.meeting, line, MarkLine())
    work.commit()


def may_take_back_own(work: UnitOfWork, mark: MarkLine) -> bool:
    """Return whether the mark is the member's own sign-in and younger than two minutes."""
    is_own = mark.origin == Origin.ROOM_CODE.value and mark.status is not None
    return is_own and mark.updated_at_utc is not None and work.now - mark.updated_at_utc <= TAKEN_BACK_WITHIN


def _found(work: UnitOfWork, group_id: GroupId, meeting: str, member: str) -> tuple[Roster, RosterLine]:
    roster = roster_in_address(work.session, group_id, meeting)
    line = roster.line_of(member) if roster else None
    if roster is None or line is None:
        raise NotFound
    return roster, line


def _as_before(
    work: UnitOfWork, meeting: MeetingLine, line: RosterLine, recorder: Recorder, before: MarkLine
) -> NewMark:
    return NewMark(
        group_id=meeting.group_id,
        meeting_id=meeting.id,
        member_id=line.member_id,
        status=before.status,
        origin=Origin(before.origin) if before.origin else recorder.origin,
        updated_at_utc=work.now,
        arrived_at_utc=before.arrived_at_utc,
        grade=Grade(before.grade) if before.grade else None,
        device_key=before.device_key,
        substitute_id=before.substitute_id,
        rules_version=before.rules_version,
        recorded_by=before.recorded_by,
        batch_id=before.batch_id,
        stood_before=TAKEN_BACK,
        bounds=(before.earliest_utc, before.latest_utc) if before.arrived_at_utc else None,
    )


def _record(work: UnitOfWork, meeting: MeetingLine, line: RosterLine, before: MarkLine) -> None:
    old = line.mark.status.value if line.mark.status else None
    if before.status is None:
        taken_back = MarkTakenBack(
            group_id=meeting.group_id, meeting_id=meeting.id, member_id=line.member_id, old_status=old or ""
        )
        work.record(taken_back)
        return
    origin = Origin(before.origin)
    grade = Grade(before.grade) if before.grade else GRADE_OF_ORIGIN[origin]
    work.record(
        AttendanceMarked(
            group_id=meeting.group_id,
            meeting_id=meeting.id,
            member_id=line.member_id,
            status=Status(before.status).value,
            old_status=old,
            arrived_at_utc=before.arrived_at_utc,
            origin=origin.value,
            grade=grade.value if grade else None,
            batch_id=before.batch_id,
        )
    )
