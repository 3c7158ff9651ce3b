"""The record of a meeting is submitted, so that it counts, and reopened, so that it can be put right."""

from dataclasses import dataclass

from app.core.errors import NotFound, Refusal, Refused
from app.core.ids import GroupId, MemberId
from app.core.work import UnitOfWork
from app.plugins.attendance.domain.evidence import GRADE_OF_ORIGIN, Origin
from app.plugins.attendance.domain.record import Record
from app.plugins.attendance.domain.rules import refusals_for_reopen, refusals_for_submission
from app.plugins.attendance.domain.status import Status
from app.plugins.attendance.interface import AttendanceMarked, RecordReopened, RecordSubmitted
from app.plugins.attendance.queries.meetings import MeetingLine, meeting_in_address
from app.plugins.attendance.queries.roster import Roster, roster_in_address
from app.plugins.attendance.store import NewMark, fill_blanks, save_record


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitRecord:
    """A leader closes the record they saw (`seen_version`); `shown_blank` are the members shown as becoming absent."""

    group_id: GroupId
    meeting_public_id: str
    leader_id: MemberId
    seen_version: int
    shown_blank: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenRecord:
    """A leader opens the submitted record they saw, and says why."""

    group_id: GroupId
    meeting_public_id: str
    leader_id: MemberId
    seen_version: int
    reason: str


def submit_record(work: UnitOfWork, command: SubmitRecord) -> int:
    """Close the record; members of that day without a mark become absent. Return how many did.

    Refused as `attendance.changed_meanwhile` where somebody would become absent who was not shown.
    """
    roster = roster_in_address(work.session, command.group_id, command.meeting_public_id)
    if roster is None:
        raise NotFound
    shown = [line.member_id for line in roster.lines if line.public_id in command.shown_blank]
    refusals = refusals_for_submission(
        roster.meeting.facts,
        blank=[line.member_id for line in roster.blank],
        shown_blank=shown,
        now=work.now,
    )
    if refusals:
        raise Refused(refusals)
    _refuse_stale(roster.meeting.record, command.seen_version)
    _mark_blanks_absent(work, command, roster)
    submitted = roster.meeting.record.submitted()
    _save(work, command.group_id, roster.meeting, submitted, command.leader_id)
    work.record(
        RecordSubmitted(
            group_id=command.group_id, meeting_id=roster.meeting.id, record_version=submitted.version
        )
    )
    work.commit()
    return len(roster.blank)


def reopen_record(work: UnitOfWork, command: ReopenRecord) -> None:
    """Open a submitted record again, with the written reason."""
    meeting = meeting_in_address(work.session, command.group_id, command.meeting_public_id)
    if meeting is None:
        raise NotFound
    if refusals := refusals_for_reopen(meeting.record, command.reason):
        raise Refused(refusals)
    _refuse_stale(meeting.record, command.seen_version)
    reopened = meeting.record.reopened()
    _save(work, command.group_id, meeting, reopened, command.leader_id)
    work.record(
        RecordReopened(group_id=command.group_id, meeting_id=meeting.id, record_version=reopened.version),
        reason=command.reason.strip(),
    )
    work.commit()


def _refuse_stale(record: Record, seen_version: int) -> None:
    if record.version != seen_version:
        raise Refused([Refusal(code="attendance.changed_meanwhile")])


def _save(
    work: UnitOfWork, group_id: GroupId, meeting: MeetingLine, record: Record, leader_id: MemberId
) -> None:
    saved = save_record(
        work.session,
        group_id=group_id,
        meeting_id=meeting.id,
        seen=meeting.record,
        record=record,
        submitted_at=work.now,
        submitted_by=leader_id,
    )
    if not saved:
        raise Refused([Refusal(code="attendance.changed_meanwhile")])


def _mark_blanks_absent(work: UnitOfWork, command: SubmitRecord, roster: Roster) -> None:
    """Write an absence for every member of the day without a mark; who signs in in this instant keeps their arrival."""
    grade = GRADE_OF_ORIGIN[Origin.SUBMISSION]
    absences = [
        NewMark(
            group_id=command.group_id,
            meeting_id=roster.meeting.id,
            member_id=line.member_id,
            status=Status.ABSENT,
            origin=Origin.SUBMISSION,
            updated_at_utc=work.now,
            grade=grade,
            recorded_by=command.leader_id,
        )
        for line in roster.blank
    ]
    written = fill_blanks(work.session, absences)
    for absence in absences:
        if (absence.meeting_id, absence.member_id) not in written:
            continue
        work.record(
            AttendanceMarked(
                group_id=command.group_id,
                meeting_id=roster.meeting.id,
                member_id=absence.member_id,
                status=Status.ABSENT.value,
                old_status=None,
                arrived_at_utc=None,
                origin=Origin.SUBMISSION.value,
                grade=grade.value if grade else None,
            )
        )
