"""Which excuses and leaves were asked for, by whom, and how do they stand? One statement each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, exists, or_, select
from sqlalchemy.orm import Session

from app.core.groups.models import MemberRow, MembershipRow
from app.core.ids import GroupId, MeetingId, MemberId
from app.core.meetings.models import MeetingRow
from app.core.people.models import PersonRow
from app.plugins.attendance.domain.asking import Asked, Days, LeaveKind
from app.plugins.attendance.domain.excuse_kinds import ExcuseKind
from app.plugins.attendance.models_care import ExcuseRow, LeaveRow

EXCUSE: Any = ExcuseRow.__table__
LEAVE: Any = LeaveRow.__table__
_MEMBER: Any = MemberRow.__table__
_MEMBERSHIP: Any = MembershipRow.__table__
_MEETING: Any = MeetingRow.__table__
_PERSON: Any = PersonRow.__table__
_DECIDER = _MEMBER.alias("decider")
_DECIDING = _PERSON.alias("deciding")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcuseLine:
    """An excuse with its meeting; `note` is the member's, `word` that of `decided_by`."""

    id: int
    public_id: str
    member_id: MemberId
    member_public_id: str
    name: str
    meeting_id: MeetingId
    meeting_public_id: str
    local_date: date
    kind: ExcuseKind
    note: str
    state: Asked
    asked_at_utc: datetime
    is_entered: bool
    word: str
    decided_at_utc: datetime | None
    decided_by: str
    number: int
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveLine:
    """A leave. `days` are those that count, `asked_last_day` the end before it was ended early."""

    id: int
    public_id: str
    member_id: MemberId
    member_public_id: str
    name: str
    kind: LeaveKind
    days: Days
    asked_last_day: date
    note: str
    state: Asked
    asked_at_utc: datetime
    is_entered: bool
    word: str
    decided_at_utc: datetime | None
    decided_by: str
    version: int

    @property
    def is_ended_early(self) -> bool:
        """Whether it is shorter than it was asked for."""
        return self.days.last < self.asked_last_day


def excuses_of(session: Session, group_id: GroupId, member_id: MemberId) -> list[ExcuseLine]:
    """Return what one member asked, the latest meeting first."""
    query = _excuses(group_id).where(EXCUSE.c.member_id == member_id)
    return [_excuse(row) for row in session.execute(query)]


def excuses_asked(session: Session, group_id: GroupId) -> list[ExcuseLine]:
    """Return what waits for a decision."""
    query = _excuses(group_id).where(EXCUSE.c.state == Asked.ASKED.value)
    return [_excuse(row) for row in session.execute(query)]


def excuses_decided(session: Session, group_id: GroupId, since: datetime) -> list[ExcuseLine]:
    """Return what was decided since, the latest meeting first."""
    query = _excuses(group_id).where(EXCUSE.c.decided_at_utc >= since)
    return [_excuse(row) for row in session.execute(query)]


def excuse_in_address(session: Session, group_id: GroupId, public_id: str) -> ExcuseLine | None:
    """Return the excuse of this group with that public id."""
    row = session.execute(_excuses(group_id).where(EXCUSE.c.public_id == public_id)).one_or_none()
    return _excuse(row) if row else None


def states_for_meeting(
    session: Session, group_id: GroupId, meeting_id: MeetingId, member_id: MemberId
) -> list[Asked]:
    """Return where the excuses of one member for one meeting stand, in the order in which they were asked."""
    query = (
        select(EXCUSE.c.state)
        .where(
            EXCUSE.c.group_id == group_id,
            EXCUSE.c.meeting_id == meeting_id,
            EXCUSE.c.member_id == member_id,
        )
        .order_by(EXCUSE.c.number)
    )
    return [Asked(state) for state in session.scalars(query)]


def leaves_of(session: Session, group_id: GroupId, member_id: MemberId) -> list[LeaveLine]:
    """Return the leaves of one member, the latest first."""
    query = _leaves(group_id).where(LEAVE.c.member_id == member_id)
    return [_leave(row) for row in session.execute(query)]


