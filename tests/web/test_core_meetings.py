"""The calendar of a group and one meeting's page."""

import re
from datetime import UTC, date, time
from typing import Any

import pytest
from icalendar import Calendar
from werkzeug.test import TestResponse

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.services import end_membership
from tests.support.reading import words
from tests.support.world import World


@pytest.fixture
def group(world: World) -> Group:
    """Return a group on the other side of an ocean, so that its day and hours are not the server's."""
    return world.group("mill", zone="America/New_York", currency="USD")


def test_the_calendar_tells_what_comes_and_what_was(world: World, group: Group) -> None:
    for day in (date(2026, 11, 26), date(2026, 11, 12), date(2026, 11, 19)):
        world.meeting(group, day, time(7, 30))
    page = words(world.client(world.member(group)).get("/g/mill/meetings"))
    to_come, held = page.partition("<h2>Held</h2>")[::2]
    assert "26 November 2026" in to_come.replace("November 26, 2026", "26 November 2026")
    assert [held.find(day) > 0 for day in ("19", "12")] == [True, True]
    assert held.index("19") < held.index("12 Nov" if "12 Nov" in held else "12")
    assert "7:30" in page.replace("07:30", "7:30")


def test_an_empty_calendar_says_so(world: World, group: Group) -> None:
    assert "No meeting is planned." in words(world.client(world.member(group)).get("/g/mill/meetings"))


def test_a_meeting_is_shown_in_the_time_of_its_group(world: World, group: Group) -> None:
    meeting = world.meeting(group, date(2026, 11, 26), time(7, 30), minutes=90)
    page = words(world.client(world.member(group)).get(f"/g/mill/meetings/{meeting.public_id}"))
    assert "7:30" in page
    assert "9:00" in page
    assert "12:30" not in page


@pytest.mark.parametrize(
    ("state", "expected"),
    [("cancelled", "This meeting is cancelled."), ("holiday", "the group does not meet")],
)
def test_a_meeting_that_does_not_take_place_says_so(
    world: World, group: Group, state: str, expected: str
) -> None:
    meeting = world.meeting(group, date(2026, 11, 26))
    work = world.work()
    work.session.connection().exec_driver_sql(f"UPDATE meeting SET state = '{state}' WHERE id = {meeting.id}")
    work.commit()
    client = world.client(world.member(group))
    assert expected in words(client.get(f"/g/mill/meetings/{meeting.public_id}"))
    assert state in words(client.get("/g/mill/meetings"))


@pytest.mark.parametrize("meeting", ["222222222222", "1", "x" * 2_000, "' OR 1=1 --"])
def test_a_meeting_that_is_none_is_not_there(world: World, group: Group, meeting: str) -> None:
    assert world.client(world.member(group)).get(f"/g/mill/meetings/{meeting}").status_code == 404


PRESIDENT = (Office.PRESIDENT,)
TO_THE_EVENING = {"day": "2026-11-27", "wall_time": "18:00", "minutes": "60"}


def hidden_of(answer: TestResponse) -> dict[str, str]:
    """Return the hidden fields of the page's last form."""
    form = answer.text.rpartition('<form class="form"')[2]
    fields = re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", form)
    named = [(re.search(r'name="([^"]*)"', one), re.search(r'value="([^"]*)"', one)) for one in fields]
    return {name[1]: value[1] if value else "" for name, value in named if name}


def test_a_change_is_checked_first_and_then_made_and_told(world: World, group: Group) -> None:
    meeting = world.meeting(group, date(2026, 11, 26))
    world.member(group)
    client = world.client(world.member(group, offices=PRESIDENT))
    page = f"/g/mill/meetings/{meeting.public_id}/move"
    fields = hidden_of(client.get(page)) | TO_THE_EVENING
    checked = client.post(page, data=fields | {"note": "The <room> is taken."})
    assert checked.status_code == 200
    assert "2 members will be told" in words(checked)
    assert world.rows("outgoing_mail") == 0, "looking at it changes nothing"
    assert world.rows("notice") == 0
    sent = hidden_of(checked)
    assert sent["day"] == "2026-11-27"
    for _double_tap in range(2):
        done = client.post(page, data=sent | {"note": "The <room> is taken.", "step": "confirm"})
        assert (done.status_code, done.headers["Location"]) == (303, f"/g/mill/meetings/{meeting.public_id}")
    assert world.rows("outgoing_mail") == 2
    shown = words(client.get(f"/g/mill/meetings/{meeting.public_id}"))
    assert "27 November 2026" in shown
    assert "The <room> is taken." in shown
    assert "<room>" not in client.get(f"/g/mill/meetings/{meeting.public_id}").text
    assert "is now on" in words(client.get("/g/mill/notices"))


