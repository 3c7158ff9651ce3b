"""The group meets by another schedule from a day on: the old one ends, its meetings go over to the new days or end with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.core.errors import Refusal, Refused
from app.core.groups.domain.standing import Group
from app.core.local_time import local_day
from app.core.meetings.domain.changes import When, Where, refusals_for_when, refusals_for_where, seen_mark
from app.core.meetings.domain.meeting import Meeting, MeetingState, instants
from app.core.meetings.domain.pairing import Pairing, paired
from app.core.meetings.domain.schedule import days_between
from app.core.meetings.events import MeetingCancelled, MeetingMoved, ScheduleChanged
from app.core.meetings.queries import meetings_at, meetings_between, meetings_to_come
from app.core.meetings.services import news
from app.core.meetings.services.changing import Change, Changed
from app.core.meetings.services.planning import PLANNED_WEEKS, add_schedule, plan_meetings
from app.core.meetings.services.telling import tell_everyone
from app.core.meetings.store import change_meeting, end_schedules, held_schedule_keys, held_scheduled
from app.core.work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSchedule:
    """By which rule the group meets: `when.day` is the first day on which it may."""

    rule: str
    when: When
    where: Where


def change_schedule(work: UnitOfWork, change: Change, wanted: NewSchedule) -> Changed:
    """Let the group meet by another schedule; the caller commits.

    A meeting of the old one goes over to the new day of its week (or month) and stays the same meeting for calendars
    and for what was said of it; one without a new day is cancelled; one that was off stays off.
    """
    group, first = change.group, wanted.when.day
    _refuse_stale(change, meetings_to_come(work.session, group.id, work.now))
    days = _days(work, group, wanted)
    old = held_schedule_keys(work.session, group.id, first)
    held = held_scheduled(work.session, group.id, first, work.now)
    pairing = paired(dict(held), days)
    end_schedules(work.session, group.id, old, first - timedelta(days=1))
    key = add_schedule(
        work,
        group,
        rule=wanted.rule,
        starts_on=first,
        wall_time=wanted.when.wall_time,
        minutes=wanted.when.minutes,
        place=wanted.where.place,
        call_link=wanted.where.call_link,
    )
    moved = [
        _go_over(work, change, wanted, schedule=key, meeting=one, day=day)
        for one, day in pairing.days.items()
    ]
    dropped = [_drop(work, change, one) for one in pairing.dropped if one.takes_place]
    plan_meetings(work, group, first=first, last=days[-1])
    work.record(ScheduleChanged(group_id=group.id, first_day=first), reason=change.note or None)
    return _told(
        work,
        change,
        schedule=key,
        before=[*pairing.days, *_taking_place(pairing)],
        after=[*moved, *dropped],
        days=days,
    )


def _refuse_stale(change: Change, meetings: Sequence[Meeting]) -> None:
    if seen_mark(meetings) != change.seen:
        raise Refused([Refusal(code="meetings.changed_meanwhile")])


def _days(work: UnitOfWork, group: Group, wanted: NewSchedule) -> list[date]:
    """Return the days of the new schedule as far as the calendar is filled; refused where it cannot be."""
    refusals = refusals_for_when(wanted.when, group.zone, now=work.now) + refusals_for_where(wanted.where)
    if refusals:
        raise Refused(refusals)
    today = local_day(work.now, group.zone)
    last = max(today, wanted.when.day) + timedelta(weeks=PLANNED_WEEKS)
    days = list(days_between(wanted.rule, wanted.when.day, wanted.when.day, last))
    if not days:
        raise Refused([Refusal(code="meetings.no_days", field="rule")])
    return days


def _go_over(
    work: UnitOfWork, change: Change, wanted: NewSchedule, *, schedule: int, meeting: Meeting, day: date
) -> Meeting:
    """Let a meeting of the old schedule be the one of `day` in the new one."""
    values = {"schedule_id": schedule, "scheduled_on": day}
    if not meeting.takes_place:
        return change_meeting(work.session, change.group.id, meeting, values)
    starts, ends = instants(day, wanted.when.wall_time, change.group.zone, wanted.when.minutes)
    after = change_meeting(
        work.session,
        change.group.id,
        meeting,
        {
            **values,
            "local_date": day,
            "wall_time": wanted.when.wall_time,
            "starts_at_utc": starts,
            "ends_at_utc": ends,
            "place": wanted.where.place,
            "call_link": wanted.where.call_link,
            "note": change.note,
        },
    )
    work.record(
        MeetingMoved(
            group_id=change.group.id,
            meeting_id=after.id,
            local_date=after.local_date,
            starts_at_utc=after.starts_at_utc,
            ends_at_utc=after.ends_at_utc,
            old_starts_at_utc=meeting.starts_at_utc,
        )
    )
    return after


def _drop(work: UnitOfWork, change: Change, meeting: Meeting) -> Meeting:
    values = {"state": MeetingState.CANCELLED.value, "note": change.note}
    dropped = change_meeting(work.session, change.group.id, meeting, values)
    work.record(
        MeetingCancelled(group_id=change.group.id, meeting_id=dropped.id, local_date=dropped.local_date)
    )
    return dropped


def _taking_place(pairing: Pairing) -> list[Meeting]:
    return [meeting for meeting in pairing.dropped if meeting.takes_place]


def _told(
    work: UnitOfWork,
    change: Change,
    *,
    schedule: int,
    before: Sequence[Meeting],
    after: Sequence[Meeting],
    days: Sequence[date],
) -> Changed:
    """Tell everyone of the meetings as they are now; those that were added stand behind those that were there."""
    group = change.group
    there = {meeting.id for meeting in after}
    planned = meetings_between(work.session, group.id, days[0], days[-1])
    added = [
        one for one in planned if one.id not in there and one.local_date in set(days) and one.takes_place
    ]
    every = [*after, *added]
    on = sorted((one for one in every if one.takes_place), key=lambda one: one.starts_at_utc)
    if not on:
        raise Refused([Refusal(code="meetings.no_days", field="rule")])
    gone = [one for was, one in zip(before, after, strict=True) if was.takes_place and not one.takes_place]
    starts = {meeting.starts_at_utc for meeting in on}
    clashes = [
        one for one in meetings_at(work.session, group.id, starts) if one.id not in {m.id for m in every}
    ]
    told = news.rescheduled(group, on, gone, schedule=schedule).with_note(change.note)
    return Changed(
        before=[*before, *(None for _one in added)],
        after=every,
        told=tell_everyone(work, group, told, change.addresses),
        clashes=clashes,
    )
