"""What a tap on the tablet writes into the record: the letter with its bounds, a substitute, or a guest on the list."""

from datetime import datetime

from app.core.work import UnitOfWork
from app.plugins.attendance.domain.evidence import Origin
from app.plugins.attendance.domain.interval_rule import Bounds
from app.plugins.attendance.domain.status import Status
from app.plugins.attendance.domain.tablet_events import GUESTS
from app.plugins.attendance.domain.tablet_outcome import Outcome
from app.plugins.attendance.interface import ArrivalRecorded, AttendanceMarked, GuestSignedIn
from app.plugins.attendance.queries.marks import mark_of
from app.plugins.attendance.queries.meetings import MeetingLine
from app.plugins.attendance.queries.tablet_events import EventLine
from app.plugins.attendance.services.marking import SUBSTITUTES_KEPT
from app.plugins.attendance.store import NewMark, NewSubstitute, add_substitute, fill_blank, replace_mark


def write_outcome(
    work: UnitOfWork, meeting: MeetingLine, line: EventLine, bounds: Bounds, outcome: Outcome
) -> bool:
    """Write what follows from the event and note it; return False where somebody was quicker. The caller commits."""
    if outcome.writes is None:
        _note_guest(work, meeting, line, bounds.latest)
        return True
    mark = _mark(work, meeting, line, bounds, outcome)
    if mark is None:
        return False
    if not _put(work, mark, betters=outcome.betters):
        return False
    work.record(_event(mark))
    return True


def _mark(
    work: UnitOfWork, meeting: MeetingLine, line: EventLine, bounds: Bounds, outcome: Outcome
) -> NewMark | None:
    if line.member_id is None:
        return None
    standing = mark_of(work.session, meeting.group_id, meeting.id, line.member_id)
    if standing.status is not None and not outcome.betters:
        return None
    return NewMark(
        group_id=meeting.group_id,
        meeting_id=meeting.id,
        member_id=line.member_id,
        status=outcome.writes,
        origin=Origin.TABLET,
        updated_at_utc=work.now,
        arrived_at_utc=outcome.arrived,
        grade=outcome.grade,
        substitute_id=_substitute(work, meeting, line) if outcome.writes is Status.SUBSTITUTE else None,
        rules_version=meeting.rules_version,
        bounds=(bounds.earliest, bounds.latest),
    )


def _put(work: UnitOfWork, mark: NewMark, *, betters: bool) -> bool:
    if not betters:
        return fill_blank(work.session, mark)
    standing = mark_of(work.session, mark.group_id, mark.meeting_id, mark.member_id)
    return replace_mark(work.session, mark, seen_version=standing.version)


def _substitute(work: UnitOfWork, meeting: MeetingLine, line: EventLine) -> int | None:
    if line.member_id is None:
        return None
    return add_substitute(
        work.session,
        NewSubstitute(
            key=work.ids.key(),
            group_id=meeting.group_id,
            meeting_id=meeting.id,
            member_id=line.member_id,
            name=line.name,
            firm=line.firm,
            created_at_utc=work.now,
            expires_on=meeting.local_date + SUBSTITUTES_KEPT,
        ),
    )


def _event(mark: NewMark) -> ArrivalRecorded | AttendanceMarked:
    status = mark.status.value if mark.status else ""
    grade = mark.grade.value if mark.grade else ""
    if mark.status is Status.SUBSTITUTE:
        return AttendanceMarked(
            group_id=mark.group_id,
            meeting_id=mark.meeting_id,
            member_id=mark.member_id,
            status=status,
            old_status=None,
            arrived_at_utc=mark.arrived_at_utc,
            origin=mark.origin.value,
            grade=grade,
        )
    arrived: datetime = mark.arrived_at_utc or mark.updated_at_utc
    earliest, latest = mark.bounds or (None, None)
    return ArrivalRecorded(
        group_id=mark.group_id,
        meeting_id=mark.meeting_id,
        member_id=mark.member_id,
        status=status,
        arrived_at_utc=arrived,
        earliest_utc=earliest or arrived,
        latest_utc=latest or arrived,
        grade=grade,
        rules_version=mark.rules_version,
    )


def _note_guest(work: UnitOfWork, meeting: MeetingLine, line: EventLine, at: datetime) -> None:
    if line.kind in GUESTS:
        work.record(
            GuestSignedIn(group_id=meeting.group_id, meeting_id=meeting.id, guest=line.kind.value, at_utc=at)
        )