def test_who_goes_back_from_the_check_finds_what_they_typed(world: World, group: Group) -> None:
    meeting = world.meeting(group, date(2026, 11, 26))
    client = world.client(world.member(group, offices=PRESIDENT))
    page = f"/g/mill/meetings/{meeting.public_id}/move"
    fields = hidden_of(client.get(page)) | TO_THE_EVENING
    edited = client.post(page, data=hidden_of(client.post(page, data=fields)) | {"step": "edit"})
    assert edited.status_code == 200
    assert 'value="2026-11-27"' in edited.text
    assert "Not saved yet" not in edited.text


def test_of_two_leaders_the_second_sees_both_versions_and_may_insist(world: World, group: Group) -> None:
    meeting = world.meeting(group, date(2026, 11, 26))
    first = world.client(world.member(group, offices=PRESIDENT))
    second = world.client(world.member(group, offices=(Office.VICE_PRESIDENT,)))
    page = f"/g/mill/meetings/{meeting.public_id}/move"
    seen = hidden_of(second.get(page)) | TO_THE_EVENING
    mine = hidden_of(first.get(page)) | TO_THE_EVENING | {"wall_time": "09:15", "step": "confirm"}
    assert first.post(page, data=mine).status_code == 303
    stale = second.post(page, data=seen | {"step": "confirm"})
    assert stale.status_code == 422
    text = words(stale)
    assert "Somebody else changed this meeting meanwhile" in text
    assert "9:15" in text, "how it stands now"
    assert 'value="18:00"' in stale.text, "what was wanted"
    assert second.post(page, data=hidden_of(stale) | TO_THE_EVENING | {"step": "confirm"}).status_code == 303
    assert "6:00" in words(first.get(f"/g/mill/meetings/{meeting.public_id}")).replace("18:00", "6:00")


@pytest.mark.parametrize("name", ["move", "off", "back", "place", "topic"])
def test_a_member_without_an_office_changes_nothing(world: World, group: Group, name: str) -> None:
    meeting = world.meeting(group, date(2026, 11, 26))
    client = world.client(world.member(group))
    page = f"/g/mill/meetings/{meeting.public_id}"
    assert client.get(f"{page}/{name}").status_code == 403
    assert client.post(f"{page}/{name}", data=TO_THE_EVENING | {"step": "confirm"}).status_code == 403
    assert f"{page}/{name}" not in client.get(page).text
    assert client.get("/g/mill/meetings/add").status_code == 403


def test_bad_input_is_refused_with_what_was_typed(world: World, group: Group) -> None:
    meeting = world.meeting(group, date(2026, 11, 26))
    client = world.client(world.member(group, offices=PRESIDENT))
    page = f"/g/mill/meetings/{meeting.public_id}"
    wrong = client.post(f"{page}/move", data={"day": "never", "wall_time": "25:00", "minutes": "many"})
    assert wrong.status_code == 422
    assert 'value="never"' in wrong.text
    fields = hidden_of(client.get(f"{page}/place"))
    link = client.post(f"{page}/place", data=fields | {"call_link": "javascript:alert(1)", "reach": "this"})
    assert link.status_code == 422
    assert "not the address of a call" in words(link)
    assert world.rows("outgoing_mail") == 0


def test_every_change_has_its_page_and_its_news(world: World, group: Group) -> None:
    meeting = world.meeting(group, date(2026, 11, 26))
    client = world.client(world.member(group, offices=PRESIDENT))
    steps = [
        ("place", {"place": "", "call_link": "https://call.example/a", "reach": "all"}, "call.example/a"),
        ("topic", {"topic": "Trade fairs"}, "Trade fairs"),
        ("off", {"state": "holiday"}, "the group does not meet"),
        ("back", {}, "Trade fairs"),
    ]
    for number, (name, fields, expected) in enumerate(steps, start=1):
        page = f"/g/mill/meetings/{meeting.public_id}/{name}"
        sent = hidden_of(client.get(page)) | fields
        assert "1 member will be told" in words(client.post(page, data=sent)), name
        assert client.post(page, data=sent | {"step": "confirm"}).status_code == 303, name
        shown = client.get(f"/g/mill/meetings/{meeting.public_id}")
        assert expected in words(shown), name
        assert world.rows("outgoing_mail") == number
    assert '<a href="https://call.example/a" rel="noreferrer">' in shown.text
    assert 'href="https://call.example/a"' in client.get("/g/mill/meetings").text


