"""Reading answers: who comes, what one said oneself, how many."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from app.core.database import table_of
from app.core.groups.models import MemberRow
from app.core.ids import GroupId, MeetingId, MemberId
from app.core.meetings.models import MeetingRow
from app.core.people.models import PersonRow
from givefirst_sample_lunches.models import AnswerRow

_ANSWER = table_of(AnswerRow)
_MEMBER = table_of(MemberRow)
_MEETING = table_of(MeetingRow)
_PERSON = table_of(PersonRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerLine:
    """What one member said."""

    member_id: MemberId
    name: str
    is_coming: bool
    remark: str


class StoredCompany:
    """Answers `LunchCompany` from the table."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def expected(self, group_id: GroupId, meeting_id: MeetingId) -> int:
        query = select(func.count()).where(
            _ANSWER.c.group_id == group_id, _ANSWER.c.meeting_id == meeting_id, _ANSWER.c.is_coming.is_(True)
        )
        return self._session.scalar(query) or 0


def answers_to(session: Session, group_id: GroupId, meeting_id: MeetingId) -> list[AnswerLine]:
    """Return what was said about the meeting, in alphabetical order."""
    rows = session.execute(
        select(_ANSWER.c.member_id, _PERSON.c.name, _ANSWER.c.is_coming, _ANSWER.c.remark)
        .join(_MEMBER, and_(_MEMBER.c.group_id == _ANSWER.c.group_id, _MEMBER.c.id == _ANSWER.c.member_id))
        .join(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
        .where(_ANSWER.c.group_id == group_id, _ANSWER.c.meeting_id == meeting_id)
        .order_by(_PERSON.c.sort_name)
    )
    return [
        AnswerLine(
            member_id=MemberId(row.member_id), name=row.name, is_coming=row.is_coming, remark=row.remark
        )
        for row in rows
    ]


def meetings_answered_after(
    session: Session, group_id: GroupId, member_id: MemberId, day: date
) -> list[MeetingId]:
    """Return the meetings later than `day` for which the member gave an answer."""
    query = (
        select(_ANSWER.c.meeting_id)
        .join(
            _MEETING, and_(_MEETING.c.group_id == _ANSWER.c.group_id, _MEETING.c.id == _ANSWER.c.meeting_id)
        )
        .where(_ANSWER.c.group_id == group_id, _ANSWER.c.member_id == member_id, _MEETING.c.local_date > day)
    )
    return [MeetingId(meeting_id) for meeting_id in session.scalars(query)]
