"""Which meeting is it, where does its record stand, and by which cut-off is it judged? One statement each."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, bindparam, select
from sqlalchemy.orm import Session

from app.core.ids import GroupId, MeetingId, MemberId, PublicId
from app.core.meetings.domain.meeting import MeetingState
from app.core.meetings.models import MeetingRow
from app.plugins.attendance.domain.record import Record, RecordState
from app.plugins.attendance.domain.rule_set import CutOffKind
from app.plugins.attendance.domain.rules import CLOSES_AFTER_END, OPENS_BEFORE_START, MeetingFacts
from app.plugins.attendance.models import RecordRow, RuleSetRow

MEETING: Any = MeetingRow.__table__
RECORD: Any = RecordRow.__table__
RULE_SET: Any = RuleSetRow.__table__

_VERSION_IN_FORCE = (
    select(RULE_SET.c.version)
    .where(RULE_SET.c.group_id == MEETING.c.group_id, RULE_SET.c.effective_on <= MEETING.c.local_date)
    .order_by(RULE_SET.c.effective_on.desc(), RULE_SET.c.version.desc())
    .limit(1)
    .correlate(MEETING)
    .scalar_subquery()
)
_IN_FORCE: Any = RULE_SET.alias("in_force")

MEETING_COLUMNS = (
    MEETING.c.group_id.label("meeting_group_id"),
    MEETING.c.id.label("meeting_id"),
    MEETING.c.public_id.label("meeting_public_id"),
    MEETING.c.local_date,
    MEETING.c.zone,
    MEETING.c.starts_at_utc,
    MEETING.c.ends_at_utc,
    MEETING.c.place,
    MEETING.c.call_link,
    MEETING.c.state.label("meeting_state"),
    RECORD.c.state.label("record_state"),
    RECORD.c.version.label("record_version"),
    RECORD.c.submitted_at_utc,
    RECORD.c.submitted_by_member_id,
    RECORD.c.head_count,
    RECORD.c.presentations_began_at_utc,
    _IN_FORCE.c.version.label("rules_version"),
    _IN_FORCE.c.cut_off_minutes,
    _IN_FORCE.c.cut_off_kind,
)

MEETING_WITH_RECORD = MEETING.outerjoin(
    RECORD, and_(RECORD.c.group_id == MEETING.c.group_id, RECORD.c.meeting_id == MEETING.c.id)
).outerjoin(
    _IN_FORCE, and_(_IN_FORCE.c.group_id == MEETING.c.group_id, _IN_FORCE.c.version == _VERSION_IN_FORCE)
)

_BY_PUBLIC_ID: Select[Any] = (
    select(*MEETING_COLUMNS)
    .select_from(MEETING_WITH_RECORD)
    .where(MEETING.c.group_id == bindparam("group_id"), MEETING.c.public_id == bindparam("public_id"))
)
_BY_KEY: Select[Any] = (
    select(*MEETING_COLUMNS)
    .select_from(MEETING_WITH_RECORD)
    .where(MEETING.c.group_id == bindparam("group_id"), MEETING.c.id == bindparam("meeting_id"))
)
_NEAR: Select[Any] = (
    select(*MEETING_COLUMNS)
    .select_from(MEETING_WITH_RECORD)
    .where(
        MEETING.c.group_id == bindparam("group_id"),
        MEETING.c.starts_at_utc <= bindparam("opens_until"),
        MEETING.c.ends_at_utc >= bindparam("closes_from"),
        MEETING.c.state == MeetingState.PLANNED.value,
    )
    .order_by(MEETING.c.starts_at_utc)
)
_AHEAD: Select[Any] = (
    select(*MEETING_COLUMNS)
    .select_from(MEETING_WITH_RECORD)
    .where(
        MEETING.c.group_id == bindparam("group_id"),
        MEETING.c.starts_at_utc <= bindparam("begins_by"),
        MEETING.c.ends_at_utc >= bindparam("ends_from"),
    )
    .order_by(MEETING.c.starts_at_utc)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingLine:
    """A meeting with the state of its record and the cut-off in force on its day."""

    group_id: GroupId
    id: MeetingId
    public_id: PublicId
    local_date: date
    zone: str
    starts_at_utc: datetime
    ends_at_utc: datetime
    place: str
    call_link: str
    takes_place: bool
    record: Record
    submitted_at_utc: datetime | None
    head_count: int | None
    cut_off_minutes: int
    rules_version: int | None
    by_agenda: bool = False
    presentations_began_at_utc: datetime | None = None
    submitted_by: MemberId | None = None

    @property
    def facts(self) -> MeetingFacts:
        """What the rules ask of it."""
        return MeetingFacts(
            starts_at_utc=self.starts_at_utc,
            ends_at_utc=self.ends_at_utc,
            zone=self.zone,
            takes_place=self.takes_place,
            record=self.record,
            cut_off_minutes=self.cut_off_minutes,
            by_agenda=self.by_agenda,
            presentations_began_at_utc=self.presentations_began_at_utc,
        )

    @property
    def cut_off(self) -> datetime:
        """The last instant that is on time."""
        return self.facts.cut_off


def meeting_in_address(session: Session, group_id: GroupId, public_id: str) -> MeetingLine | None:
    """Return the meeting of this group with that public id."""
    row = session.execute(_BY_PUBLIC_ID, {"group_id": group_id, "public_id": public_id}).one_or_none()
    return meeting_line(row) if row else None


def meeting_of_key(session: Session, group_id: GroupId, meeting_id: MeetingId) -> MeetingLine | None:
    """Return the meeting of this group with that key."""
    row = session.execute(_BY_KEY, {"group_id": group_id, "meeting_id": meeting_id}).one_or_none()
    return meeting_line(row) if row else None


def meetings_near(session: Session, group_id: GroupId, now: datetime) -> list[MeetingLine]:
    """Return the meetings that a code typed at `now` may belong to, the earliest first."""
    window = {
        "group_id": group_id,
        "opens_until": now + OPENS_BEFORE_START,
        "closes_from": now - CLOSES_AFTER_END,
    }
    return [meeting_line(row) for row in session.execute(_NEAR, window)]


def meetings_ahead(
    session: Session, group_id: GroupId, now: datetime, *, ahead: timedelta, after: timedelta
) -> list[MeetingLine]:
    """Return the meetings that begin within `ahead` and are not over for longer than `after`, cancelled ones too."""
    window = {"group_id": group_id, "begins_by": now + ahead, "ends_from": now - after}
    return [meeting_line(row) for row in session.execute(_AHEAD, window)]


def meeting_line(row: Any) -> MeetingLine:
    """Return the meeting that stands in a row of MEETING_COLUMNS."""
    return MeetingLine(
        group_id=GroupId(row.meeting_group_id),
        id=MeetingId(row.meeting_id),
        public_id=PublicId(row.meeting_public_id),
        local_date=row.local_date,
        zone=row.zone,
        starts_at_utc=row.starts_at_utc,
        ends_at_utc=row.ends_at_utc,
        place=row.place,
        call_link=row.call_link,
        takes_place=row.meeting_state == MeetingState.PLANNED.value,
        record=record_of(row.record_state, row.record_version),
        submitted_at_utc=row.submitted_at_utc,
        head_count=row.head_count,
        cut_off_minutes=row.cut_off_minutes or 0,
        rules_version=row.rules_version,
        by_agenda=row.cut_off_kind == CutOffKind.AGENDA.value,
        presentations_began_at_utc=row.presentations_began_at_utc,
        submitted_by=MemberId(row.submitted_by_member_id) if row.submitted_by_member_id else None,
    )


def record_of(state: str | None, version: int | None) -> Record:
    """Return the record that a row says, or the draft that stands where there is no row."""
    return Record(state=RecordState(state), version=version or 0) if state else Record()
