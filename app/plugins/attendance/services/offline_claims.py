"""A member's own phone had no network at the meeting: what it kept counts as a claim, and a leader confirms it."""

from dataclasses import dataclass
from datetime import timedelta

from app.core.errors import NotFound, Refusal, Refused
from app.core.ids import GroupId, MemberId
from app.core.work import UnitOfWork
from app.plugins.attendance.domain.evidence import HowClaimed
from app.plugins.attendance.domain.rules import refusals_for_sign_in
from app.plugins.attendance.queries.meetings import MeetingLine, meeting_in_address, meetings_near
from app.plugins.attendance.queries.roster import roster_of_key
from app.plugins.attendance.services.claims import count_claim
from app.plugins.attendance.store import NewClaim

LONGEST_WAIT = timedelta(days=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfflineClaim:
    """What a phone kept: by its own reading it waited so long. `meeting` is empty where the phone knew of none."""

    group_id: GroupId
    member_id: MemberId
    meeting: str
    waited: timedelta


def claim_offline(work: UnitOfWork, claim: OfflineClaim) -> bool:
    """Count the member as come, by their own word alone, and return whether that is news. Commits.

    The same claim again, or one beside a letter that stands, changes nothing. Refused where the meeting was not on
    then or its record is submitted. It is never held against anybody: a phone without network is no sign of anything.
    """
    if claim.waited > LONGEST_WAIT:
        raise Refused([Refusal(code="attendance.claim_too_old")])
    arrived = work.now - claim.waited
    meeting = _meeting(work, claim)
    roster = roster_of_key(work.session, claim.group_id, meeting.id)
    line = next((one for one in roster.lines if one.member_id == claim.member_id), None) if roster else None
    if line is None or not line.was_member:
        raise Refused([Refusal(code="attendance.not_expected")])
    if line.mark.status is not None:
        work.rollback()
        return False
    if refusals := refusals_for_sign_in(meeting.facts, arrived):
        raise Refused(refusals)
    new = NewClaim(
        group_id=claim.group_id,
        meeting_id=meeting.id,
        member_id=claim.member_id,
        how=HowClaimed.OFFLINE,
        claimed_at_utc=work.now,
        device_key=None,
    )
    count_claim(work, meeting, line, new, arrived=arrived)
    work.commit()
    return True


def _meeting(work: UnitOfWork, claim: OfflineClaim) -> MeetingLine:
    """Return the meeting that the claim names, or the one that was on when it was made."""
    if claim.meeting:
        found = meeting_in_address(work.session, claim.group_id, claim.meeting)
        if found is None:
            raise NotFound
        return found
    near = meetings_near(work.session, claim.group_id, work.now - claim.waited)
    if not near:
        raise Refused([Refusal(code="attendance.no_meeting_then")])
    return near[0]
