"""The link of a door steward, and the pages on their phone: for one meeting, names alone, until it is closed."""

import re
from datetime import UTC, date, datetime

import pytest
from flask.testing import FlaskClient

from app.core.groups.domain.office import Office
from app.http.door import device_cookie
from tests.support.meeting_room import Room
from tests.support.world import World

DOOR = "/door/harbour/attendance/steward"


class Helped(Room):
    """The room, and an officer who asks for help."""

    @property
    def record(self) -> str:
        return f"/g/harbour/attendance/meetings/{self.meeting.public_id}"

    def link(self) -> str:
        officer = self.world.client(self.world.member(self.group, offices=[Office.MENTOR]))
        shown = officer.post(f"{self.record}/stewards").location
        page = officer.get(str(shown)).text
        assert "<svg" in page
        found = re.search(r'value="[^"]*(/visit/harbour/attendance/steward/[^"]+)"', page)
        assert found is not None
        return found[1]

    def phone(self) -> FlaskClient:
        client = self.world.client()
        answer = client.post(self.link())
        assert answer.location == DOOR
        return client

    def letters(self) -> dict[str, str]:
        return {line.name: line.mark.status.value for line in self.roster.lines if line.mark.status}


@pytest.fixture
def room(world: World) -> Helped:
    return Helped(world)


def test_the_link_says_where_to_help_and_looking_uses_nothing_up(room: Helped) -> None:
    link = room.link()
    for _twice in range(2):
        page = room.world.client().get(link)
        assert page.status_code == 200
        assert "Help at the door of Harbour Referrals" in page.text
        assert "24 November 2026" in page.text.replace("November 24, 2026", "24 November 2026")
    assert "Ana" not in page.text


def test_a_link_used_twice_or_late_or_closed_says_what_to_do(room: Helped) -> None:
    link = room.link()
    assert room.world.client().post(link).status_code == 303
    again = room.world.client()
    assert (again.get(link).status_code, again.post(link).status_code) == (410, 422)
    assert "Ask an officer for a new one" in again.get(link).text
    assert again.get(DOOR).status_code == 404
    closed = room.link()
    desk = room.world.client(room.leader)
    assert desk.post(f"{room.record}/stewards/2/close").status_code == 303
    assert room.world.client().post(closed).status_code == 422
    late = room.link()
    room.world.clock.move_to(datetime(2026, 11, 24, 14, 31, tzinfo=UTC))
    assert room.world.client().post(late).status_code == 422


def test_a_steward_is_out_at_the_next_contact_once_closed(room: Helped) -> None:
    phone = room.phone()
    assert phone.get(DOOR).status_code == 200
    room.world.client(room.leader).post(f"{room.record}/stewards/1/close")
    assert phone.get(DOOR).status_code == 404
    assert phone.post(f"{DOOR}/members/{room.ana.public_id}", data={"status": "here"}).status_code == 404


def test_a_steward_signs_in_by_a_tap_and_takes_it_back_in_one(room: Helped) -> None:
    phone = room.phone()
    room.world.clock.move_to(datetime(2026, 11, 24, 6, 55, tzinfo=UTC))
    tap = {"status": "here", "seen_version": "0"}
    assert phone.post(f"{DOOR}/members/{room.ana.public_id}", data=tap).status_code == 303
    page = phone.get(DOOR).text
    assert "Ana Sousa: P, 06:55" in page
    assert "Undo: Ana" in page
    assert room.letters() == {"Ana Sousa": "P"}
    assert phone.post(f"{DOOR}/undo").status_code == 303
    assert room.letters() == {}


def test_a_steward_writes_an_earlier_time_and_the_cut_off_decides(room: Helped) -> None:
    phone = room.phone()
    data = {"status": "here", "arrived": "06:40", "seen_version": "0"}
    assert phone.post(f"{DOOR}/members/{room.ana.public_id}", data=data).status_code == 303
    assert room.letters() == {"Ana Sousa": "P"}
    late = phone.post(f"{DOOR}/members/{room.ben.public_id}", data={"status": "here", "seen_version": "0"})
    assert late.status_code == 303
    assert room.letters()["Ben Okoro"] == "L"


