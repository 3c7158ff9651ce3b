"""Putting meetings on the calendar."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from sqlalchemy import select

from app.core.groups.domain.standing import Group
from app.core.ids import GroupId, MeetingId
from app.core.meetings.domain.meeting import MeetingState, instants
from app.core.meetings.domain.schedule import days_between
from app.core.meetings.events import MeetingPlanned
from app.core.meetings.models import MeetingRow, ScheduleRow
from app.core.work import UnitOfWork

PLANNED_WEEKS = 12
"""How far ahead the calendar is kept filled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Slot:
    """When and where a meeting takes place on its day."""

    wall_time: time
    zone: str
    minutes: int
    place: str
    call_link: str


def add_schedule(
    work: UnitOfWork,
    group: Group,
    *,
    rule: str,
    starts_on: date,
    wall_time: time,
    minutes: int,
    place: str = "",
    call_link: str = "",
) -> int:
    """Give the group a recurring schedule in its own zone, and return its key; the caller commits."""
    list(days_between(rule, starts_on, starts_on, starts_on))
    key = work.ids.key()
    work.session.add(
        ScheduleRow(
            group_id=group.id,
            id=key,
            rule=rule,
            starts_on=starts_on,
            wall_time=wall_time,
            zone=group.zone,
            minutes=minutes,
            place=place,
            call_link=call_link,
        )
    )
    work.session.flush()
    return key


def plan_meetings(work: UnitOfWork, group: Group, *, first: date, last: date) -> int:
    """Put on the calendar every scheduled day from `first` to `last` that is not there yet; return how many.

    A day that has a meeting of the schedule keeps it, whatever its state: a cancelled one does not come back.
    Two workers that plan at once wait for each other at the schedule's row. The caller commits.
    """
    planned = 0
    query = select(ScheduleRow).where(ScheduleRow.group_id == group.id).order_by(ScheduleRow.id)
    for schedule in work.session.scalars(query.with_for_update()).all():
        end = min(last, schedule.ends_on) if schedule.ends_on else last
        if end < first:
            continue
        slot = _Slot(
            wall_time=schedule.wall_time,
            zone=schedule.zone,
            minutes=schedule.minutes,
            place=schedule.place,
            call_link=schedule.call_link,
        )
        known = _known_days(work, group.id, schedule.id, first, end)
        for day in days_between(schedule.rule, schedule.starts_on, first, end):
            if day not in known:
                _add_meeting(work, group.id, slot, day, schedule_id=schedule.id)
                planned += 1
    return planned


def plan_ahead(work: UnitOfWork, group: Group, today: date) -> int:
    """Keep the calendar filled for the next weeks; return how many meetings were added. The caller commits."""
    return plan_meetings(work, group, first=today, last=today + timedelta(weeks=PLANNED_WEEKS))


def add_meeting(
    work: UnitOfWork,
    group: Group,
    *,
    day: date,
    wall_time: time,
    minutes: int,
    place: str = "",
    call_link: str = "",
) -> MeetingId:
    """Put one meeting outside the schedule on the calendar; the caller commits."""
    slot = _Slot(wall_time=wall_time, zone=group.zone, minutes=minutes, place=place, call_link=call_link)
    return _add_meeting(work, group.id, slot, day, schedule_id=None)


def _known_days(work: UnitOfWork, group_id: GroupId, schedule_id: int, first: date, last: date) -> set[date]:
    query = select(MeetingRow.scheduled_on).where(
        MeetingRow.group_id == group_id,
        MeetingRow.schedule_id == schedule_id,
        MeetingRow.scheduled_on >= first,
        MeetingRow.scheduled_on <= last,
    )
    return {day for day in work.session.scalars(query) if day is not None}


def _add_meeting(
    work: UnitOfWork, group_id: GroupId, slot: _Slot, day: date, *, schedule_id: int | None
) -> MeetingId:
    starts, ends = instants(day, slot.wall_time, slot.zone, slot.minutes)
    meeting_id = MeetingId(work.ids.key())
    work.session.add(
        MeetingRow(
            group_id=group_id,
            id=meeting_id,
            public_id=work.ids.public_id(),
            schedule_id=schedule_id,
            scheduled_on=day if schedule_id is not None else None,
            local_date=day,
            wall_time=slot.wall_time,
            zone=slot.zone,
            starts_at_utc=starts,
            ends_at_utc=ends,
            place=slot.place,
            call_link=slot.call_link,
            topic="",
            state=MeetingState.PLANNED.value,
        )
    )
    work.session.flush()
    work.record(MeetingPlanned(group_id=group_id, meeting_id=meeting_id, local_date=day))
    return meeting_id
