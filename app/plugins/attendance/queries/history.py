"""How one member came over time: the letters with their times, for the member and the offices, and plain counts."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from app.core.ids import GroupId, MemberId
from app.core.local_time import Period
from app.core.meetings.domain.meeting import MeetingState
from app.plugins.attendance.domain.palms import Palms, palms_of_letters
from app.plugins.attendance.domain.punctuality import cut_off_in_fact, cut_off_of, minutes_late
from app.plugins.attendance.domain.record import RecordState
from app.plugins.attendance.domain.rule_set import CutOffKind
from app.plugins.attendance.domain.status import CAME, Status
from app.plugins.attendance.queries.marks import (
    IS_ITS_SUBSTITUTE,
    MARK,
    MARK_COLUMNS,
    SUBSTITUTE,
    MarkLine,
    mark_line,
)
from app.plugins.attendance.queries.meetings import MEETING, RECORD, RULE_SET

_RECORD_OF_MEETING = and_(RECORD.c.group_id == MEETING.c.group_id, RECORD.c.meeting_id == MEETING.c.id)
_RULES_OF_MARK = and_(RULE_SET.c.group_id == MARK.c.group_id, RULE_SET.c.version == MARK.c.rules_version)
_MARK_OF_MEMBER = and_(
    MARK.c.group_id == MEETING.c.group_id,
    MARK.c.meeting_id == MEETING.c.id,
    MARK.c.member_id == bindparam("member_id"),
)
_ALL_OF_IT = 100
_HISTORY: Select[Any] = (
    select(
        MEETING.c.public_id,
        MEETING.c.local_date,
        MEETING.c.starts_at_utc,
        RULE_SET.c.cut_off_minutes,
        RULE_SET.c.cut_off_kind,
        RECORD.c.presentations_began_at_utc,
        RECORD.c.state.label("record_state"),
        *MARK_COLUMNS,
    )
    .select_from(
        MEETING.outerjoin(MARK, _MARK_OF_MEMBER)
        .outerjoin(SUBSTITUTE, IS_ITS_SUBSTITUTE)
        .outerjoin(RULE_SET, _RULES_OF_MARK)
        .outerjoin(RECORD, _RECORD_OF_MEETING)
    )
    .where(
        MEETING.c.group_id == bindparam("group_id"),
        MEETING.c.local_date >= bindparam("first"),
        MEETING.c.local_date <= bindparam("last"),
        MEETING.c.state == MeetingState.PLANNED.value,
        or_(MEETING.c.starts_at_utc <= bindparam("now"), MARK.c.status.is_not(None)),
    )
    .order_by(MEETING.c.starts_at_utc.desc())
)
_ATTENDED: Select[Any] = (
    select(func.count())
    .select_from(
        MARK.join(
            RECORD, and_(RECORD.c.group_id == MARK.c.group_id, RECORD.c.meeting_id == MARK.c.meeting_id)
        )
    )
    .where(
        MARK.c.group_id == bindparam("group_id"),
        MARK.c.member_id == bindparam("member_id"),
        MARK.c.status.in_(sorted(CAME)),
        RECORD.c.state == RecordState.SUBMITTED.value,
    )
)
_ATTENDED_BY_MEMBER: Select[Any] = (
    select(MARK.c.member_id, func.count().label("times"))
    .select_from(
        MARK.join(
            RECORD, and_(RECORD.c.group_id == MARK.c.group_id, RECORD.c.meeting_id == MARK.c.meeting_id)
        )
    )
    .where(
        MARK.c.group_id == bindparam("group_id"),
        MARK.c.status.in_(sorted(CAME)),
        RECORD.c.state == RecordState.SUBMITTED.value,
    )
    .group_by(MARK.c.member_id)
)
_ATTENDED_DAYS: Select[Any] = (
    select(MARK.c.member_id, MEETING.c.local_date)
    .select_from(
        MARK.join(
            RECORD, and_(RECORD.c.group_id == MARK.c.group_id, RECORD.c.meeting_id == MARK.c.meeting_id)
        ).join(MEETING, and_(MEETING.c.group_id == MARK.c.group_id, MEETING.c.id == MARK.c.meeting_id))
    )
    .where(
        MARK.c.group_id == bindparam("group_id"),
        MARK.c.status.in_(sorted(CAME)),
        RECORD.c.state == RecordState.SUBMITTED.value,
    )
    .order_by(MEETING.c.local_date)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """One meeting of a member: `cut_off` as it was when the mark was judged, None for a mark without a time."""

    meeting_public_id: str
    local_date: date
    mark: MarkLine
    cut_off: datetime | None
    is_submitted: bool

    @property
    def minutes_late(self) -> int:
        """The begun minutes after the cut-off; 0 where the member kept it or no time is known."""
        if self.cut_off is None or self.mark.arrived_at_utc is None:
            return 0
        return minutes_late(self.mark.arrived_at_utc, self.cut_off)


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """A member's meetings of a period, the latest first."""

    lines: Sequence[HistoryLine]

    @property
    def palms(self) -> Palms:
        """How often each letter stands, whether its record is submitted or not."""
        return palms_of_letters(line.mark.status for line in self.lines)

    @property
    def attended_percent(self) -> int | None:
        """The share of letters that say the member came in person, leave left out; None without any."""
        letters = [line.mark.status for line in self.lines if line.mark.status not in {None, Status.MEDICAL}]
        came = sum(letter in CAME for letter in letters)
        return round(_ALL_OF_IT * came / len(letters)) if letters else None

    @property
    def on_time_run(self) -> int:
        """How many meetings in a row the member was on time, up to the latest with a letter."""
        letters = [line.mark.status for line in self.lines if line.mark.status is not None]
        return next((number for number, one in enumerate(letters) if one is not Status.PRESENT), len(letters))

    @property
    def uncounted(self) -> int:
        """The letters that stand in records not submitted yet: PALMS leaves them out until then."""
        return sum(1 for line in self.lines if line.mark.status is not None and not line.is_submitted)


