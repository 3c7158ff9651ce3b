"""Somebody who keeps the record writes beside a member: a letter, a time, a substitute; takes it back; corrects it."""

from dataclasses import dataclass, replace
from datetime import timedelta

from app.core.errors import NotFound, Refusal, Refused
from app.core.ids import GroupId
from app.core.work import UnitOfWork
from app.plugins.attendance.domain.evidence import Grade, Recorder
from app.plugins.attendance.domain.rules import WantedMark, refusals_for_mark
from app.plugins.attendance.domain.status import CAME, Status
from app.plugins.attendance.interface import ArrivalCorrected, AttendanceMarked, ClaimDecided, MarkTakenBack
from app.plugins.attendance.queries.former import former_text
from app.plugins.attendance.queries.meetings import MeetingLine
from app.plugins.attendance.queries.roster import Roster, RosterLine, roster_in_address
from app.plugins.attendance.store import NewMark, NewSubstitute, add_substitute, decide_claim, replace_mark
from app.plugins.attendance.store_asking import put_excuses_beside_marks

SUBSTITUTES_KEPT = timedelta(days=365)
"""How long the name of a substitute is kept, as that of any visitor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkByRecorder:
    """What a leader or steward wrote, and `seen_version`, the version that stood before their eyes (0: blank)."""

    group_id: GroupId
    meeting_public_id: str
    member_public_id: str
    recorder: Recorder
    wanted: WantedMark
    seen_version: int
    substitute_firm: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkToWrite:
    """One mark of a roster that was read, about to be written by somebody who may."""

    meeting: MeetingLine
    line: RosterLine
    recorder: Recorder
    wanted: WantedMark
    seen_version: int
    substitute_firm: str = ""


def mark_by_recorder(work: UnitOfWork, command: MarkByRecorder) -> RosterLine:
    """Write what the recorder wants and return the line as it stood before; taking back is `status` None.

    After submission this is a correction: it needs a reason, which stands beside the ledger entry. Refused as
    `attendance.changed_meanwhile` where the mark is no longer what they saw, unless it says the same.
    """
    roster = _roster(work, command)
    line = roster.line_of(command.member_public_id)
    if line is None:
        raise NotFound
    if says_the_same(line, command.wanted):
        # A second tap, or another leader was quicker with the same word: only a claim is left to confirm.
        if line.waits and roster.meeting.record.is_open:
            settle_claim(work, roster.meeting, line, command.recorder, is_here=True)
        work.commit()
        return line
    refusals = refusals_for_mark(
        roster.meeting.facts, command.wanted, was_member=line.was_member, now=work.now
    )
    if line.mark.version != command.seen_version:
        refusals = [Refusal(code="attendance.changed_meanwhile"), *refusals]
    if refusals:
        raise Refused(refusals)
    write_mark(
        work,
        MarkToWrite(
            meeting=roster.meeting,
            line=line,
            recorder=command.recorder,
            wanted=command.wanted,
            seen_version=command.seen_version,
            substitute_firm=command.substitute_firm,
        ),
    )
    work.commit()
    return line


def says_the_same(line: RosterLine, wanted: WantedMark) -> bool:
    """Return whether the mark that stands already says what is wanted; what is left out adds nothing."""
    if line.mark.status is not wanted.status:
        return False
    adds_time = wanted.arrived_at_utc not in {None, line.mark.arrived_at_utc}
    adds_name = wanted.substitute_name.strip() not in {"", line.mark.substitute_name}
    return not adds_time and not adds_name


def write_mark(work: UnitOfWork, one: MarkToWrite) -> None:
    """Write one mark over the one that was seen, and note it; a claim that waited is decided by it. The caller commits.

    Refused as `attendance.changed_meanwhile` where somebody was quicker.
    """
    wanted, line = one.wanted, one.line
    mark = NewMark(
        group_id=one.meeting.group_id,
        meeting_id=one.meeting.id,
        member_id=line.member_id,
        status=wanted.status,
        origin=one.recorder.origin,
        updated_at_utc=work.now,
        arrived_at_utc=wanted.arrived_at_utc,
        grade=Grade.LEADER if wanted.status else None,
        rules_version=one.meeting.rules_version if wanted.status in CAME or wanted.arrived_at_utc else None,
        recorded_by=one.recorder.member_id,
        stood_before=former_text(line.mark, claim_waited=line.waits),
    )
    if wanted.status is Status.SUBSTITUTE:
        mark = replace(mark, substitute_id=_substitute_id(work, one))
    if not replace_mark(work.session, mark, seen_version=one.seen_version):
        raise Refused([Refusal(code="attendance.changed_meanwhile")])
    if line.excused_as:
        put_excuses_beside_marks(work.session, one.meeting.group_id, [one.meeting.id])
    if line.waits:
        settle_claim(work, one.meeting, line, one.recorder, is_here=wanted.status in CAME)
    _record(work, one)


def settle_claim(
    work: UnitOfWork, meeting: MeetingLine, line: RosterLine, recorder: Recorder, *, is_here: bool
) -> bool:
    """Write down whether the member of a waiting claim is here; return False where somebody had decided it before."""
    decided = decide_claim(
        work.session,
        (meeting.group_id, meeting.id, line.member_id),
        is_here=is_here,
        decided_at=work.now,
        decided_by=recorder.member_id,
    )
    if decided:
        work.record(
            ClaimDecided(
                group_id=meeting.group_id, meeting_id=meeting.id, member_id=line.member_id, is_here=is_here
            )
        )
    return decided


def _roster(work: UnitOfWork, command: MarkByRecorder) -> Roster:
    roster = roster_in_address(work.session, command.group_id, command.meeting_public_id)
    if roster is None:
        raise NotFound
    return roster


def _substitute_id(work: UnitOfWork, one: MarkToWrite) -> int:
    return add_substitute(
        work.session,
        NewSubstitute(
            key=work.ids.key(),
            group_id=one.meeting.group_id,
            meeting_id=one.meeting.id,
            member_id=one.line.member_id,
            name=one.wanted.substitute_name.strip(),
            firm=one.substitute_firm.strip(),
            created_at_utc=work.now,
            expires_on=one.meeting.local_date + SUBSTITUTES_KEPT,
        ),
    )


def _record(work: UnitOfWork, one: MarkToWrite) -> None:
    """Note what happened: a correction with its reason after submission, else a mark written or taken back."""
    status = one.wanted.status
    old = one.line.mark.status.value if one.line.mark.status else None
    if not one.meeting.record.is_open:
        corrected = ArrivalCorrected(
            group_id=one.meeting.group_id,
            meeting_id=one.meeting.id,
            member_id=one.line.member_id,
            status=status.value if status else None,
            old_status=old,
            arrived_at_utc=one.wanted.arrived_at_utc,
            grade=Grade.LEADER.value if status else None,
        )
        work.record(corrected, reason=one.wanted.reason.strip())
    elif status is None:
        work.record(
            MarkTakenBack(
                group_id=one.meeting.group_id,
                meeting_id=one.meeting.id,
                member_id=one.line.member_id,
                old_status=old or "",
            )
        )
    else:
        work.record(
            AttendanceMarked(
                group_id=one.meeting.group_id,
                meeting_id=one.meeting.id,
                member_id=one.line.member_id,
                status=status.value,
                old_status=old,
                arrived_at_utc=one.wanted.arrived_at_utc,
                origin=one.recorder.origin.value,
                grade=Grade.LEADER.value,
            )
        )
