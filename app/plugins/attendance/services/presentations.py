"""The presentations have begun: from now on one is late, and who came before is judged by that instant."""

from dataclasses import dataclass
from datetime import datetime

from app.core.errors import NotFound, Refused
from app.core.ids import GroupId
from app.core.work import UnitOfWork
from app.plugins.attendance.domain.punctuality import Arrival, judged, status_by
from app.plugins.attendance.domain.rules import refusals_for_no_presentations, refusals_for_presentations
from app.plugins.attendance.domain.status import CAME, Status
from app.plugins.attendance.domain.tablet_outcome import Why
from app.plugins.attendance.interface import (
    AttendanceMarked,
    MarkTakenBack,
    PresentationsBegan,
    PresentationsTakenBack,
)
from app.plugins.attendance.queries.marks import MarkLine
from app.plugins.attendance.queries.roster import Roster, RosterLine, roster_in_address
from app.plugins.attendance.store_door import let_taps_wait
from app.plugins.attendance.store_judging import forget_beginning, judge_again, keep_beginning


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedAgain:
    """What a press came to: when the presentations began (None: not yet), and how many letters changed by it."""

    began_at_utc: datetime | None
    changed: int


def begin_presentations(work: UnitOfWork, group_id: GroupId, meeting_public_id: str) -> JudgedAgain:
    """Keep that the presentations begin now and judge every arrival by it; the first word stands, a second changes nothing."""
    roster = _roster(work, group_id, meeting_public_id)
    began = roster.meeting.presentations_began_at_utc
    if began is not None and roster.meeting.by_agenda:
        work.rollback()
        return JudgedAgain(began_at_utc=began, changed=0)
    if refusals := refusals_for_presentations(roster.meeting.facts, work.now):
        raise Refused(refusals)
    if keep_beginning(work.session, group_id, roster.meeting.id, work.now):
        work.record(
            PresentationsBegan(group_id=group_id, meeting_id=roster.meeting.id, began_at_utc=work.now)
        )
    return _judged_again(work, group_id, meeting_public_id)


def take_presentations_back(work: UnitOfWork, group_id: GroupId, meeting_public_id: str) -> JudgedAgain:
    """Forget that the presentations began and judge every arrival by the planned minute; a second time changes nothing."""
    roster = _roster(work, group_id, meeting_public_id)
    if refusals := refusals_for_no_presentations(roster.meeting.facts):
        raise Refused(refusals)
    if forget_beginning(work.session, group_id, roster.meeting.id):
        work.record(PresentationsTakenBack(group_id=group_id, meeting_id=roster.meeting.id))
    return _judged_again(work, group_id, meeting_public_id)


def judge_arrivals(work: UnitOfWork, roster: Roster) -> int:
    """Judge every arrival of the roster by its cut-off and return how many letters changed; the caller commits.

    A letter without a time stays as it was chosen; one with a time follows from it, whoever wrote it down.
    """
    return sum(_judge(work, roster, line) for line in roster.lines)


def _judged_again(work: UnitOfWork, group_id: GroupId, meeting_public_id: str) -> JudgedAgain:
    roster = _roster(work, group_id, meeting_public_id)
    changed = judge_arrivals(work, roster)
    work.commit()
    return JudgedAgain(began_at_utc=roster.meeting.presentations_began_at_utc, changed=changed)


def _roster(work: UnitOfWork, group_id: GroupId, meeting_public_id: str) -> Roster:
    roster = roster_in_address(work.session, group_id, meeting_public_id)
    if roster is None:
        raise NotFound
    return roster


def _judge(work: UnitOfWork, roster: Roster, line: RosterLine) -> bool:
    if line.mark.status not in CAME or line.mark.arrived_at_utc is None:
        return False
    status = status_by(judged(_arrival(line.mark, line.mark.arrived_at_utc), roster.meeting.cut_off))
    if status is line.mark.status:
        return False
    meeting = roster.meeting
    written = judge_again(
        work.session,
        (meeting.group_id, meeting.id, line.member_id),
        status=status,
        seen_version=line.mark.version,
        at=work.now,
    )
    if written:
        _record(work, roster, line, status)
    return written


def _arrival(mark: MarkLine, arrived: datetime) -> Arrival:
    return Arrival(earliest=mark.earliest_utc or arrived, latest=mark.latest_utc or arrived)


def _record(work: UnitOfWork, roster: Roster, line: RosterLine, status: Status | None) -> None:
    """Note another letter; where the bounds prove none any more, the letter is taken back and the tap waits for a leader."""
    meeting, old = roster.meeting, line.mark.status.value if line.mark.status else ""
    if status is None:
        let_taps_wait(work.session, meeting.group_id, meeting.id, line.member_id, Why.UNDECIDED.value)
        work.record(
            MarkTakenBack(
                group_id=meeting.group_id, meeting_id=meeting.id, member_id=line.member_id, old_status=old
            )
        )
        return
    work.record(
        AttendanceMarked(
            group_id=meeting.group_id,
            meeting_id=meeting.id,
            member_id=line.member_id,
            status=status.value,
            old_status=old,
            arrived_at_utc=line.mark.arrived_at_utc,
            origin=line.mark.origin,
            grade=line.mark.grade,
        )
    )
