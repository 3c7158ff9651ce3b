"""Somebody without a session is counted by name, on their own phone or a neighbour's; a leader confirms them at once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from app.core.access.domain.code import CodeKey
from app.core.access.invitation_queries import invitation_sent_at
from app.core.access.services.invitations import Inviting, invite
from app.core.access.services.links import LinkAddress
from app.core.errors import NotFound, Refusal, Refused
from app.core.groups.domain.standing import Group
from app.core.groups.queries import member_by_key
from app.core.ids import GroupId, MemberId
from app.core.meetings.models import MeetingRow
from app.core.work import UnitOfWork
from app.plugins.attendance.domain.evidence import Grade, HowClaimed, Origin, Recorder
from app.plugins.attendance.domain.punctuality import arrival_at, judged, status_by
from app.plugins.attendance.domain.rules import refusals_for_claim, refusals_for_vouching
from app.plugins.attendance.domain.status import CAME
from app.plugins.attendance.domain.ticket import ScanTicket
from app.plugins.attendance.interface import ArrivalRecorded, MarkTakenBack
from app.plugins.attendance.queries.claims import OwnClaim, claim_of_browser, vouched_for
from app.plugins.attendance.queries.meetings import MeetingLine
from app.plugins.attendance.queries.roster import Roster, RosterLine, roster_in_address
from app.plugins.attendance.services.marking import settle_claim
from app.plugins.attendance.store import NewClaim, NewMark, fill_blank, forget_claim, keep_claim, replace_mark

ONE_MAIL_IN = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimOwnName:
    """A name chosen on a phone without a session that scanned the room's code."""

    group_id: GroupId
    group_slug: str
    member_public_id: str
    ticket: ScanTicket | None
    device_key: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VouchForNeighbour:
    """A name chosen by a signed-in member for the person beside them."""

    group_id: GroupId
    meeting_public_id: str
    member_public_id: str
    voucher_id: MemberId
    device_key: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideClaims:
    """Who of those that wait (`shown`) is here; the others of them are set back to blank."""

    group_id: GroupId
    meeting_public_id: str
    recorder: Recorder
    shown: frozenset[str]
    here: frozenset[str]


def claim_own_name(work: UnitOfWork, command: ClaimOwnName) -> None:
    """Count the chosen member as come at the instant of the scan; the same choice again changes nothing.

    Refused where the scan is too old, the name stands already, or this browser has claimed another one.
    """
    ticket = command.ticket
    if ticket is None or command.device_key is None:
        raise Refused([Refusal(code="attendance.no_ticket")])
    if not ticket.is_good(command.group_slug, work.now):
        raise Refused([Refusal(code="attendance.ticket_over")])
    roster = _roster_of_claimers(work, command.group_id, ticket.meeting_public_id)
    held = claim_of_browser(work.session, command.group_id, roster.meeting.id, command.device_key)
    if held is not None and held.public_id == command.member_public_id:
        work.rollback()
        return
    refusals = refusals_for_claim(roster.meeting.facts, ticket.scanned_at, claimed_before=held is not None)
    if refusals:
        raise Refused(refusals)
    line = _line_to_claim(roster, command.member_public_id)
    claim = NewClaim(
        group_id=command.group_id,
        meeting_id=roster.meeting.id,
        member_id=line.member_id,
        how=HowClaimed.OWN_NAME,
        claimed_at_utc=work.now,
        device_key=command.device_key,
    )
    count_claim(work, roster.meeting, line, claim, arrived=ticket.scanned_at)
    work.commit()


def vouch_for_neighbour(work: UnitOfWork, command: VouchForNeighbour) -> RosterLine:
    """Count the person beside a signed-in member as come now, and return their line as it stood before."""
    roster = _roster_of_claimers(work, command.group_id, command.meeting_public_id)
    voucher = next((line for line in roster.lines if line.member_id == command.voucher_id), None)
    vouched = vouched_for(work.session, command.group_id, roster.meeting.id, command.voucher_id)
    is_here = voucher is not None and voucher.mark.status in CAME and not voucher.waits
    refusals = refusals_for_vouching(roster.meeting.facts, is_here=is_here, vouched=vouched, now=work.now)
    line = roster.line_of(command.member_public_id)
    if (
        line is not None
        and line.claim is not None
        and line.claim.vouched_by == command.voucher_id
        and line.waits
    ):
        work.rollback()
        return line
    if refusals:
        raise Refused(refusals)
    line = _line_to_claim(roster, command.member_public_id)
    claim = NewClaim(
        group_id=command.group_id,
        meeting_id=roster.meeting.id,
        member_id=line.member_id,
        how=HowClaimed.NEIGHBOUR,
        claimed_at_utc=work.now,
        device_key=command.device_key,
        vouched_by=command.voucher_id,
    )
    count_claim(work, roster.meeting, line, claim, arrived=work.now)
    work.commit()
    return line


def take_claim_back(work: UnitOfWork, group_id: GroupId, meeting: MeetingLine, claim: OwnClaim) -> None:
    """Forget the name that a browser claimed by mistake; refused once a leader has had their say."""
    roster = roster_in_address(work.session, group_id, meeting.public_id)
    line = roster.line_of(claim.public_id) if roster else None
    if line is None or not line.waits or not meeting.record.is_open:
        raise Refused([Refusal(code="attendance.nothing_to_take_back")])
    forget_claim(work.session, (group_id, meeting.id, line.member_id))
    _blank(work, meeting, line, by=None, origin=Origin.CLAIM)
    work.commit()


