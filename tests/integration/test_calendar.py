"""Is every scheduled meeting put on the calendar exactly once, however often and by however many workers it is planned?"""

from dataclasses import replace
from datetime import UTC, date, time, timedelta
from io import StringIO
from typing import Any

import pytest
from dateutil.tz import tzical
from icalendar import Calendar
from sqlalchemy import update

from app.core.groups.domain.standing import Group
from app.core.ids import MeetingId, PublicId
from app.core.local_time import local_datetime
from app.core.meetings.domain.calendar_entries import CalendarFrame, calendar_of
from app.core.meetings.domain.meeting import Meeting, MeetingState, instants
from app.core.meetings.domain.schedule import weekly_on
from app.core.meetings.models import MeetingRow
from app.core.meetings.queries import last_meetings, meeting_at_hand, meetings_between
from app.core.meetings.services import add_schedule, plan_ahead, plan_meetings
from tests.support.parallel import at_once
from tests.support.town import Town

FIRST, LAST = date(2026, 10, 1), date(2026, 12, 31)
TUESDAYS = 13


def scheduled(town: Town, slug: str, *, rule: str = weekly_on(1), zone: str = "Europe/Lisbon") -> Group:
    group = town.group(slug, zone=zone)
    work = town.work()
    add_schedule(
        work, group, rule=rule, starts_on=date(2026, 1, 1), wall_time=time(7), minutes=90, place="Café"
    )
    work.commit()
    return group


def plan(town: Town, group: Group, first: date = FIRST, last: date = LAST) -> int:
    work = town.work()
    planned = plan_meetings(work, group, first=first, last=last)
    work.commit()
    return planned


def test_planning_again_adds_nothing(town: Town) -> None:
    group = scheduled(town, "again")
    assert plan(town, group) == TUESDAYS
    assert plan(town, group) == 0
    assert plan(town, group, last=LAST + timedelta(weeks=1)) == 1
    town.assert_ledger_whole(group)


def test_each_meeting_stays_at_its_wall_time_through_the_change_of_the_clocks(town: Town) -> None:
    group = scheduled(town, "autumn")
    plan(town, group)
    meetings = meetings_between(town.session, group.id, FIRST, LAST)
    assert {local_datetime(one.starts_at_utc, group.zone).time() for one in meetings} == {time(7)}
    assert {one.starts_at_utc.hour for one in meetings} == {6, 7}
    assert {one.ends_at_utc - one.starts_at_utc for one in meetings} == {timedelta(minutes=90)}
    assert {one.place for one in meetings} == {"Café"}


def test_meeting_that_was_moved_or_cancelled_is_not_planned_a_second_time(town: Town) -> None:
    group = scheduled(town, "moved")
    plan(town, group)
    moved, cancelled, *_others = meetings_between(town.session, group.id, FIRST, LAST)
    work = town.work()
    moving = update(MeetingRow).where(MeetingRow.group_id == group.id, MeetingRow.id == moved.id)
    work.session.execute(moving.values(local_date=moved.local_date + timedelta(days=1)))
    cancelling = update(MeetingRow).where(MeetingRow.group_id == group.id, MeetingRow.id == cancelled.id)
    work.session.execute(cancelling.values(state="cancelled"))
    work.commit()

    assert plan(town, group) == 0


def test_workers_that_plan_at_the_same_moment_plan_each_meeting_once(town: Town) -> None:
    group = scheduled(town, "at-once")
    planned = at_once(6, lambda _number: plan(town, group))
    assert sorted(str(one) for one in planned) == ["0"] * 5 + [str(TUESDAYS)]
    meetings = meetings_between(town.session, group.id, FIRST, LAST)
    assert len({one.local_date for one in meetings}) == len(meetings) == TUESDAYS
    town.assert_ledger_whole(group)


def test_calendar_is_kept_filled_for_twelve_weeks(town: Town) -> None:
    group = scheduled(town, "ahead")
    work = town.work()
    today = date(2026, 11, 24)
    assert plan_ahead(work, group, today) == 13
    work.commit()
    days = [one.local_date for one in meetings_between(town.session, group.id, FIRST, date(2027, 12, 31))]
    assert (days[0], days[-1]) == (today, today + timedelta(weeks=12))


def test_meeting_at_hand_is_the_one_that_is_on_or_comes_next(town: Town) -> None:
    group = scheduled(town, "at-hand")
    plan(town, group)
    session = town.session

    def at_hand() -> date | None:
        found = meeting_at_hand(session, group.id, town.now)
        return found.local_date if found else None

    assert at_hand() == date(2026, 11, 24)
    town.pass_time(hours=2, minutes=29)
    assert at_hand() == date(2026, 11, 24)
    town.pass_time(minutes=1)
    assert at_hand() == date(2026, 12, 1)
    assert [one.local_date.day for one in last_meetings(session, group.id, town.now, 3)] == [10, 17, 24]


