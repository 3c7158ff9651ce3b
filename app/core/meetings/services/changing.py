"""A leader changes meetings: moves, cancels, brings back, another place or topic, an extra one. Everyone is told once.

Nothing here commits: the page that only checks what a change would do forgets it again, the one that makes it commits.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.errors import NotFound, Refusal, Refused
from app.core.events import DomainEvent
from app.core.groups.domain.standing import Group
from app.core.local_time import local_day
from app.core.meetings.domain.changes import (
    When,
    Where,
    refusals_for_bringing_back,
    refusals_for_calling_off,
    refusals_for_move,
    refusals_for_place,
    refusals_for_topic,
    refusals_for_when,
    refusals_for_where,
    seen_mark,
)
from app.core.meetings.domain.meeting import Meeting, MeetingState, instants
from app.core.meetings.events import (
    HolidayDeclared,
    MeetingBroughtBack,
    MeetingCancelled,
    MeetingMoved,
    MeetingPlaceChanged,
    MeetingTopicChanged,
)
from app.core.meetings.queries import meeting_by_key, meetings_at
from app.core.meetings.services import news
from app.core.meetings.services.planning import add_meeting
from app.core.meetings.services.telling import MeetingAddresses, News, Told, tell_everyone
from app.core.meetings.store import (
    change_meeting,
    change_schedules,
    held_meeting,
    held_meetings_to_come,
)
from app.core.work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What every change has: the group, what the leader saw (`seen`), what they say with it, and where pages are."""

    group: Group
    seen: str
    note: str
    addresses: MeetingAddresses


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What a change does: each meeting as it was (None: there was none) and is, who is told, and what it meets.

    `clashes` are other meetings that begin in the same instant: worth a look, no reason against it.
    """

    before: Sequence[Meeting | None]
    after: Sequence[Meeting]
    told: Told
    clashes: Sequence[Meeting] = ()


def move_meeting(work: UnitOfWork, change: Change, public_id: str, when: When) -> Changed:
    """Let the meeting take place at another time, or take longer or shorter."""
    meeting = _held(work, change, public_id)
    _refuse(refusals_for_move(meeting, when, now=work.now))
    starts, ends = instants(when.day, when.wall_time, meeting.zone, when.minutes)
    moved = change_meeting(
        work.session,
        change.group.id,
        meeting,
        {
            "local_date": when.day,
            "wall_time": when.wall_time,
            "starts_at_utc": starts,
            "ends_at_utc": ends,
            "note": change.note,
        },
    )
    event = MeetingMoved(
        group_id=change.group.id,
        meeting_id=moved.id,
        local_date=moved.local_date,
        starts_at_utc=moved.starts_at_utc,
        ends_at_utc=moved.ends_at_utc,
        old_starts_at_utc=meeting.starts_at_utc,
    )
    return _done(
        work,
        change,
        before=[meeting],
        after=[moved],
        events=[event],
        told=news.moved(change.group, meeting, moved),
    )


def call_meeting_off(work: UnitOfWork, change: Change, public_id: str, state: MeetingState) -> Changed:
    """Cancel the meeting, or declare its day a holiday."""
    meeting = _held(work, change, public_id)
    _refuse(refusals_for_calling_off(meeting, state, now=work.now))
    off = change_meeting(work.session, change.group.id, meeting, {"state": state.value, "note": change.note})
    kind = HolidayDeclared if state is MeetingState.HOLIDAY else MeetingCancelled
    event = kind(group_id=change.group.id, meeting_id=off.id, local_date=off.local_date)
    return _done(
        work, change, before=[meeting], after=[off], events=[event], told=news.called_off(change.group, off)
    )


def bring_meeting_back(work: UnitOfWork, change: Change, public_id: str) -> Changed:
    """Let a meeting that was cancelled, or was a holiday, take place after all."""
    meeting = _held(work, change, public_id)
    _refuse(refusals_for_bringing_back(meeting, now=work.now))
    values = {"state": MeetingState.PLANNED.value, "note": change.note}
    back = change_meeting(work.session, change.group.id, meeting, values)
    event = MeetingBroughtBack(group_id=change.group.id, meeting_id=back.id, local_date=back.local_date)
    return _done(
        work,
        change,
        before=[meeting],
        after=[back],
        events=[event],
        told=news.brought_back(change.group, back),
    )


def change_place(
    work: UnitOfWork, change: Change, public_id: str, where: Where, *, of_all_to_come: bool
) -> Changed:
    """Let one meeting, or this and all that come after it, take place in another room or by another call link.

    With all to come, the schedule names the new place too. Meetings that are there already are left alone.
    """
    first = _found(held_meeting(work.session, change.group.id, public_id))
    meetings = [first]
    if of_all_to_come:
        to_come = held_meetings_to_come(work.session, change.group.id, work.now)
        later = [one for one in to_come if one.starts_at_utc >= first.starts_at_utc]
        meetings = [first, *(one for one in later if one.id != first.id)]
    _refuse_stale(meetings, change.seen)
    _refuse(refusals_for_place(meetings, where, now=work.now))
    other = [one for one in meetings if (one.place, one.call_link) != (where.place, where.call_link)]
    values = {"place": where.place, "call_link": where.call_link, "note": change.note}
    changed = [change_meeting(work.session, change.group.id, one, values) for one in other]
    if of_all_to_come:
        today = local_day(work.now, change.group.zone)
        change_schedules(work.session, change.group.id, today, place=where.place, call_link=where.call_link)
    events = [MeetingPlaceChanged(group_id=change.group.id, meeting_id=one.id) for one in changed]
    told = news.place_changed(change.group, changed, first)
    return _done(work, change, before=other, after=changed, events=events, told=told)


def change_topic(work: UnitOfWork, change: Change, public_id: str, topic: str) -> Changed:
    """Give the meeting another topic, or none."""
    meeting = _held(work, change, public_id)
    _refuse(refusals_for_topic(meeting, topic, now=work.now))
    changed = change_meeting(work.session, change.group.id, meeting, {"topic": topic, "note": change.note})
    event = MeetingTopicChanged(group_id=change.group.id, meeting_id=changed.id)
    return _done(
        work,
        change,
        before=[meeting],
        after=[changed],
        events=[event],
        told=news.topic_changed(change.group, changed),
    )


def add_extra_meeting(work: UnitOfWork, change: Change, when: When, where: Where, topic: str) -> Changed:
    """Put a meeting outside the schedule on the calendar."""
    group = change.group
    _refuse(refusals_for_when(when, group.zone, now=work.now) + refusals_for_where(where))
    key = add_meeting(
        work,
        group,
        day=when.day,
        wall_time=when.wall_time,
        minutes=when.minutes,
        place=where.place,
        call_link=where.call_link,
    )
    planned = _found(meeting_by_key(work.session, group.id, key))
    values = {"topic": topic, "note": change.note}
    added = change_meeting(work.session, group.id, planned, values)
    return _done(work, change, before=[None], after=[added], events=[], told=news.added(group, added))


def _held(work: UnitOfWork, change: Change, public_id: str) -> Meeting:
    meeting = _found(held_meeting(work.session, change.group.id, public_id))
    _refuse_stale([meeting], change.seen)
    return meeting


def _found(meeting: Meeting | None) -> Meeting:
    if meeting is None:
        raise NotFound
    return meeting


def _refuse_stale(meetings: Sequence[Meeting], seen: str) -> None:
    if seen_mark(meetings) != seen:
        raise Refused([Refusal(code="meetings.changed_meanwhile")])


def _refuse(refusals: Sequence[Refusal]) -> None:
    if refusals:
        raise Refused(list({(one.code, str(one.facts)): one for one in refusals}.values()))


def _done(
    work: UnitOfWork,
    change: Change,
    *,
    before: Sequence[Meeting | None],
    after: Sequence[Meeting],
    events: Sequence[DomainEvent],
    told: News,
) -> Changed:
    """Note what happened, tell everyone, and look for other meetings of the same instant."""
    for event in events:
        work.record(event, reason=change.note or None)
    changed = {meeting.id for meeting in after}
    starts = {meeting.starts_at_utc for meeting in after if meeting.takes_place}
    return Changed(
        before=before,
        after=after,
        told=tell_everyone(work, change.group, told.with_note(change.note), change.addresses),
        clashes=[one for one in meetings_at(work.session, change.group.id, starts) if one.id not in changed],
    )