def history_of(
    session: Session, group_id: GroupId, member_id: MemberId, period: Period, now: datetime
) -> History:
    """Return the member's meetings of the period that have begun, or that they are signed in to; one statement."""
    bound = {
        "group_id": group_id,
        "member_id": member_id,
        "first": period.first,
        "last": period.last,
        "now": now,
    }
    return History(lines=[_line(row) for row in session.execute(_HISTORY, bound).all()])


class StoredHistory:
    """Answers other plugins how often members came, from the marks of submitted records."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def attended(self, group_id: GroupId, member_id: MemberId) -> int:
        """Return at how many meetings the member was in person."""
        return int(self._session.scalar(_ATTENDED, {"group_id": group_id, "member_id": member_id}) or 0)

    def attended_by_member(self, group_id: GroupId) -> Mapping[MemberId, int]:
        """Return at how many meetings each member was in person."""
        rows = self._session.execute(_ATTENDED_BY_MEMBER, {"group_id": group_id})
        return {MemberId(row.member_id): int(row.times) for row in rows}

    def attended_days(self, group_id: GroupId) -> Mapping[MemberId, Sequence[date]]:
        """Return the days on which each member was in person, the first first."""
        days: defaultdict[MemberId, list[date]] = defaultdict(list)
        for row in self._session.execute(_ATTENDED_DAYS, {"group_id": group_id}):
            days[MemberId(row.member_id)].append(row.local_date)
        return days


def cut_off_in_row(row: Any) -> datetime | None:
    """Return the cut-off by which a mark was judged, from a row that joins its rules and the record; None without."""
    if row.cut_off_minutes is None:
        return None
    return cut_off_in_fact(
        cut_off_of(row.starts_at_utc, row.cut_off_minutes),
        by_agenda=row.cut_off_kind == CutOffKind.AGENDA.value,
        began=row.presentations_began_at_utc,
    )


def _line(row: Any) -> HistoryLine:
    return HistoryLine(
        meeting_public_id=row.public_id,
        local_date=row.local_date,
        mark=mark_line(row),
        cut_off=cut_off_in_row(row),
        is_submitted=row.record_state == RecordState.SUBMITTED.value,
    )
