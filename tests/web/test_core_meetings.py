"""The calendar of a group and one meeting's page."""

from datetime import date, time

import pytest

from app.core.groups.domain.standing import Group
from tests.support.reading import words
from tests.support.world import World

SQLITE = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)


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


@SQLITE
def test_an_empty_calendar_says_so(world: World, group: Group) -> None:
    assert "No meeting is planned." in words(world.client(world.member(group)).get("/g/mill/meetings"))


def test_a_meeting_is_shown_in_the_time_of_its_group(world: World, group: Group) -> None:
    meeting = world.meeting(group, date(2026, 11, 26), time(7, 30), minutes=90)
    page = words(world.client(world.member(group)).get(f"/g/mill/meetings/{meeting.public_id}"))
    assert "7:30" in page
    assert "9:00" in page
    assert "12:30" not in page


@SQLITE
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


@SQLITE
@pytest.mark.parametrize("meeting", ["222222222222", "1", "x" * 2_000, "' OR 1=1 --"])
def test_a_meeting_that_is_none_is_not_there(world: World, group: Group, meeting: str) -> None:
    assert world.client(world.member(group)).get(f"/g/mill/meetings/{meeting}").status_code == 404
