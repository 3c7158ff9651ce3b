"""What other plugins may know of one member: the days of approved leave, and how often they came in some days."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from app.core.ids import GroupId, MemberId
from app.plugins.attendance.domain.asking import Asked
from app.plugins.attendance.domain.record import RecordState
from app.plugins.attendance.domain.status import CAME, Status
from app.plugins.attendance.interface import CameLately, DaysOfLeave
from app.plugins.attendance.queries.asking import LEAVE
from app.plugins.attendance.queries.marks import MARK
from app.plugins.attendance.queries.meetings import MEETING, RECORD


class ToldOfMembers:
    """Answers other plugins when members are on leave, and how often they came."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of_members(
        self, group_id: GroupId, member_ids: Collection[MemberId]
    ) -> Mapping[MemberId, Sequence[DaysOfLeave]]:
        """Return the approved leaves of these members; one ended before it began is none."""
        query = (
            select(LEAVE.c.member_id, LEAVE.c.first_day, LEAVE.c.last_day)
            .where(
                LEAVE.c.group_id == group_id,
                LEAVE.c.member_id.in_(member_ids),
                LEAVE.c.state == Asked.APPROVED.value,
                LEAVE.c.first_day <= LEAVE.c.last_day,
            )
            .order_by(LEAVE.c.first_day)
        )
        found: dict[MemberId, list[DaysOfLeave]] = defaultdict(list)
        for row in self._session.execute(query):
            found[MemberId(row.member_id)].append(DaysOfLeave(first=row.first_day, last=row.last_day))
        return dict(found)

    def attended_between(self, group_id: GroupId, member_id: MemberId, first: date, last: date) -> int:
        """Return at how many meetings of these days the member was in person."""
        came = self.came_between(group_id, member_id, first, last)
        return came.in_person

    def came_between(self, group_id: GroupId, member_id: MemberId, first: date, last: date) -> CameLately:
        """Return how the member came to the meetings of these days, as their letters have it."""
        query = (
            select(MARK.c.status, func.count().label("times"))
            .select_from(
                MARK.join(
                    RECORD,
                    and_(RECORD.c.group_id == MARK.c.group_id, RECORD.c.meeting_id == MARK.c.meeting_id),
                ).join(
                    MEETING, and_(MEETING.c.group_id == MARK.c.group_id, MEETING.c.id == MARK.c.meeting_id)
                )
            )
            .where(
                MARK.c.group_id == group_id,
                MARK.c.member_id == member_id,
                MARK.c.status.is_not(None),
                RECORD.c.state == RecordState.SUBMITTED.value,
                MEETING.c.local_date >= first,
                MEETING.c.local_date <= last,
            )
            .group_by(MARK.c.status)
        )
        times = {row.status: int(row.times) for row in self._session.execute(query)}
        return CameLately(
            meetings=sum(number for letter, number in times.items() if letter != Status.MEDICAL),
            in_person=sum(times.get(letter, 0) for letter in CAME),
            on_time=times.get(Status.PRESENT, 0),
            by_substitute=times.get(Status.SUBSTITUTE, 0),
        )
