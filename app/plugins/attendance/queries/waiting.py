"""What waits for the offices: open records, claims, taps of the tablet, shared phones, what was asked, whom to look after. One statement."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Date, Integer, Select, and_, bindparam, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from app.core.ids import GroupId
from app.core.meetings.domain.meeting import MeetingState
from app.plugins.attendance.domain.asking import Asked
from app.plugins.attendance.domain.care_trail import CareState
from app.plugins.attendance.domain.record import RecordState
from app.plugins.attendance.models_care import CareRow, ExcuseRow, LeaveRow
from app.plugins.attendance.queries.claims import CLAIM
from app.plugins.attendance.queries.marks import MARK
from app.plugins.attendance.queries.meetings import MEETING, RECORD
from app.plugins.attendance.queries.tablet_events import EVENT, IS_MARK_OF_EVENT, IS_WAITING

LOOKED_BACK = timedelta(days=28)
"""Older meetings without a record are history, not a task."""

_OPEN_RECORD = or_(RECORD.c.state.is_(None), RECORD.c.state != RecordState.SUBMITTED.value)
_RECORD_OF_MEETING = and_(RECORD.c.group_id == MEETING.c.group_id, RECORD.c.meeting_id == MEETING.c.id)
_RECENT = and_(
    MEETING.c.group_id == bindparam("group_id"),
    MEETING.c.state == MeetingState.PLANNED.value,
    MEETING.c.starts_at_utc > bindparam("since"),
    _OPEN_RECORD,
)
_OPEN: Select[Any] = (
    select(
        literal("open").label("what"),
        MEETING.c.public_id,
        MEETING.c.local_date,
        literal(1, Integer).label("number"),
    )
    .select_from(MEETING.outerjoin(RECORD, _RECORD_OF_MEETING))
    .where(_RECENT, MEETING.c.ends_at_utc <= bindparam("now"))
)
_SHARED: Select[Any] = (
    select(literal("shared"), MEETING.c.public_id, MEETING.c.local_date, func.count())
    .select_from(
        MEETING.outerjoin(RECORD, _RECORD_OF_MEETING).join(
            MARK, and_(MARK.c.group_id == MEETING.c.group_id, MARK.c.meeting_id == MEETING.c.id)
        )
    )
    .where(_RECENT, MARK.c.device_key.is_not(None), MARK.c.status.is_not(None))
    .group_by(MEETING.c.public_id, MEETING.c.local_date, MARK.c.device_key)
    .having(func.count() > 1)
)
_CLAIMED: Select[Any] = (
    select(literal("claimed"), MEETING.c.public_id, MEETING.c.local_date, func.count())
    .select_from(
        MEETING.outerjoin(RECORD, _RECORD_OF_MEETING).join(
            CLAIM, and_(CLAIM.c.group_id == MEETING.c.group_id, CLAIM.c.meeting_id == MEETING.c.id)
        )
    )
    .where(_RECENT, CLAIM.c.decided_at_utc.is_(None))
    .group_by(MEETING.c.public_id, MEETING.c.local_date)
)
_TAPPED: Select[Any] = (
    select(literal("tapped"), MEETING.c.public_id, MEETING.c.local_date, func.count())
    .select_from(
        MEETING.join(
            EVENT, and_(EVENT.c.group_id == MEETING.c.group_id, EVENT.c.meeting_id == MEETING.c.id)
        ).outerjoin(MARK, IS_MARK_OF_EVENT)
    )
    .where(
        MEETING.c.group_id == bindparam("group_id"),
        MEETING.c.state == MeetingState.PLANNED.value,
        MEETING.c.starts_at_utc > bindparam("since"),
        IS_WAITING,
    )
    .group_by(MEETING.c.public_id, MEETING.c.local_date)
)
_NO_DAY = literal(None, Date)


def _counted(what: str, table: Any, *states: str) -> Any:
    """Return how many rows of a table are in these states, in the columns of the others."""
    return (
        select(literal(what), literal(""), _NO_DAY, func.count())
        .select_from(table)
        .where(table.c.group_id == bindparam("group_id"), table.c.state.in_(states))
    )


_WAITING = union_all(
    _OPEN,
    _SHARED,
    _CLAIMED,
    _TAPPED,
    _counted("excuses", ExcuseRow.__table__, Asked.ASKED.value),
    _counted("leaves", LeaveRow.__table__, Asked.ASKED.value),
    _counted("cares", CareRow.__table__, CareState.NOTICED.value, CareState.OPEN.value),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingMeeting:
    """A meeting that a leader should look at."""

    public_id: str
    local_date: date
    number: int = 1
    """How many people it concerns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Meetings over with an open record, those where one browser signed in two members, and those with claims.

    `excuses` and `leaves` wait for a decision; `cares` are trends that are noticed or open, whoever may know of them.
    """

    open_records: tuple[WaitingMeeting, ...]
    shared_devices: tuple[WaitingMeeting, ...]
    claims: tuple[WaitingMeeting, ...]
    excuses: int = 0
    leaves: int = 0
    cares: int = 0
    taps: tuple[WaitingMeeting, ...] = ()
    """Those with sign-ins of the tablet that wait for a word, also after the record was submitted."""


def waiting_for_leaders(session: Session, group_id: GroupId, now: datetime) -> Waiting:
    """Return what waits, each oldest first."""
    bound = {"group_id": group_id, "now": now, "since": now - LOOKED_BACK}
    found = session.execute(_WAITING, bound).all()
    counts = {row.what: row.number for row in found if row.local_date is None}
    rows = sorted((row for row in found if row.local_date is not None), key=lambda row: row.local_date)

    def of(what: str) -> tuple[WaitingMeeting, ...]:
        meetings = {row.public_id: row for row in rows if row.what == what}
        return tuple(
            WaitingMeeting(public_id=public_id, local_date=row.local_date, number=row.number)
            for public_id, row in meetings.items()
        )

    return Waiting(
        open_records=of("open"),
        shared_devices=of("shared"),
        claims=of("claimed"),
        excuses=counts["excuses"],
        leaves=counts["leaves"],
        cares=counts["cares"],
        taps=of("tapped"),
    )