def test_an_extra_meeting_and_another_schedule_are_planned_on_pages(world: World, group: Group) -> None:
    client = world.client(world.member(group, offices=PRESIDENT))
    extra = TO_THE_EVENING | {"place": "Mill", "call_link": "", "topic": ""}
    sent = hidden_of(client.get("/g/mill/meetings/add")) | extra
    assert "not there" in words(client.post("/g/mill/meetings/add", data=sent))
    assert client.post("/g/mill/meetings/add", data=sent | {"step": "confirm"}).status_code == 303
    page = "/g/mill/meetings/schedule"
    assert "has no schedule yet" in words(client.get(page))
    fields = {"day": "2026-12-01", "rhythm": "2", "weekday": "3", "wall_time": "08:00", "minutes": "90"}
    sent = hidden_of(client.get(page)) | fields
    assert client.post(page, data=sent | {"step": "confirm"}).status_code == 303
    calendar = words(client.get("/g/mill/meetings"))
    assert "10 December 2026" in calendar
    assert "14 January 2027" in calendar
    assert "second, Thursday, 08:00" in words(client.get(page))


def calendar_address(page: TestResponse) -> str:
    found = re.search(r'value="http[^"]*(/calendar/[^"]+\.ics)"', page.text)
    assert found is not None
    return found[1]


def test_a_members_calendar_follows_the_group(world: World, group: Group) -> None:
    meeting = world.meeting(group, date(2026, 11, 26), time(7, 30))
    member = world.member(group)
    address = calendar_address(world.client(member).get("/g/mill/meetings/calendar"))
    stranger = world.client()
    first = stranger.get(address)
    assert (first.status_code, first.mimetype) == (200, "text/calendar")
    entry: Any = Calendar.from_ical(first.text).events[0]
    assert entry.uid == f"{meeting.public_id}@givefirst"
    assert entry.start.astimezone(UTC) == meeting.starts_at_utc
    assert str(entry.start.tzinfo) == "America/New_York"
    again = stranger.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    client = world.client(world.member(group, offices=PRESIDENT))
    page = f"/g/mill/meetings/{meeting.public_id}/off"
    client.post(page, data=hidden_of(client.get(page)) | {"state": "cancelled", "step": "confirm"})
    changed = stranger.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200
    (entry,) = Calendar.from_ical(changed.text).events
    assert (str(entry["STATUS"]), entry.sequence) == ("CANCELLED", meeting.version + 1)


def test_an_unchanged_calendar_is_the_same_but_for_the_instant_of_its_writing(
    world: World, group: Group
) -> None:
    world.meeting(group, date(2026, 11, 26))
    address = calendar_address(world.client(world.member(group)).get("/g/mill/meetings/calendar"))
    stranger = world.client()
    first = stranger.get(address)
    world.pass_time(minutes=5)
    second = stranger.get(address)
    assert Calendar.from_ical(first.text)["UID"] == "calendar-mill@givefirst"
    assert first.headers["ETag"] == second.headers["ETag"]
    assert first.headers["ETag"].startswith("W/")
    assert first.text != second.text
    assert re.sub("DTSTAMP:.*", "", first.text) == re.sub("DTSTAMP:.*", "", second.text)


def test_a_new_address_kills_the_old_one(world: World, group: Group) -> None:
    world.meeting(group, date(2026, 11, 26))
    client = world.client(world.member(group))
    page = client.get("/g/mill/meetings/calendar")
    old = calendar_address(page)
    assert client.post("/g/mill/meetings/calendar", data=hidden_of(page)).status_code == 303
    new = calendar_address(client.get("/g/mill/meetings/calendar"))
    assert new != old
    assert (client.get(old).status_code, client.get(new).status_code) == (404, 200)


def test_the_calendar_of_a_former_member_is_dead(world: World, group: Group) -> None:
    member = world.member(group)
    address = calendar_address(world.client(member).get("/g/mill/meetings/calendar"))
    work = world.work()
    end_membership(work, group_id=group.id, member_id=member.id, last_day=date(2026, 11, 23), reason="left")
    work.commit()
    assert world.client().get(address).status_code == 404


def test_an_address_that_is_not_signed_for_this_group_is_not_there(world: World, group: Group) -> None:
    other = world.group("other")
    address = calendar_address(world.client(world.member(other)).get("/g/other/meetings/calendar"))
    stranger = world.client()
    assert stranger.get(address).status_code == 200
    assert stranger.get(address.replace("/other/", "/mill/")).status_code == 404
    assert stranger.get(address.replace("/other/", "/nowhere/")).status_code == 404
    assert stranger.get(address[:-6] + "x.ics").status_code == 404
    assert stranger.get("/calendar/mill/x.ics").status_code == 404
