"""Somebody who keeps the record has their say of a tap on the tablet that proved too little by itself."""

from dataclasses import dataclass
from enum import StrEnum

from app.core.errors import NotFound, Refusal, Refused
from app.core.ids import GroupId
from app.core.work import UnitOfWork
from app.plugins.attendance.domain.evidence import Recorder
from app.plugins.attendance.domain.rules import WantedMark, refusals_for_mark
from app.plugins.attendance.domain.status import Status
from app.plugins.attendance.domain.tablet_events import Kind
from app.plugins.attendance.interface import SignInDecided
from app.plugins.attendance.queries.roster import Roster, RosterLine, roster_in_address
from app.plugins.attendance.queries.tablet_events import SAID_NOT_HERE, WaitingEvent, waiting_events
from app.plugins.attendance.services.marking import MarkToWrite, write_mark
from app.plugins.attendance.store_door import decide_event


class Said(StrEnum):
    """What can be said of a tap that waits."""

    ON_TIME = "on-time"
    LATE = "late"
    HERE = "here"
    """Of a substitute or guest, whose time is no matter."""
    NOT_HERE = SAID_NOT_HERE


SAYABLE = {Kind.MEMBER: (Said.ON_TIME, Said.LATE, Said.NOT_HERE)}
_OF_OTHERS = (Said.HERE, Said.NOT_HERE)
_LETTER = {Said.ON_TIME: Status.PRESENT, Said.LATE: Status.LATE, Said.HERE: Status.SUBSTITUTE}


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideTap:
    """A recorder's word about one tap of a meeting; `seen_version` is that of the member's mark as they saw it."""

    group_id: GroupId
    meeting_public_id: str
    tap: str
    said: Said
    recorder: Recorder
    seen_version: int = 0


def sayable_of(kind: Kind) -> tuple[Said, ...]:
    """Return what can be said of a tap of that kind."""
    return SAYABLE.get(kind, _OF_OTHERS)


def decide_tap(work: UnitOfWork, command: DecideTap) -> WaitingEvent:
    """Write down what was said, with the letter that follows; other taps of the same person are settled by it. Commits.

    Refused where the record is submitted, where somebody was quicker, and where the person was no member that day.
    """
    roster = roster_in_address(work.session, command.group_id, command.meeting_public_id)
    if roster is None:
        raise NotFound
    if not roster.meeting.record.is_open:
        raise Refused([Refusal(code="attendance.already_submitted")])
    waiting = waiting_events(work.session, command.group_id, roster.meeting.id)
    tap = next((one for one in waiting if one.public_id == command.tap), None)
    if tap is None or command.said not in sayable_of(tap.kind):
        raise Refused([Refusal(code="attendance.changed_meanwhile")])
    if command.said in _LETTER and tap.kind in {Kind.MEMBER, Kind.SUBSTITUTE}:
        _write(work, command, roster, tap)
    for one in waiting:
        if is_same_person(one, tap):
            decide_event(
                work.session,
                command.group_id,
                one.public_id,
                now=work.now,
                by=command.recorder.member_id,
                said=command.said.value,
            )
    work.record(
        SignInDecided(
            group_id=command.group_id,
            meeting_id=roster.meeting.id,
            member_id=tap.member_id,
            said=command.said.value,
        )
    )
    work.commit()
    return tap


def is_same_person(one: WaitingEvent, other: WaitingEvent) -> bool:
    """Return whether two taps are about one person: the same member, or the same name where there is none."""
    return (one.kind, one.member_id, one.name) == (other.kind, other.member_id, other.name)


def _write(work: UnitOfWork, command: DecideTap, roster: Roster, tap: WaitingEvent) -> None:
    line = _line(roster, tap)
    wanted = WantedMark(
        status=_LETTER[command.said], substitute_name=tap.name if tap.kind is Kind.SUBSTITUTE else ""
    )
    if refusals := refusals_for_mark(roster.meeting.facts, wanted, was_member=line.was_member, now=work.now):
        raise Refused(refusals)
    write_mark(
        work,
        MarkToWrite(
            meeting=roster.meeting,
            line=line,
            recorder=command.recorder,
            wanted=wanted,
            seen_version=command.seen_version,
            substitute_firm=tap.firm,
        ),
    )


def _line(roster: Roster, tap: WaitingEvent) -> RosterLine:
    line = next((one for one in roster.lines if one.member_id == tap.member_id), None)
    if line is None:
        raise Refused([Refusal(code="attendance.not_a_member_then")])
    return line