def test_meeting_outside_the_schedule_stands_beside_it(town: Town) -> None:
    group = scheduled(town, "one-off")
    town.meeting(group, date(2026, 11, 24), time(18))
    town.meeting(group, date(2026, 11, 24), time(20))
    assert plan(town, group) == TUESDAYS
    on_the_day = meetings_between(town.session, group.id, date(2026, 11, 24), date(2026, 11, 24))
    assert [one.wall_time.hour for one in on_the_day] == [7, 18, 20]


FRAME = CalendarFrame(
    name="Harbour, Referrals",
    slug="harbour",
    organiser="no-reply@house.example",
    page_of=lambda one: f"https://house.example/g/x/meetings/{one}",
)


def entry_of(meeting: Meeting) -> Any:
    """Return the meeting's entry as a calendar reads it back."""
    text = calendar_of([meeting], FRAME, stamp=meeting.starts_at_utc)
    calendar = Calendar.from_ical(text)
    assert calendar["METHOD"] == "PUBLISH"
    return calendar.events[0]


@pytest.mark.parametrize(
    ("zone", "day", "wall"),
    [
        ("Europe/Lisbon", date(2027, 3, 28), time(0, 30)),
        ("Europe/Lisbon", date(2027, 3, 28), time(2, 30)),
        ("Europe/Lisbon", date(2027, 3, 28), time(7)),
        ("Europe/Lisbon", date(2026, 10, 25), time(7)),
        ("America/New_York", date(2026, 11, 1), time(3)),
        ("America/New_York", date(2026, 3, 8), time(7)),
        ("Australia/Lord_Howe", date(2026, 4, 5), time(7)),
        ("Asia/Kolkata", date(2026, 6, 1), time(7)),
    ],
)
def test_entry_says_the_same_instant_by_the_rules_in_the_file_alone(zone: str, day: date, wall: time) -> None:
    """`dateutil` reads the zone from the file itself, as a calendar does that knows no such zone."""
    meeting = made(zone, day, wall)
    text = calendar_of([meeting], FRAME, stamp=meeting.starts_at_utc)
    of_file = tzical(StringIO(text.replace("\r\n", "\n"))).get(zone)
    entry = entry_of(meeting)
    said = entry.start.replace(tzinfo=of_file)
    assert said.astimezone(UTC) == meeting.starts_at_utc
    assert entry["DURATION"].dt == timedelta(minutes=90)
    assert entry.start.time() == wall


def test_entry_of_a_wall_time_that_the_clocks_skip_says_when_it_really_is() -> None:
    entry = entry_of(made("Europe/Lisbon", date(2027, 3, 28), time(1, 30)))
    assert entry.start.time() == time(2, 30)


def test_entry_tells_room_and_call_and_where_its_page_is() -> None:
    meeting = replace(
        made("Europe/Lisbon", date(2026, 12, 1), time(7)),
        place="Café, São Bento",
        call_link="https://call.example/a?b=1",
        topic="Export; risks, and\nmore",
    )
    entry = entry_of(meeting)
    assert str(entry["LOCATION"]) == "Café, São Bento"
    assert str(entry["CONFERENCE"]) == "https://call.example/a?b=1"
    assert str(entry["URL"]).endswith(meeting.public_id)
    assert str(entry["SUMMARY"]) == "Harbour, Referrals: Export; risks, and\nmore"
    online = entry_of(replace(meeting, place=""))
    assert str(online["LOCATION"]) == "https://call.example/a?b=1"


def test_entry_of_a_meeting_that_is_off_is_cancelled_under_the_same_name() -> None:
    meeting = made("Europe/Lisbon", date(2026, 12, 1), time(7))
    off = entry_of(replace(meeting, state=MeetingState.HOLIDAY, version=2))
    assert (str(off["STATUS"]), off.sequence, off.uid) == ("CANCELLED", 2, entry_of(meeting).uid)


def made(zone: str, day: date, wall: time) -> Meeting:
    starts, ends = instants(day, wall, zone, 90)
    return Meeting(
        id=MeetingId(1),
        public_id=PublicId("abcdefghjkmn"),
        local_date=day,
        wall_time=wall,
        zone=zone,
        starts_at_utc=starts,
        ends_at_utc=ends,
        place="",
        call_link="",
        topic="",
        state=MeetingState.PLANNED,
        version=1,
    )
