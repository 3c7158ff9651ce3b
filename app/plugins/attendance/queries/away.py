"""Who is not to be expected at a meeting: by their own word, or on approved leave. One statement."""

from typing import Any

from sqlalchemy import Select, and_, exists, select
from sqlalchemy.orm import Session, aliased

from app.core.ids import GroupId, MeetingId, MemberId
from app.plugins.attendance.domain.answers import Intent
from app.plugins.attendance.domain.asking import Asked
from app.plugins.attendance.models import AnswerRow
from app.plugins.attendance.models_care import LeaveRow
from app.plugins.attendance.queries.meetings import MEETING

_ANSWER: Any = AnswerRow.__table__
_LEAVE: Any = LeaveRow.__table__
_STAYS_AWAY = (Intent.APOLOGIES.value, Intent.SUBSTITUTE.value)


class StoredAway:
    """Answers other plugins who is not to be expected."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def at_meeting(self, group_id: GroupId, meeting_id: MeetingId) -> frozenset[MemberId]:
        """Return the members who do not come themselves; what was said for an old time of the meeting is no word."""
        return frozenset(
            MemberId(one)
            for one in self._session.scalars(
                _said_so(group_id, meeting_id).union(_on_leave(group_id, meeting_id))
            )
        )


def _said_so(group_id: GroupId, meeting_id: MeetingId) -> Select[Any]:
    return (
        select(_ANSWER.c.member_id)
        .join(MEETING, and_(MEETING.c.group_id == _ANSWER.c.group_id, MEETING.c.id == _ANSWER.c.meeting_id))
        .where(
            _ANSWER.c.group_id == group_id,
            _ANSWER.c.meeting_id == meeting_id,
            _ANSWER.c.answer.in_(_STAYS_AWAY),
            _ANSWER.c.for_starts_at_utc == MEETING.c.starts_at_utc,
        )
    )


def _on_leave(group_id: GroupId, meeting_id: MeetingId) -> Select[Any]:
    """Return those on leave who did not say that they come all the same."""
    said: Any = aliased(_ANSWER)
    comes = exists().where(
        said.c.group_id == _LEAVE.c.group_id,
        said.c.meeting_id == meeting_id,
        said.c.member_id == _LEAVE.c.member_id,
        said.c.for_starts_at_utc == MEETING.c.starts_at_utc,
    )
    return (
        select(_LEAVE.c.member_id)
        .join(MEETING, MEETING.c.group_id == _LEAVE.c.group_id)
        .where(
            _LEAVE.c.group_id == group_id,
            MEETING.c.id == meeting_id,
            _LEAVE.c.state == Asked.APPROVED.value,
            _LEAVE.c.first_day <= MEETING.c.local_date,
            _LEAVE.c.last_day >= MEETING.c.local_date,
            ~comes,
        )
    )
