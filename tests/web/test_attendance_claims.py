"""At the door without a session: two taps to one's own name, nothing revealed but names, and the leader's one button."""

import re
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.meetings.domain.meeting import Meeting
from app.plugins.attendance.domain.room_code import code_in, key_for_room_codes, slot_at
from tests.support.world import World

AT_THE_DOOR = datetime(2026, 11, 24, 6, 52, 3, tzinfo=UTC)
WHO = "/visit/harbour/attendance/arriving"
NAME, IN = f"{WHO}/name", f"{WHO}/in"
ARRIVE = "/g/harbour/attendance/arrive"


class Door:
    """A group at the door of its meeting."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.group: Group = world.group()
        self.leader: MemberLine = world.member(self.group, "Ines Carvalho", offices=[Office.PRESIDENT])
        self.ana: MemberLine = world.member(self.group, "Ana Sousa")
        self.ben: MemberLine = world.member(self.group, "Ben Okoro")
        self.meeting: Meeting = world.meeting(self.group)
        self.record = f"/g/harbour/attendance/meetings/{self.meeting.public_id}"
        world.clock.move_to(AT_THE_DOOR)

    def scan(self, client: FlaskClient) -> str:
        key = key_for_room_codes(str(self.world.app.config["SECRET_KEY"]).encode())
        code = code_in(key, self.group.id, self.meeting.id, slot_at(self.world.now))
        answer = client.get(f"/visit/harbour/attendance/scan/{self.meeting.public_id}/{code}")
        return str(answer.location)

    def phone(self) -> FlaskClient:
        """Return a phone without a session that scanned the code."""
        client = self.world.client()
        assert self.scan(client) == WHO
        return client

    def claim(self, client: FlaskClient, member: MemberLine) -> tuple[int, str]:
        answer = client.post(NAME, data={"member": member.public_id})
        return answer.status_code, answer.text

    def marks(self) -> list[tuple[str, str, str]]:
        session = self.world.work().session
        rows = session.connection().exec_driver_sql(
            "SELECT status, grade, origin FROM attendance_mark ORDER BY updated_at_utc, member_id"
        )
        found = [(str(row[0]), str(row[1]), str(row[2])) for row in rows]
        session.rollback()
        return found


@pytest.fixture
def door(world: World) -> Door:
    return Door(world)


def test_a_stranger_who_scans_is_offered_both_ways_in(door: Door) -> None:
    page = door.phone().get(WHO).text
    assert f'href="{ARRIVE}"' in page
    assert f'href="{NAME}"' in page


def test_a_name_is_chosen_and_greeted_with_the_time_of_the_scan(door: Door) -> None:
    phone = door.phone()
    door.world.pass_time(minutes=5)
    assert "Ana Sousa" in phone.get(NAME).text
    answer = phone.post(NAME, data={"member": door.ana.public_id})
    assert (answer.status_code, answer.location) == (303, IN)
    page = phone.get(IN).text
    assert "Good morning, Ana." in page
    assert "06:52" in page
    assert "on time" not in page
    assert door.marks() == [("P", "D", "claim")]


def test_the_page_reveals_names_and_nothing_else(door: Door) -> None:
    page = door.phone().get(NAME).text
    main = page[page.index('id="main"') :]
    assert "example" not in main
    assert "Baker" not in main
    assert re.search(r"\d\d:\d\d", main) is None


def test_many_names_are_found_by_their_letter_first(door: Door) -> None:
    for number in range(12):
        door.world.member(door.group, f"Rui{number} Silva")
    phone = door.phone()
    letters = phone.get(NAME).text
    assert 'href="?letter=R"' in letters
    assert "Ana Sousa" not in letters
    chosen = phone.get(f"{NAME}?letter=A").text
    assert "Ana Sousa" in chosen
    assert "Silva" not in chosen
    assert 'href="?letter=R"' in phone.get(f"{NAME}?letter=%3Cscript%3E").text


def test_who_is_in_is_not_on_the_list(door: Door) -> None:
    door.claim(door.phone(), door.ana)
    assert "Ana Sousa" not in door.phone().get(NAME).text
    status, page = door.claim(door.phone(), door.ana)
    assert (status, "Ana Sousa is on the list already" in page) == (422, True)


def test_a_phone_that_claimed_a_name_is_told_which_and_takes_it_back(door: Door) -> None:
    phone = door.phone()
    door.claim(phone, door.ana)
    assert [phone.get(page).location for page in (WHO, NAME)] == [IN, IN]
    status, page = door.claim(phone, door.ben)
    assert (status, "This phone has already signed somebody in by name" in page) == (422, True)
    assert "I am not Ana" in phone.get(IN).text
    assert phone.post(f"{IN}/back").location == WHO
    assert door.claim(phone, door.ben)[0] == 303
    assert [mark[0] for mark in door.marks()] == ["None", "P"]


@pytest.mark.parametrize("address", [WHO, NAME])
def test_without_a_scan_there_are_no_names(door: Door, address: str) -> None:
    page = door.world.client().get(address).text
    assert "Ana" not in page
    assert door.claim(door.world.client(), door.ana)[0] == 422
    assert door.world.client().get(IN).status_code == 404
    assert door.marks() == []


def test_an_old_scan_shows_no_names(door: Door) -> None:
    phone = door.phone()
    door.world.pass_time(minutes=31)
    assert "Ana" not in phone.get(NAME).text
    assert door.claim(phone, door.ana)[0] == 422


@pytest.mark.parametrize("member", ["", "nobody", "x" * 100_000, "é"])
def test_a_name_that_is_none_is_refused(door: Door, member: str) -> None:
    assert door.phone().post(NAME, data={"member": member}).status_code == 422
    assert door.marks() == []


def test_sixty_phones_behind_one_address_are_never_refused(door: Door) -> None:
    members = [door.world.member(door.group) for _ in range(60)]
    assert [door.claim(door.phone(), member)[0] for member in members] == [303] * 60
    assert len(door.marks()) == 60


def test_a_mail_is_offered_once_without_showing_the_address(door: Door) -> None:
    phone = door.phone()
    door.claim(phone, door.ana)
    page = phone.get(IN).text
    assert "Mail me a link" in page
    assert "example" not in page
    for _twice in range(2):
        assert phone.post(f"{IN}/link").location == IN
    assert door.world.rows("outgoing_mail") == 1
    assert "Mail me a link" not in phone.get(IN).text


def test_a_member_signs_in_the_neighbour_who_forgot_the_phone(door: Door) -> None:
    phone = door.world.client(door.ana)
    door.scan(phone)
    greeting = phone.get(phone.post(ARRIVE).location).text
    address = f"/g/harbour/attendance/arrived/{door.meeting.public_id}/neighbour"
    assert f'href="{address}"' in greeting
    assert "Ben Okoro" in phone.get(address).text
    assert phone.post(address, data={"member": door.ben.public_id}).status_code == 303
    assert door.marks() == [("P", "B", "room-code"), ("P", "D", "claim")]
    page = door.world.client(door.leader).get(door.record).text
    assert "One phone signed in two members" not in page
    assert "on the phone of Ana Sousa" in page


def test_who_is_not_in_signs_in_nobody(door: Door) -> None:
    address = f"/g/harbour/attendance/arrived/{door.meeting.public_id}/neighbour"
    answer = door.world.client(door.ana).post(address, data={"member": door.ben.public_id})
    assert (answer.status_code, "Sign in yourself first" in answer.text) == (422, True)


def test_that_was_not_me_takes_the_own_sign_in_back_for_two_minutes(door: Door) -> None:
    phone = door.world.client(door.ana)
    door.scan(phone)
    arrived = phone.post(ARRIVE).location
    assert "That was not me" in phone.get(arrived).text
    assert phone.post(f"{arrived}/back").status_code == 303
    assert door.marks() == [("None", "None", "room-code")]
    assert phone.post(ARRIVE).status_code == 303
    door.world.pass_time(minutes=3)
    assert "That was not me" not in phone.get(arrived).text
    refused = phone.post(f"{arrived}/back")
    assert (refused.status_code, "within two minutes only" in refused.text) == (422, True)


def test_the_leader_confirms_with_one_button_and_the_task_is_gone(door: Door) -> None:
    for member in (door.ana, door.ben):
        door.claim(door.phone(), member)
    desk = door.world.client(door.leader)
    assert "2 people are waiting for you" in desk.get("/g/harbour/").text
    page = desk.get(door.record).text
    assert "2 people are waiting for you" in page
    assert len(re.findall(r'name="here" value="\w+" checked', page)) == 2
    shown = f"{door.ana.public_id},{door.ben.public_id}"
    data = {"shown": shown, "here": [door.ana.public_id]}
    for _twice in range(2):
        assert desk.post(f"{door.record}/claims", data=data).status_code == 303
    page = desk.get(door.record).text
    assert "waiting for you" not in page
    assert "claimed, confirmed" in page
    assert [mark[0] for mark in door.marks()] in (["P", "None"], ["None", "P"])


def test_leaders_find_who_waits_for_them_among_their_tasks_and_other_officers_do_not(door: Door) -> None:
    door.claim(door.phone(), door.ana)
    host = door.world.member(door.group, "Olga Host", offices=[Office.VISITOR_HOST])
    task = "1 person waits for you to say that they are here"
    assert task in door.world.client(door.leader).get("/g/harbour/").text
    assert task not in door.world.client(host).get("/g/harbour/").text
    door.claim(door.phone(), door.ben)
    assert "2 people wait for you to say" in door.world.client(door.leader).get("/g/harbour/").text


def test_leaders_who_disagree_are_told(door: Door) -> None:
    door.claim(door.phone(), door.ana)
    desk = door.world.client(door.leader)
    shown = door.ana.public_id
    desk.post(f"{door.record}/claims", data={"shown": shown, "here": [shown]})
    answer = desk.post(f"{door.record}/claims", data={"shown": shown})
    assert (answer.status_code, "Somebody else changed this meanwhile" in answer.text) == (422, True)


def test_submitting_asks_for_the_claims_first_in_the_same_form(door: Door) -> None:
    door.claim(door.phone(), door.ana)
    door.world.clock.move_to(datetime(2026, 11, 24, 7, 30, tzinfo=UTC))
    desk = door.world.client(door.leader)
    blank = f"{door.leader.public_id},{door.ben.public_id}"
    without = {"seen_version": "0", "shown": blank, "form_token": "t1"}
    answer = desk.post(f"{door.record}/submit", data=without)
    assert (answer.status_code, "Some people were counted by name (1)" in answer.text) == (422, True)
    page = desk.get(f"{door.record}/submit").text
    assert "1 person was counted by name" in page
    told = without | {"shown_claims": door.ana.public_id, "here": door.ana.public_id, "form_token": "t2"}
    assert desk.post(f"{door.record}/submit", data=told).status_code == 303
    assert ("P", "D", "claim") in door.marks()


def test_members_and_strangers_confirm_nobody(door: Door) -> None:
    door.claim(door.phone(), door.ana)
    data = {"shown": door.ana.public_id, "here": door.ana.public_id}
    assert door.world.client(door.ben).post(f"{door.record}/claims", data=data).status_code == 403
    assert door.world.client().post(f"{door.record}/claims", data=data).status_code == 303
    assert "waiting for you" not in door.world.client(door.ben).get(door.record).text
