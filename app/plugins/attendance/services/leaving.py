"""Somebody who was there leaves before the end: noted beside the letter, which it never changes, and taken back alike."""

from dataclasses import dataclass
from datetime import datetime

from app.core.errors import NotFound, Refusal, Refused
from app.core.ids import GroupId
from app.core.work import UnitOfWork
from app.plugins.attendance.domain.care_events import LeftEarlyNoted
from app.plugins.attendance.domain.rules import refusals_for_leaving_early
from app.plugins.attendance.queries.roster import RosterLine, roster_in_address
from app.plugins.attendance.store import keep_left_early


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteLeftEarly:
    """Somebody who keeps the record says when a member left; `left` None says that they stayed."""

    group_id: GroupId
    meeting_public_id: str
    member_public_id: str
    left: datetime | None
    seen_version: int
    reason: str = ""


def note_left_early(work: UnitOfWork, command: NoteLeftEarly) -> RosterLine:
    """Note it, commit, and return the line as it stood before; the same again changes nothing.

    Refused as `attendance.changed_meanwhile` where the mark is no longer what was seen.
    """
    roster = roster_in_address(work.session, command.group_id, command.meeting_public_id)
    line = roster.line_of(command.member_public_id) if roster else None
    if roster is None or line is None:
        raise NotFound
    if line.mark.left_early_at_utc == command.left:
        work.rollback()
        return line
    refusals = refusals_for_leaving_early(
        roster.meeting.facts,
        line.mark.status,
        arrived=line.mark.arrived_at_utc,
        left=command.left,
        reason=command.reason,
        now=work.now,
    )
    if line.mark.version != command.seen_version:
        refusals = [Refusal(code="attendance.changed_meanwhile"), *refusals]
    if refusals:
        raise Refused(refusals)
    mark = (command.group_id, roster.meeting.id, line.member_id)
    if not keep_left_early(work.session, mark, command.left, seen_version=command.seen_version):
        raise Refused([Refusal(code="attendance.changed_meanwhile")])
    noted = LeftEarlyNoted(
        group_id=command.group_id,
        meeting_id=roster.meeting.id,
        member_id=line.member_id,
        left_early_at_utc=command.left,
    )
    work.record(noted, reason=command.reason.strip() or None)
    work.commit()
    return line