def leaves_standing(session: Session, group_id: GroupId, since: date) -> list[LeaveLine]:
    """Return the leaves that wait for a decision, and the approved ones that last on `since` or begin later."""
    query = _leaves(group_id).where(
        or_(
            LEAVE.c.state == Asked.ASKED.value,
            and_(LEAVE.c.state == Asked.APPROVED.value, LEAVE.c.last_day >= since),
        )
    )
    return [_leave(row) for row in session.execute(query)]


def leave_in_address(session: Session, group_id: GroupId, public_id: str) -> LeaveLine | None:
    """Return the leave of this group with that public id."""
    row = session.execute(_leaves(group_id).where(LEAVE.c.public_id == public_id)).one_or_none()
    return _leave(row) if row else None


def was_member_in(session: Session, group_id: GroupId, member_id: MemberId, days: Days) -> bool:
    """Return whether the membership covers any day of these."""
    is_in = exists().where(
        _MEMBERSHIP.c.group_id == group_id,
        _MEMBERSHIP.c.member_id == member_id,
        _MEMBERSHIP.c.started_on <= days.last,
        or_(_MEMBERSHIP.c.ended_on.is_(None), _MEMBERSHIP.c.ended_on >= days.first),
    )
    return bool(session.scalar(select(is_in)))


def _with_people(table: Any, columns: Sequence[Any]) -> Select[Any]:
    return (
        select(
            table,
            *columns,
            _MEMBER.c.public_id.label("member_public_id"),
            _PERSON.c.name,
            _DECIDING.c.name.label("decided_by"),
        )
        .join(_MEMBER, and_(_MEMBER.c.group_id == table.c.group_id, _MEMBER.c.id == table.c.member_id))
        .join(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
        .outerjoin(
            _DECIDER,
            and_(_DECIDER.c.group_id == table.c.group_id, _DECIDER.c.id == table.c.decided_by_member_id),
        )
        .outerjoin(_DECIDING, _DECIDING.c.id == _DECIDER.c.person_id)
    )


def _excuses(group_id: GroupId) -> Select[Any]:
    of_meeting = (_MEETING.c.public_id.label("meeting_public_id"), _MEETING.c.local_date)
    return (
        _with_people(EXCUSE, of_meeting)
        .join(
            _MEETING,
            and_(_MEETING.c.group_id == EXCUSE.c.group_id, _MEETING.c.id == EXCUSE.c.meeting_id),
        )
        .where(EXCUSE.c.group_id == group_id)
        .order_by(_MEETING.c.starts_at_utc.desc(), EXCUSE.c.number.desc(), EXCUSE.c.id)
    )


def _leaves(group_id: GroupId) -> Select[Any]:
    return (
        _with_people(LEAVE, ())
        .where(LEAVE.c.group_id == group_id)
        .order_by(LEAVE.c.first_day.desc(), LEAVE.c.id.desc())
    )


def _excuse(row: Any) -> ExcuseLine:
    return ExcuseLine(
        id=row.id,
        public_id=row.public_id,
        member_id=MemberId(row.member_id),
        member_public_id=row.member_public_id,
        name=row.name,
        meeting_id=MeetingId(row.meeting_id),
        meeting_public_id=row.meeting_public_id,
        local_date=row.local_date,
        kind=ExcuseKind(row.kind),
        note=row.note,
        state=Asked(row.state),
        asked_at_utc=row.asked_at_utc,
        is_entered=row.asked_by_member_id != row.member_id,
        word=row.word,
        decided_at_utc=row.decided_at_utc,
        decided_by=row.decided_by or "",
        number=row.number,
        version=row.version,
    )


def _leave(row: Any) -> LeaveLine:
    return LeaveLine(
        id=row.id,
        public_id=row.public_id,
        member_id=MemberId(row.member_id),
        member_public_id=row.member_public_id,
        name=row.name,
        kind=LeaveKind(row.kind),
        days=Days(first=row.first_day, last=row.last_day),
        asked_last_day=row.asked_last_day,
        note=row.note,
        state=Asked(row.state),
        asked_at_utc=row.asked_at_utc,
        is_entered=row.asked_by_member_id != row.member_id,
        word=row.word,
        decided_at_utc=row.decided_at_utc,
        decided_by=row.decided_by or "",
        version=row.version,
    )
