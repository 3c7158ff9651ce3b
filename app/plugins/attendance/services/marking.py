"""A leader writes beside a member: a letter, a time, a substitute; takes it back; corrects it after submission."""

from dataclasses import dataclass, replace
from datetime import timedelta

from app.core.errors import NotFound, Refusal, Refused
from app.core.ids import GroupId, MemberId
from app.core.work import UnitOfWork
from app.plugins.attendance.domain.evidence import Grade, Origin
from app.plugins.attendance.domain.rules import WantedMark, refusals_for_mark
from app.plugins.attendance.domain.status import CAME, Status
from app.plugins.attendance.interface import ArrivalCorrected, AttendanceMarked, MarkTakenBack
from app.plugins.attendance.queries.meetings import MeetingLine
from app.plugins.attendance.queries.roster import Roster, RosterLine, roster_in_address
from app.plugins.attendance.store import NewMark, NewSubstitute, add_substitute, replace_mark

SUBSTITUTES_KEPT = timedelta(days=365)
"""How long the name of a substitute is kept, as that of any visitor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkByLeader:
    """What a leader wrote, and `seen_version`, the version of the mark that stood before their eyes (0: blank)."""

    group_id: GroupId
    meeting_public_id: str
    member_public_id: str
    leader_id: MemberId
    wanted: WantedMark
    seen_version: int
    substitute_firm: str = ""


def mark_by_leader(work: UnitOfWork, command: MarkByLeader) -> RosterLine:
    """Write what the leader wants and return the line as it stood before; taking back is `status` None.

    After submission this is a correction: it needs a reason, which stands beside the ledger entry. Refused as
    `attendance.changed_meanwhile` where the mark is no longer what the leader saw, unless it says the same.
    """
    roster = _roster(work, command)
    line = roster.line_of(command.member_public_id)
    if line is None:
        raise NotFound
    if _says_the_same(line, command.wanted):
        # A second tap, or another leader was quicker with the same word: nothing is left to write.
        work.rollback()
        return line
    refusals = refusals_for_mark(
        roster.meeting.facts, command.wanted, was_member=line.was_member, now=work.now
    )
    if line.mark.version != command.seen_version:
        refusals = [Refusal(code="attendance.changed_meanwhile"), *refusals]
    if refusals:
        raise Refused(refusals)
    _write(work, command, roster.meeting, line)
    return line


def _roster(work: UnitOfWork, command: MarkByLeader) -> Roster:
    roster = roster_in_address(work.session, command.group_id, command.meeting_public_id)
    if roster is None:
        raise NotFound
    return roster


def _says_the_same(line: RosterLine, wanted: WantedMark) -> bool:
    if line.mark.status is not wanted.status:
        return False
    adds_time = wanted.arrived_at_utc not in {None, line.mark.arrived_at_utc}
    adds_name = wanted.substitute_name.strip() not in {"", line.mark.substitute_name}
    return not adds_time and not adds_name


def _write(work: UnitOfWork, command: MarkByLeader, meeting: MeetingLine, line: RosterLine) -> None:
    mark = NewMark(
        group_id=command.group_id,
        meeting_id=meeting.id,
        member_id=line.member_id,
        status=command.wanted.status,
        origin=Origin.LEADER,
        updated_at_utc=work.now,
        arrived_at_utc=command.wanted.arrived_at_utc,
        grade=Grade.LEADER if command.wanted.status else None,
        rules_version=meeting.rules_version if command.wanted.status in CAME else None,
        recorded_by=command.leader_id,
    )
    if command.wanted.status is Status.SUBSTITUTE:
        mark = replace(mark, substitute_id=_keep_substitute(work, command, meeting, line))
    if not replace_mark(work.session, mark, seen_version=command.seen_version):
        raise Refused([Refusal(code="attendance.changed_meanwhile")])
    _record(work, command, meeting, line)
    work.commit()


def _keep_substitute(work: UnitOfWork, command: MarkByLeader, meeting: MeetingLine, line: RosterLine) -> int:
    return add_substitute(
        work.session,
        NewSubstitute(
            key=work.ids.key(),
            group_id=command.group_id,
            meeting_id=meeting.id,
            member_id=line.member_id,
            name=command.wanted.substitute_name.strip(),
            firm=command.substitute_firm.strip(),
            created_at_utc=work.now,
            expires_on=meeting.local_date + SUBSTITUTES_KEPT,
        ),
    )


def _record(work: UnitOfWork, command: MarkByLeader, meeting: MeetingLine, line: RosterLine) -> None:
    """Note what happened: a correction with its reason after submission, else a mark written or taken back."""
    status = command.wanted.status
    old = line.mark.status.value if line.mark.status else None
    if not meeting.record.is_open:
        corrected = ArrivalCorrected(
            group_id=command.group_id,
            meeting_id=meeting.id,
            member_id=line.member_id,
            status=status.value if status else None,
            old_status=old,
            arrived_at_utc=command.wanted.arrived_at_utc,
            grade=Grade.LEADER.value if status else None,
        )
        work.record(corrected, reason=command.wanted.reason.strip())
    elif status is None:
        work.record(
            MarkTakenBack(
                group_id=command.group_id,
                meeting_id=meeting.id,
                member_id=line.member_id,
                old_status=old or "",
            )
        )
    else:
        work.record(
            AttendanceMarked(
                group_id=command.group_id,
                meeting_id=meeting.id,
                member_id=line.member_id,
                status=status.value,
                old_status=old,
                arrived_at_utc=command.wanted.arrived_at_utc,
                origin=Origin.LEADER.value,
                grade=Grade.LEADER.value,
            )
        )
