"""The record of a meeting is submitted, so that it counts, and reopened, so that it can be put right."""

from dataclasses import dataclass

from app.core.errors import NotFound, Refusal, Refused
from app.core.ids import GroupId, MemberId
from app.core.work import UnitOfWork
from app.plugins.attendance.domain.evidence import GRADE_OF_ORIGIN, Origin, Recorder
from app.plugins.attendance.domain.record import Record
from app.plugins.attendance.domain.rules import (
    refusals_for_head_count,
    refusals_for_reopen,
    refusals_for_submission,
)
from app.plugins.attendance.domain.status import Status
from app.plugins.attendance.interface import AttendanceMarked, RecordReopened, RecordSubmitted
from app.plugins.attendance.queries.meetings import MeetingLine, meeting_in_address
from app.plugins.attendance.queries.roster import Roster, roster_in_address
from app.plugins.attendance.queries.tablet_events import waiting_events
from app.plugins.attendance.services.claims import DecideClaims, decide_shown
from app.plugins.attendance.services.presentations import judge_arrivals
from app.plugins.attendance.store import NewMark, fill_blanks, save_record
from app.plugins.attendance.store_asking import put_excuses_beside_marks


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitRecord:
    """A recorder closes the record they saw (`seen_version`); `shown_blank` are the members shown as becoming absent.

    `shown_claims` are those shown as waiting, of whom `claims_here` are here and the others become absent.
    `head_count` is how many people were counted in the room, guests included.
    """

    group_id: GroupId
    meeting_public_id: str
    recorder: Recorder
    seen_version: int
    shown_blank: frozenset[str]
    shown_claims: frozenset[str] = frozenset()
    claims_here: frozenset[str] = frozenset()
    head_count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """A record just closed: how many became absent or are on leave, and how many people it has in the room."""

    became_absent: int
    on_leave: int
    in_the_room: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenRecord:
    """A leader opens the submitted record they saw, and says why."""

    group_id: GroupId
    meeting_public_id: str
    leader_id: MemberId
    seen_version: int
    reason: str


def submit_record(work: UnitOfWork, command: SubmitRecord) -> Submitted:
    """Close the record; members of that day without a mark become absent, those on leave get M; claims are decided with it.

    Refused as `attendance.changed_meanwhile` where somebody would become absent who was not shown, as
    `attendance.claims_waiting` where a claim waits that was not shown, and as `attendance.taps_waiting` where a
    sign-in of the tablet waits.
    """
    roster = _with_arrivals_judged(work, command)
    turned_down = command.shown_claims - command.claims_here
    shown = [line.member_id for line in roster.lines if line.public_id in command.shown_blank | turned_down]
    refusals = refusals_for_submission(
        roster.meeting.facts,
        blank=[line.member_id for line in roster.blank],
        shown_blank=shown,
        now=work.now,
        waiting=len(roster.waiting),
        taps=len(waiting_events(work.session, command.group_id, roster.meeting.id)),
    ) + refusals_for_head_count(command.head_count)
    if refusals:
        raise Refused(refusals)
    _refuse_stale(roster.meeting.record, command.seen_version)
    _mark_blanks(work, command, roster)
    put_excuses_beside_marks(work.session, command.group_id, [roster.meeting.id])
    submitted = roster.meeting.record.submitted()
    _save(work, roster.meeting, submitted, command.recorder.member_id, head_count=command.head_count)
    work.record(
        RecordSubmitted(
            group_id=command.group_id, meeting_id=roster.meeting.id, record_version=submitted.version
        )
    )
    work.commit()
    substitutes = len(roster.with_status(Status.SUBSTITUTE))
    return Submitted(
        became_absent=len(roster.to_be_absent),
        on_leave=len(roster.to_be_on_leave),
        in_the_room=len(roster.here) + substitutes,
    )


def _with_arrivals_judged(work: UnitOfWork, command: SubmitRecord) -> Roster:
    """Return the roster once more judged by the agenda.

    Somebody may have signed in in the instant of the button, or a letter came back that was judged before it was
    pressed or taken back.
    """
    roster = _with_claims_decided(work, command)
    meeting = roster.meeting
    if not meeting.by_agenda or not meeting.record.is_open or not judge_arrivals(work, roster):
        return roster
    return roster_in_address(work.session, command.group_id, command.meeting_public_id) or roster


def _with_claims_decided(work: UnitOfWork, command: SubmitRecord) -> Roster:
    """Return the roster after the claims that were shown are decided."""
    roster = roster_in_address(work.session, command.group_id, command.meeting_public_id)
    if roster is None:
        raise NotFound
    if not command.shown_claims or not roster.meeting.record.is_open:
        return roster
    decide_shown(
        work,
        roster,
        DecideClaims(
            group_id=command.group_id,
            meeting_public_id=command.meeting_public_id,
            recorder=command.recorder,
            shown=command.shown_claims,
            here=command.claims_here,
        ),
    )
    return roster_in_address(work.session, command.group_id, command.meeting_public_id) or roster


def reopen_record(work: UnitOfWork, command: ReopenRecord) -> None:
    """Open a submitted record again, with the written reason."""
    meeting = meeting_in_address(work.session, command.group_id, command.meeting_public_id)
    if meeting is None:
        raise NotFound
    if refusals := refusals_for_reopen(meeting.record, command.reason):
        raise Refused(refusals)
    _refuse_stale(meeting.record, command.seen_version)
    reopened = meeting.record.reopened()
    _save(work, meeting, reopened, command.leader_id)
    work.record(
        RecordReopened(group_id=command.group_id, meeting_id=meeting.id, record_version=reopened.version),
        reason=command.reason.strip(),
    )
    work.commit()


def _refuse_stale(record: Record, seen_version: int) -> None:
    if record.version != seen_version:
        raise Refused([Refusal(code="attendance.changed_meanwhile")])


def _save(
    work: UnitOfWork,
    meeting: MeetingLine,
    record: Record,
    by: MemberId | None,
    *,
    head_count: int | None = None,
) -> None:
    saved = save_record(
        work.session,
        group_id=meeting.group_id,
        meeting_id=meeting.id,
        seen=meeting.record,
        record=record,
        submitted_at=work.now,
        submitted_by=by,
        head_count=head_count,
    )
    if not saved:
        raise Refused([Refusal(code="attendance.changed_meanwhile")])


def _mark_blanks(work: UnitOfWork, command: SubmitRecord, roster: Roster) -> None:
    """Write A, or M in an approved leave, for each member without a mark; who signs in in this instant keeps their arrival."""
    grade = GRADE_OF_ORIGIN[Origin.SUBMISSION]
    marks = [
        NewMark(
            group_id=command.group_id,
            meeting_id=roster.meeting.id,
            member_id=line.member_id,
            status=Status.MEDICAL if line.is_on_leave else Status.ABSENT,
            origin=Origin.SUBMISSION,
            updated_at_utc=work.now,
            grade=grade,
            recorded_by=command.recorder.member_id,
        )
        for line in roster.blank
    ]
    written = fill_blanks(work.session, marks)
    for mark in marks:
        if mark.status is None or (mark.meeting_id, mark.member_id) not in written:
            continue
        work.record(
            AttendanceMarked(
                group_id=command.group_id,
                meeting_id=roster.meeting.id,
                member_id=mark.member_id,
                status=mark.status.value,
                old_status=None,
                arrived_at_utc=None,
                origin=Origin.SUBMISSION.value,
                grade=grade.value if grade else None,
            )
        )