def decide_claims(work: UnitOfWork, command: DecideClaims) -> int:
    """Confirm those who are here, set the others back to blank, and return how many of `shown` are here.

    Decided a second time alike, it is the same answer; otherwise refused as `attendance.changed_meanwhile`.
    """
    roster = roster_in_address(work.session, command.group_id, command.meeting_public_id)
    if roster is None:
        raise NotFound
    if not roster.meeting.record.is_open:
        raise Refused([Refusal(code="attendance.already_submitted")])
    here = decide_shown(work, roster, command)
    work.commit()
    return here


def decide_shown(work: UnitOfWork, roster: Roster, command: DecideClaims) -> int:
    """Do what `decide_claims` does within a larger act: the caller commits."""
    shown = [line for line in roster.lines if line.public_id in command.shown and line.claim is not None]
    for line in shown:
        _decide(work, roster.meeting, line, command.recorder, is_here=line.public_id in command.here)
    return sum(line.public_id in command.here for line in shown)


def _decide(
    work: UnitOfWork, meeting: MeetingLine, line: RosterLine, recorder: Recorder, *, is_here: bool
) -> None:
    if line.waits and settle_claim(work, meeting, line, recorder, is_here=is_here):
        if not is_here:
            _blank(work, meeting, line, by=recorder.member_id, origin=recorder.origin)
        return
    said = line.claim.is_here if line.claim and not line.waits else _said_meanwhile(work, meeting, line)
    if said is not is_here:
        raise Refused([Refusal(code="attendance.changed_meanwhile")])


def _said_meanwhile(work: UnitOfWork, meeting: MeetingLine, line: RosterLine) -> bool | None:
    """Return what the leader said who was quicker by an instant."""
    roster = roster_in_address(work.session, meeting.group_id, meeting.public_id)
    now = roster.line_of(line.public_id) if roster else None
    return now.claim.is_here if now and now.claim else None


def _roster_of_claimers(work: UnitOfWork, group_id: GroupId, meeting_public_id: str) -> Roster:
    """Return the roster, one claimer at a time: what was counted before is then still true when the claim is written."""
    work.session.execute(
        select(MeetingRow.id)
        .where(MeetingRow.group_id == group_id, MeetingRow.public_id == meeting_public_id)
        .with_for_update(key_share=True)
    )
    roster = roster_in_address(work.session, group_id, meeting_public_id)
    if roster is None:
        raise NotFound
    return roster


def _line_to_claim(roster: Roster, public_id: str) -> RosterLine:
    line = roster.line_of(public_id)
    if line is None or not line.was_member:
        raise Refused([Refusal(code="attendance.choose_a_name")])
    if line.mark.status is not None:
        raise Refused([Refusal(code="attendance.name_taken", facts={"name": line.name})])
    return line


def count_claim(
    work: UnitOfWork, meeting: MeetingLine, line: RosterLine, claim: NewClaim, *, arrived: datetime
) -> None:
    """Write the letter that the claimed arrival makes where none stands, with the claim. The caller commits."""
    status = status_by(judged(arrival_at(arrived), meeting.cut_off))
    mark = NewMark(
        group_id=claim.group_id,
        meeting_id=meeting.id,
        member_id=line.member_id,
        status=status,
        origin=Origin.CLAIM,
        updated_at_utc=work.now,
        arrived_at_utc=arrived,
        grade=Grade.CLAIMED,
        # A neighbour's phone is no sign of anything: it is kept with the claim alone.
        device_key=claim.device_key if claim.vouched_by is None else None,
        rules_version=meeting.rules_version,
    )
    if status is None or not fill_blank(work.session, mark):
        raise Refused([Refusal(code="attendance.name_taken", facts={"name": line.name})])
    keep_claim(work.session, claim)
    work.record(
        ArrivalRecorded(
            group_id=claim.group_id,
            meeting_id=meeting.id,
            member_id=line.member_id,
            status=status.value,
            arrived_at_utc=arrived,
            earliest_utc=arrived,
            latest_utc=arrived,
            grade=Grade.CLAIMED.value,
            rules_version=meeting.rules_version,
        )
    )


def _blank(
    work: UnitOfWork, meeting: MeetingLine, line: RosterLine, *, by: MemberId | None, origin: Origin
) -> None:
    mark = NewMark(
        group_id=meeting.group_id,
        meeting_id=meeting.id,
        member_id=line.member_id,
        status=None,
        origin=origin,
        updated_at_utc=work.now,
        recorded_by=by,
    )
    if not replace_mark(work.session, mark, seen_version=line.mark.version):
        raise Refused([Refusal(code="attendance.changed_meanwhile")])
    old = line.mark.status.value if line.mark.status else ""
    work.record(
        MarkTakenBack(
            group_id=meeting.group_id, meeting_id=meeting.id, member_id=line.member_id, old_status=old
        )
    )


def mail_a_way_in(
    work: UnitOfWork, group: Group, member_id: MemberId, *, address: LinkAddress, key: CodeKey
) -> None:
    """Mail the member who was counted by name a link to sign in with, at the address that the group knows.

    Nothing of the address is told to the browser that asks, nor whether the mail could be sent. An invitation of
    the last hour is enough, whoever asked for it: a browser that forgets it asked sends no second one.
    """
    member = member_by_key(work.session, group.id, member_id)
    sent_at = invitation_sent_at(work.session, group.id, member_id)
    if sent_at is not None and work.now - sent_at < ONE_MAIL_IN:
        work.rollback()
        return
    try:
        invite(work, member, Inviting(group=group, by=None, address=address, key=key))
    except Refused:
        work.rollback()
        return
    work.commit()
