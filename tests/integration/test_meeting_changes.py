"""A leader changes meetings: what becomes of them, and is everyone told once, in one mail, with the right entry?"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zlib import crc32

import pytest
from icalendar import Calendar

from app.core.errors import NotFound, Refused
from app.core.groups.domain.standing import Group
from app.core.meetings.domain.changes import When, Where, seen_mark
from app.core.meetings.domain.meeting import Meeting, MeetingState
from app.core.meetings.domain.schedule import monthly_on, weekly_on
from app.core.meetings.queries import (
    from_here_on,
    meeting_by_public_id,
    meetings_between,
    meetings_to_come,
)
from app.core.meetings.services import add_schedule, plan_ahead
from app.core.meetings.services.changing import (
    Change,
    Changed,
    add_extra_meeting,
    bring_meeting_back,
    call_meeting_off,
    change_place,
    change_topic,
    move_meeting,
)
from app.core.meetings.services.rescheduling import NewSchedule, change_schedule
from app.core.meetings.services.telling import MeetingAddresses
from app.core.work import UnitOfWork
from tests.support.parallel import at_once
from tests.support.town import Town

ADDRESSES = MeetingAddresses(
    path=lambda one: f"/g/x/meetings/{one}",
    url=lambda one: f"https://house.example/g/x/meetings/{one}",
    organiser="no-reply@house.example",
)
TODAY = date(2026, 11, 24)
NEXT = TODAY + timedelta(weeks=1)
FAR = date(2027, 12, 31)
LATER = When(day=date(2026, 12, 2), wall_time=time(18), minutes=60)

Act = Callable[[UnitOfWork, Change], Changed]


def scheduled(town: Town, slug: str, *, members: int = 2, rule: str = weekly_on(1)) -> Group:
    group = town.group(slug, plugins=())
    for _number in range(members):
        town.member(group)
    with town.act() as work:
        add_schedule(work, group, rule=rule, starts_on=TODAY, wall_time=time(7), minutes=90, place="Café")
        plan_ahead(work, group, TODAY)
    return group


def all_of(town: Town, group: Group) -> list[Meeting]:
    return meetings_between(town.session, group.id, TODAY, FAR)


def on(town: Town, group: Group, day: date) -> Meeting:
    (found,) = meetings_between(town.session, group.id, day, day)
    return found


def again(town: Town, group: Group, meeting: Meeting) -> Meeting:
    found = meeting_by_public_id(town.session, group.id, meeting.public_id)
    assert found is not None
    return found


def change_of(group: Group, *seen: Meeting, note: str = "") -> Change:
    return Change(group=group, seen=seen_mark(seen), note=note, addresses=ADDRESSES)


def make(town: Town, change: Change, act: Act) -> Changed:
    with town.act() as work:
        return act(work, change)


def codes(town: Town, change: Change, act: Act) -> list[str]:
    with pytest.raises(Refused) as refused:
        make(town, change, act)
    return [refusal.code for refusal in refused.value.refusals]


def mails(town: Town, group: Group, column: str) -> list[str]:
    query = f"SELECT {column} FROM outgoing_mail WHERE group_id = {group.id} ORDER BY id"
    return [str(row[0]) for row in town.session.connection().exec_driver_sql(query)]


def count(town: Town, table: str, group: Group) -> object:
    return town.value(f"SELECT count(*) FROM {table} WHERE group_id = {group.id}")


def kinds(town: Town, group: Group) -> list[str]:
    query = f"SELECT kind FROM ledger_entry WHERE group_id = {group.id} ORDER BY sequence"
    found = [str(row[0]) for row in town.session.connection().exec_driver_sql(query)]
    return [kind for kind in found if kind.startswith("meetings.") and kind != "meetings.meeting_planned"]


def moving(meeting: Meeting, when: When = LATER) -> Act:
    return lambda work, change: move_meeting(work, change, meeting.public_id, when)


def calling_off(meeting: Meeting, state: MeetingState = MeetingState.CANCELLED) -> Act:
    return lambda work, change: call_meeting_off(work, change, meeting.public_id, state)


def placing(meeting: Meeting, where: Where, *, of_all: bool = False) -> Act:
    return lambda work, change: change_place(work, change, meeting.public_id, where, of_all_to_come=of_all)


def test_meeting_that_is_moved_keeps_its_name_and_everyone_is_told_once(town: Town) -> None:
    group = scheduled(town, "moves", members=3)
    meeting = on(town, group, NEXT)
    changed = make(town, change_of(group, meeting, note="The room is taken."), moving(meeting))
    moved = again(town, group, meeting)
    assert (moved.local_date, moved.wall_time, moved.minutes) == (LATER.day, LATER.wall_time, 60)
    assert (moved.starts_at_utc, moved.version) == (
        datetime(2026, 12, 2, 18, tzinfo=UTC),
        meeting.version + 1,
    )
    assert (changed.told.members, changed.told.by_mail) == (3, 3)
    assert count(town, "notice", group) == 3
    assert len(mails(town, group, "id")) == 3
    body = mails(town, group, "body")[0]
    assert "Tuesday, 1 December 2026" in body
    assert "Wednesday, 2 December 2026, 18:00–19:00" in body
    assert "“The room is taken.”" in body
    assert kinds(town, group) == ["meetings.meeting_moved"]
    with town.act() as work:
        assert plan_ahead(work, group, TODAY) == 0, "the old day must not be planned again"
    town.assert_ledger_whole(group)


def test_mail_of_a_change_carries_the_entry_that_replaces_the_old_one(town: Town) -> None:
    group = scheduled(town, "entry")
    meeting = on(town, group, NEXT)
    make(town, change_of(group, meeting), moving(meeting))
    make(town, change_of(group, again(town, group, meeting)), calling_off(meeting))
    moved, _second, cancelled, _fourth = (Calendar.from_ical(text) for text in mails(town, group, "attached"))
    first: Any = moved.events[0]
    last: Any = cancelled.events[0]
    assert moved["METHOD"] == "PUBLISH"
    assert mails(town, group, "attached_type")[0] == "text/calendar; method=PUBLISH"
    assert first.uid == last.uid == f"{meeting.public_id}@givefirst"
    assert (first.sequence, last.sequence) == (meeting.version + 1, meeting.version + 2)
    assert (str(first["STATUS"]), str(last["STATUS"])) == ("CONFIRMED", "CANCELLED")
    assert first["DTSTART"].dt.astimezone(UTC) == datetime(2026, 12, 2, 18, tzinfo=UTC)


def test_member_without_an_address_is_told_on_their_page_alone(town: Town) -> None:
    group = scheduled(town, "no-address", members=1)
    silent = town.member(group)
    with town.act() as work:
        connection = work.session.connection()
        connection.exec_driver_sql(f"DELETE FROM account WHERE person_id = {silent.person_id}")
        connection.exec_driver_sql(f"UPDATE member SET email = '' WHERE id = {silent.id}")
    meeting = on(town, group, NEXT)
    changed = make(town, change_of(group, meeting), moving(meeting))
    assert (changed.told.members, changed.told.by_mail) == (2, 1)
    assert count(town, "notice", group) == 2


def test_former_member_is_not_told(town: Town) -> None:
    group = scheduled(town, "former", members=1)
    town.member(group, ended=date(2026, 11, 1))
    meeting = on(town, group, NEXT)
    assert make(town, change_of(group, meeting), calling_off(meeting)).told.members == 1


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        (MeetingState.CANCELLED, "meetings.meeting_cancelled"),
        (MeetingState.HOLIDAY, "meetings.holiday_declared"),
    ],
)
def test_meeting_that_is_off_can_be_brought_back(town: Town, state: MeetingState, kind: str) -> None:
    group = scheduled(town, f"off-{state}")
    meeting = on(town, group, NEXT)
    make(town, change_of(group, meeting), calling_off(meeting, state))
    off = again(town, group, meeting)
    assert off.state is state
    said = [f"meetings.{state}_already"]
    assert codes(town, change_of(group, off), calling_off(meeting, state)) == said
    assert codes(town, change_of(group, off), moving(meeting)) == said

    def back(work: UnitOfWork, change: Change) -> Changed:
        return bring_meeting_back(work, change, meeting.public_id)

    make(town, change_of(group, off), back)
    assert again(town, group, meeting).takes_place
    assert codes(town, change_of(group, again(town, group, meeting)), back) == ["meetings.takes_place"]
    assert kinds(town, group) == [kind, "meetings.meeting_brought_back"]
    assert len(mails(town, group, "id")) == 4


def test_place_of_all_to_come_is_one_mail_that_names_them_all(town: Town) -> None:
    group = scheduled(town, "everywhere")
    before = all_of(town, group)
    first = before[1]
    where = Where(place="Town hall", call_link="https://call.example/room?x=1")
    seen = from_here_on(town.session, group.id, first, town.now)
    assert len(seen) == 12
    changed = make(town, change_of(group, *seen), placing(first, where, of_all=True))
    assert len(changed.after) == 12
    assert len(mails(town, group, "id")) == changed.told.members == 2
    body = mails(town, group, "body")[0]
    assert body.count("2026, 07:00–08:30") + body.count("2027, 07:00–08:30") == 12
    assert "https://call.example/room?x=1" in body
    after = all_of(town, group)
    assert after[0] == before[0], "the meeting before it stays"
    assert {(one.place, one.call_link) for one in after[1:]} == {("Town hall", where.call_link)}
    with town.act() as work:
        plan_ahead(work, group, TODAY + timedelta(weeks=2))
    assert {one.place for one in all_of(town, group)[1:]} == {"Town hall"}, "the schedule changed too"


def test_place_of_one_meeting_leaves_the_others(town: Town) -> None:
    group = scheduled(town, "one-place")
    meeting = on(town, group, NEXT)
    make(town, change_of(group, meeting), placing(meeting, Where(call_link="https://call.example/x")))
    places = [(one.place, one.call_link) for one in all_of(town, group)]
    assert places.count(("Café", "")) == len(places) - 1
    assert kinds(town, group) == ["meetings.place_changed"]


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "call.example", "https://", "https://a b", "ftp://x", "https://[", "//x"]
)
def test_call_link_that_is_no_page_is_refused(town: Town, link: str) -> None:
    group = scheduled(town, f"link-{crc32(link.encode())}", members=0)
    meeting = on(town, group, NEXT)
    assert codes(town, change_of(group, meeting), placing(meeting, Where(call_link=link))) == [
        "meetings.bad_call_link"
    ]


def test_topic_is_told_with_the_meeting(town: Town) -> None:
    group = scheduled(town, "topic")
    meeting = on(town, group, NEXT)
    change = change_of(group, meeting)
    make(town, change, lambda work, change: change_topic(work, change, meeting.public_id, "Export to Spain"))
    assert again(town, group, meeting).topic == "Export to Spain"
    assert "Export to Spain" in mails(town, group, "body")[0]
    same = change_of(group, again(town, group, meeting))
    assert codes(
        town, same, lambda work, change: change_topic(work, change, meeting.public_id, "Export to Spain")
    ) == ["meetings.nothing_changes"]


def test_extra_meeting_stands_beside_the_schedule_and_is_told(town: Town) -> None:
    group = scheduled(town, "extra")
    changed = make(
        town,
        change_of(group),
        lambda work, change: add_extra_meeting(work, change, LATER, Where(place="Hall"), "Visitors’ day"),
    )
    extra = on(town, group, LATER.day)
    assert (extra.place, extra.topic, changed.before) == ("Hall", "Visitors’ day", [None])
    assert len(mails(town, group, "id")) == 2


def test_second_meeting_of_the_same_instant_is_a_warning_only(town: Town) -> None:
    group = scheduled(town, "clash")
    when = When(day=NEXT, wall_time=time(7), minutes=30)
    changed = make(
        town, change_of(group), lambda work, change: add_extra_meeting(work, change, when, Where(), "")
    )
    assert [one.local_date for one in changed.clashes] == [NEXT]
    assert len(meetings_between(town.session, group.id, NEXT, NEXT)) == 2


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (When(day=date(2026, 11, 23), wall_time=time(7), minutes=90), "meetings.onto_the_past"),
        (When(day=date(1, 1, 1), wall_time=time(7), minutes=90), "meetings.onto_the_past"),
        (When(day=TODAY, wall_time=time(6), minutes=90), "meetings.onto_the_past"),
        (When(day=date(9999, 12, 31), wall_time=time(7), minutes=90), "meetings.too_far"),
        (When(day=NEXT, wall_time=time(8), minutes=9), "meetings.bad_length"),
        (When(day=NEXT, wall_time=time(8), minutes=10**9), "meetings.bad_length"),
        (When(day=NEXT, wall_time=time(7), minutes=90), "meetings.nothing_changes"),
    ],
)
def test_impossible_time_is_refused(town: Town, when: When, expected: str) -> None:
    group = scheduled(town, f"bad-{crc32(repr(when).encode())}", members=0)
    meeting = on(town, group, NEXT)
    assert codes(town, change_of(group, meeting), moving(meeting, when)) == [expected]


def test_meeting_that_has_begun_stays_as_it_was_with_all_reasons_told(town: Town) -> None:
    group = scheduled(town, "begun", members=0)
    meeting = on(town, group, TODAY)
    town.pass_time(hours=1)
    nowhere = When(day=date(2020, 1, 1), wall_time=time(7), minutes=1)
    assert codes(town, change_of(group, meeting), moving(meeting, nowhere)) == [
        "meetings.has_begun",
        "meetings.bad_length",
        "meetings.onto_the_past",
    ]
    assert codes(town, change_of(group, meeting), calling_off(meeting)) == ["meetings.has_begun"]
    assert again(town, group, meeting) == meeting


def test_of_two_leaders_at_once_one_changes_and_the_other_is_shown_it(town: Town) -> None:
    group = scheduled(town, "two-leaders")
    meeting = on(town, group, NEXT)

    def leader(number: int) -> str:
        when = replace(LATER, wall_time=time(10 + number))
        try:
            make(town, change_of(group, meeting), moving(meeting, when))
        except Refused as refused:
            return refused.refusals[0].code
        return "moved"

    answers = sorted(str(one) for one in at_once(4, leader))
    assert answers == ["meetings.changed_meanwhile"] * 3 + ["moved"]
    assert len(mails(town, group, "id")) == 2
    assert again(town, group, meeting).version == meeting.version + 1
    town.assert_ledger_whole(group)


def test_what_another_leader_did_to_any_of_the_meetings_stops_a_change_of_all(town: Town) -> None:
    group = scheduled(town, "two-places", members=0)
    first, second = all_of(town, group)[1:3]
    seen = change_of(group, *from_here_on(town.session, group.id, first, town.now))
    make(town, change_of(group, second), placing(second, Where(place="Elsewhere")))
    assert codes(town, seen, placing(first, Where(place="Hall"), of_all=True)) == [
        "meetings.changed_meanwhile"
    ]


def test_meeting_of_another_group_is_not_there(town: Town) -> None:
    group, other = scheduled(town, "mine", members=0), scheduled(town, "theirs", members=0)
    theirs = on(town, other, NEXT)
    with pytest.raises(NotFound):
        make(town, change_of(group, theirs), moving(theirs))
    assert again(town, other, theirs) == theirs


def rescheduling(rule: str, first: date, *, wall: time = time(12)) -> Act:
    when = When(day=first, wall_time=wall, minutes=60)
    return lambda work, change: change_schedule(
        work, change, NewSchedule(rule=rule, when=when, where=Where(place="Inn"))
    )


def test_other_weekday_from_a_day_on_takes_every_meeting_along_in_its_week(town: Town) -> None:
    group = scheduled(town, "other-day")
    before = all_of(town, group)
    cancelled = before[3]
    make(town, change_of(group, cancelled), calling_off(cancelled))
    sent = len(mails(town, group, "id"))
    seen = change_of(group, *meetings_to_come(town.session, group.id, town.now))
    changed = make(town, seen, rescheduling(weekly_on(2), NEXT))
    after = {one.public_id: one for one in all_of(town, group)}
    assert after[before[0].public_id] == before[0], "the one before that day stays"
    for one in (before[1], before[2], before[4]):
        moved = after[one.public_id]
        assert moved.local_date == one.local_date + timedelta(days=1)
        assert (moved.wall_time, moved.minutes, moved.place) == (time(12), 60, "Inn")
    assert after[cancelled.public_id].state is MeetingState.CANCELLED
    assert len(mails(town, group, "id")) == sent + changed.told.members
    with town.act() as work:
        plan_ahead(work, group, TODAY)
    on_weekdays = [one.local_date.weekday() for one in all_of(town, group) if one.takes_place]
    assert on_weekdays == [1] + [2] * (len(on_weekdays) - 1)
    weeks = {one.local_date.isocalendar()[:2] for one in all_of(town, group) if one.takes_place}
    assert len(on_weekdays) == len(weeks)
    town.assert_ledger_whole(group)


def test_from_weeks_to_months_the_meetings_that_have_no_day_any_more_are_cancelled(town: Town) -> None:
    group = scheduled(town, "monthly")
    seen = change_of(group, *meetings_to_come(town.session, group.id, town.now))
    make(town, seen, rescheduling(monthly_on(1, 1), NEXT))
    on_days = [one.local_date for one in all_of(town, group) if one.takes_place]
    assert on_days == [TODAY, date(2026, 12, 1), date(2027, 1, 5), date(2027, 2, 2)]
    assert "These do not take place:" in mails(town, group, "body")[-1]
    with town.act() as work:
        plan_ahead(work, group, TODAY + timedelta(weeks=3))
    days = [one.local_date for one in all_of(town, group) if one.takes_place]
    assert days == [*on_days, date(2027, 3, 2)]


def test_schedule_that_names_no_day_is_refused(town: Town) -> None:
    group = scheduled(town, "no-day", members=0)
    seen = change_of(group, *meetings_to_come(town.session, group.id, town.now))
    assert codes(town, seen, rescheduling("FREQ=YEARLY;BYMONTH=10;BYDAY=1TU", NEXT)) == ["meetings.no_days"]
    assert codes(town, seen, rescheduling("nonsense", NEXT)) == ["meetings.bad_rule"]