def test_a_steward_names_a_substitute(room: Helped) -> None:
    phone = room.phone()
    data = {"status": "S", "substitute_name": "Rita Lopes", "seen_version": "0"}
    assert phone.post(f"{DOOR}/members/{room.ana.public_id}", data=data).status_code == 303
    assert "Rita Lopes" in phone.get(DOOR).text


def test_a_steward_sees_names_and_no_contacts_or_histories(room: Helped) -> None:
    phone = room.phone()
    for address in ("", "/sheet", "/entry", "/submit", f"/members/{room.ana.public_id}"):
        page = phone.get(f"{DOOR}{address}")
        assert page.status_code == 200
        assert "@" not in page.text
        assert "Baker" not in page.text
        assert "/g/harbour" not in page.text


def test_two_stewards_are_shown_what_the_other_wrote(room: Helped) -> None:
    one, other = room.phone(), room.phone()
    address = f"{DOOR}/members/{room.ana.public_id}"
    assert one.post(address, data={"status": "A", "seen_version": "0"}).status_code == 303
    answer = other.post(address, data={"status": "here", "seen_version": "0"})
    assert (answer.status_code, "Somebody else changed this meanwhile" in answer.text) == (422, True)
    assert room.letters() == {"Ana Sousa": "A"}


def test_a_steward_shows_the_code(room: Helped) -> None:
    phone = room.phone()
    assert "data-screen" in phone.get(f"{DOOR}/screen").text
    state = phone.get(f"{DOOR}/screen/state").json
    assert state is not None
    assert state["code_svg_url"].startswith(f"{DOOR}/screen/code.svg")
    assert phone.get(state["code_svg_url"]).mimetype == "image/svg+xml"
    assert phone.get("/door/harbour/attendance/screen").status_code == 404


def test_a_steward_confirms_claims_and_submits_with_the_head_count(room: Helped) -> None:
    phone = room.phone()
    room.world.clock.move_to(datetime(2026, 11, 24, 6, 50, tzinfo=UTC))
    room.claim(room.ana)
    assert "1 person came in by name" in phone.get(DOOR).text
    data = {"shown": room.ana.public_id, "here": room.ana.public_id}
    assert phone.post(f"{DOOR}/claims", data=data).status_code == 303
    room.world.clock.move_to(datetime(2026, 11, 24, 7, 30, tzinfo=UTC))
    blank = ",".join(line.public_id for line in room.roster.blank)
    told = {"seen_version": "0", "shown": blank, "head_count": "4", "form_token": "t"}
    assert phone.post(f"{DOOR}/submit", data=told).status_code == 303
    page = phone.get(DOOR).text
    assert "You counted 4 in the room" in page
    assert "Thank you for helping" in page
    assert room.letters()["Ana Sousa"] == "P"
    assert room.events()[-1] == "attendance.record_submitted"


def test_a_steward_touches_no_other_meeting_and_no_other_group(room: Helped) -> None:
    phone = room.phone()
    room.world.meeting(room.group, date(2026, 12, 1))
    stranger = room.world.member(room.world.group("mill"), "Mia Mill")
    assert phone.post(f"{DOOR}/members/{stranger.public_id}", data={"status": "here"}).status_code == 404
    token = phone.get_cookie(device_cookie("steward"), path="/door/harbour")
    assert token is not None
    elsewhere = room.world.client()
    elsewhere.set_cookie(device_cookie("steward"), token.value, path="/")
    assert elsewhere.get("/door/mill/attendance/steward").status_code == 404
    assert elsewhere.get("/door/harbour/attendance/screen").status_code == 404
    assert elsewhere.get("/g/harbour/").status_code == 303


def test_members_ask_no_steward_and_the_link_goes_to_members_alone(room: Helped) -> None:
    member = room.world.client(room.ana)
    assert member.post(f"{room.record}/stewards").status_code == 403
    desk = room.world.client(room.leader)
    shown = str(desk.post(f"{room.record}/stewards").location)
    mailed = desk.post(shown, data={"member": room.ana.public_id, "form_token": "t"})
    assert mailed.status_code == 303
    assert room.world.rows("outgoing_mail") == 1
    assert desk.post(shown, data={"member": "nobody", "form_token": "t2"}).status_code == 404
    assert "Door steward 1" in desk.get(room.record).text
