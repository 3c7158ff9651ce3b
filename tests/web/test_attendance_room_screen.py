"""The room's screen: opened by a leader, taken over once by a machine, and showing nothing it should not."""

from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.meetings.domain.meeting import Meeting
from tests.support.world import World

DURING = datetime(2026, 11, 24, 6, 50, tzinfo=UTC)
SCREEN = "/door/harbour/attendance/screen"


class Room:
    """A group before its meeting, with a leader at the laptop."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.group: Group = world.group()
        self.leader: MemberLine = world.member(self.group, "Ines Carvalho", offices=[Office.PRESIDENT])
        self.ana: MemberLine = world.member(self.group, "Ana Sousa")
        self.meeting: Meeting = world.meeting(self.group)
        self.url = f"/g/harbour/attendance/meetings/{self.meeting.public_id}"
        world.clock.move_to(DURING)

    def opened(self) -> str:
        answer = self.world.client(self.leader).post(f"{self.url}/screen")
        assert answer.status_code == 303
        return str(answer.location)

    def machine(self) -> FlaskClient:
        client = self.world.client()
        assert client.post(self.opened()).status_code == 303
        return client


@pytest.fixture
def room(world: World) -> Room:
    return Room(world)


def test_screen_is_taken_over_once(room: Room) -> None:
    address = room.opened()
    first, second = room.world.client(), room.world.client()
    assert "Show it on this machine" in first.get(address).text
    taken = first.post(address)
    assert (taken.status_code, taken.location) == (303, SCREEN)
    assert first.get(SCREEN).status_code == 200
    refused = second.post(address)
    assert refused.status_code == 422
    assert second.get(SCREEN).status_code == 404


def test_screen_cookie_goes_to_the_door_pages_of_the_group_alone(room: Room) -> None:
    cookie = room.world.client().post(room.opened()).headers["Set-Cookie"]
    assert "Path=/door/harbour" in cookie
    assert "HttpOnly" in cookie


def test_screen_shows_names_in_alphabetical_order_without_times(room: Room) -> None:
    came = ["Zoe Sousa", "Ana Miller", "Ben Alpha"]
    desk = room.world.client(room.leader)
    for minute, name in enumerate(came, 41):
        member = room.world.member(room.group, name)
        desk.post(
            f"{room.url}/members/{member.public_id}",
            data={"status": "P", "seen_version": "0", "arrived": f"06:{minute}"},
        )
    machine = room.machine()
    page = machine.get(SCREEN).text
    assert sorted(came, key=page.index) == sorted(came)
    assert "06:4" not in page
    state = machine.get(f"{SCREEN}/state").json
    assert state is not None
    assert (state["names"], state["signed_in"], state["expected"]) == (sorted(came), 3, 5)
    assert 15_000 <= state["expires_in_ms"] <= 30_000


def test_code_on_the_screen_signs_a_member_in(room: Room) -> None:
    machine = room.machine()
    state = machine.get(f"{SCREEN}/state").json
    assert state is not None
    picture = machine.get(state["code_svg_url"])
    assert picture.mimetype == "image/svg+xml"
    assert picture.headers["Cache-Control"] == "no-store"
    phone = room.world.client(room.ana)
    assert phone.post("/g/harbour/attendance/code", data={"code": state["code_text"]}).status_code == 303
    phone.post("/g/harbour/attendance/arrive")
    after = machine.get(f"{SCREEN}/state").json
    assert after is not None
    assert after["names"] == ["Ana Sousa"]


def test_code_changes_after_fifteen_seconds(room: Room) -> None:
    machine = room.machine()
    before = machine.get(f"{SCREEN}/state").json
    room.world.pass_time(seconds=15)
    after = machine.get(f"{SCREEN}/state").json
    assert before is not None
    assert after is not None
    assert before["code_text"] != after["code_text"]
    assert before["code_svg_url"] != after["code_svg_url"]


def test_leader_closes_the_screen_and_it_is_out_at_the_next_contact(room: Room) -> None:
    machine = room.machine()
    assert room.world.client(room.leader).post(f"{room.url}/screen/close").status_code == 303
    assert machine.get(f"{SCREEN}/state").status_code == 404
    assert machine.get(SCREEN).status_code == 404


def test_screen_opened_early_waits_for_the_doors(room: Room) -> None:
    room.world.clock.move_to(DURING - timedelta(hours=12))
    machine = room.machine()
    page = machine.get(SCREEN).text
    assert "Sign-in opens at 05:00" in page
    assert "data-screen" not in page
    state = machine.get(f"{SCREEN}/state").json
    assert state is not None
    assert (state["code_text"], state["expires_in_ms"]) == ("", 0)
    assert machine.get(f"{SCREEN}/code.svg").status_code == 404


def test_screen_expires_three_hours_after_the_end(room: Room) -> None:
    machine = room.machine()
    room.world.clock.move_to(room.meeting.ends_at_utc + timedelta(hours=3, seconds=1))
    assert machine.get(f"{SCREEN}/state").status_code == 404


def test_screen_of_a_meeting_that_is_over_is_not_opened(room: Room) -> None:
    room.world.clock.move_to(room.meeting.ends_at_utc + timedelta(hours=2, seconds=1))
    answer = room.world.client(room.leader).post(f"{room.url}/screen")
    assert answer.status_code == 422
    assert "This meeting is over" in answer.text


@pytest.mark.parametrize("path", ["", "/state", "/code.svg"])
def test_without_a_device_there_is_no_screen(room: Room, path: str) -> None:
    assert room.world.client(room.leader).get(f"{SCREEN}{path}").status_code == 404


def test_member_cannot_open_the_screen(room: Room) -> None:
    assert room.world.client(room.ana).post(f"{room.url}/screen").status_code == 403


def test_screen_of_one_group_shows_nothing_of_another(room: Room) -> None:
    machine = room.machine()
    room.world.group("mill")
    assert machine.get("/door/mill/attendance/screen").status_code == 404


def test_state_takes_few_statements(room: Room) -> None:
    machine = room.machine()
    with room.world.statements() as seen:
        machine.get(f"{SCREEN}/state")
    assert len(seen) <= 4
