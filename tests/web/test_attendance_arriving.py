"""At the door with one's own phone: scan, sign in if need be, one tap, one answer; and everything that can go wrong."""

from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.meetings.domain.meeting import Meeting
from app.plugins.attendance.domain.room_code import code_in, key_for_room_codes, slot_at
from tests.support.world import World

AT_THE_DOOR = datetime(2026, 11, 24, 6, 52, 3, tzinfo=UTC)
GATE = 3
SIGN_IN = 5
BIG = "x" * 100_000


class Door:
    """A group at the door of its meeting, with Ana about to come in."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.group: Group = world.group()
        self.ana: MemberLine = world.member(self.group, "Ana Sousa")
        self.meeting: Meeting = world.meeting(self.group)
        world.clock.move_to(AT_THE_DOOR)

    def code(self, *, age: timedelta = timedelta(0), meeting: Meeting | None = None) -> str:
        key = key_for_room_codes(str(self.world.app.config["SECRET_KEY"]).encode())
        return code_in(key, self.group.id, (meeting or self.meeting).id, slot_at(self.world.now - age))

    def scan(
        self, client: FlaskClient, code: str | None = None, meeting: str | None = None
    ) -> tuple[int, str]:
        answer = client.get(
            f"/visit/harbour/attendance/scan/{meeting or self.meeting.public_id}/{code or self.code()}"
        )
        return answer.status_code, answer.text

    def marks(self) -> list[tuple[str, str]]:
        session = self.world.work().session
        rows = session.connection().exec_driver_sql("SELECT status, grade FROM attendance_mark")
        found = [(str(row[0]), str(row[1])) for row in rows]
        session.rollback()
        return found


@pytest.fixture
def door(world: World) -> Door:
    return Door(world)


ARRIVE = "/g/harbour/attendance/arrive"


def test_member_scans_taps_and_is_greeted_with_the_time_and_the_verdict(door: Door) -> None:
    phone = door.world.client(door.ana)
    assert door.scan(phone)[0] == 303
    door.world.pass_time(minutes=1)
    page = phone.get(ARRIVE)
    assert "I am here" in page.text
    assert "Ana Sousa" in page.text
    answer = phone.post(ARRIVE)
    assert (answer.status_code, answer.location) == (
        303,
        f"/g/harbour/attendance/arrived/{door.meeting.public_id}",
    )
    greeting = phone.get(answer.location).text
    assert "Good morning, Ana." in greeting
    assert "06:52" in greeting
    assert "on time" in greeting
    assert door.marks() == [("P", "B")]


def test_signing_in_to_the_account_first_makes_nobody_late(door: Door) -> None:
    door.world.clock.move_to(datetime(2026, 11, 24, 6, 59, 50, tzinfo=UTC))
    phone = door.world.client()
    assert door.scan(phone)[0] == 303
    to_sign_in = phone.get(ARRIVE)
    assert to_sign_in.status_code == 303
    assert "next=" in to_sign_in.location
    door.world.pass_time(minutes=12)
    with (
        door.world.client(door.ana).session_transaction() as signed_in,
        phone.session_transaction() as cookie,
    ):
        cookie["_user_id"], cookie["_fresh"] = signed_in["_user_id"], True
    assert phone.post(ARRIVE).status_code == 303
    assert door.marks() == [("P", "B")]


def test_late_member_is_welcomed_and_told_the_cut_off(door: Door) -> None:
    door.world.clock.move_to(datetime(2026, 11, 24, 7, 12, tzinfo=UTC))
    phone = door.world.client(door.ana)
    door.scan(phone)
    greeting = phone.get(phone.post(ARRIVE).location).text
    assert "late" in greeting
    assert "The cut-off was 07:00" in greeting
    assert door.marks() == [("L", "B")]


def test_sign_in_stays_within_its_statements(door: Door) -> None:
    phone = door.world.client(door.ana)
    door.scan(phone)
    with door.world.statements() as seen:
        assert phone.post(ARRIVE).status_code == 303
    assert len(seen) <= GATE + SIGN_IN


def test_double_tap_gets_the_same_answer(door: Door) -> None:
    phone = door.world.client(door.ana)
    door.scan(phone)
    first, second = phone.post(ARRIVE), phone.post(ARRIVE)
    assert (first.status_code, first.location) == (second.status_code, second.location)
    assert door.marks() == [("P", "B")]


def test_ticket_of_one_member_signs_in_no_other_on_the_same_phone(door: Door) -> None:
    ben = door.world.member(door.group, "Ben Okoro")
    phone = door.world.client(door.ana)
    door.scan(phone)
    phone.post(ARRIVE)
    with door.world.client(ben).session_transaction() as signed_in, phone.session_transaction() as cookie:
        cookie["_user_id"] = signed_in["_user_id"]
    assert phone.post(ARRIVE).status_code == 422
    assert len(door.marks()) == 1


def test_phone_that_signs_in_two_members_is_shown_to_the_leader(door: Door) -> None:
    ben = door.world.member(door.group, "Ben Okoro")
    leader = door.world.member(door.group, "Ines Carvalho", offices=[Office.PRESIDENT])
    phone = door.world.client(door.ana)
    for member in (door.ana, ben):
        with (
            door.world.client(member).session_transaction() as signed_in,
            phone.session_transaction() as cookie,
        ):
            cookie["_user_id"] = signed_in["_user_id"]
            cookie.pop("attendance.ticket", None)
        door.scan(phone)
        phone.get(ARRIVE)
        assert phone.post(ARRIVE).status_code == 303
    record = f"/g/harbour/attendance/meetings/{door.meeting.public_id}"
    assert "One phone signed in two members" in door.world.client(leader).get(record).text
    assert "One phone signed in two members" not in door.world.client(door.ana).get(record).text


@pytest.mark.parametrize(
    ("age_seconds", "said"),
    [(40, "This code is over"), (3_000, "This code is over"), (90_000, "not the code on the room")],
)
def test_old_code_says_to_scan_the_screen_again(door: Door, age_seconds: int, said: str) -> None:
    phone = door.world.client(door.ana)
    status, page = door.scan(phone, door.code(age=timedelta(seconds=age_seconds)))
    assert (status, said in page) == (422, True)
    assert phone.post(ARRIVE).status_code == 422
    assert door.marks() == []


@pytest.mark.parametrize("code", ["ABCD2345", "0", "%C3%A9", BIG[:2_000]])
def test_wrong_code_opens_nothing(door: Door, code: str) -> None:
    status, page = door.scan(door.world.client(door.ana), code)
    assert status == 422
    assert "Scan the code on the screen again" in page


def test_code_of_another_meeting_is_wrong(door: Door) -> None:
    other = door.world.meeting(door.group, datetime(2026, 12, 1, tzinfo=UTC).date())
    assert door.scan(door.world.client(door.ana), door.code(meeting=other))[0] == 422


def test_scan_of_another_groups_meeting_is_the_one_404(door: Door) -> None:
    theirs = door.world.meeting(door.world.group("mill"))
    assert door.scan(door.world.client(door.ana), meeting=theirs.public_id)[0] == 404


def test_scan_writes_nothing_to_the_database(door: Door) -> None:
    with door.world.statements() as seen:
        door.scan(door.world.client())
    assert all(statement.lstrip().upper().startswith(("SELECT", "PRAGMA")) for statement in seen)


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (datetime(2026, 11, 24, 4, 59, 59, tzinfo=UTC), "Sign-in opens at 05:00"),
        (datetime(2026, 11, 24, 10, 30, 1, tzinfo=UTC), "This meeting is over"),
    ],
)
def test_meeting_that_is_not_near_or_over_takes_no_sign_in(door: Door, at: datetime, said: str) -> None:
    door.world.clock.move_to(at)
    status, page = door.scan(door.world.client(door.ana))
    assert (status, said in page) == (422, True)


def test_code_can_be_typed_with_spaces_and_small_letters(door: Door) -> None:
    phone = door.world.client(door.ana)
    code = door.code()
    answer = phone.post(
        "/g/harbour/attendance/code", data={"code": f" {code[:4].lower()} {code[4:].lower()} "}
    )
    assert (answer.status_code, answer.location) == (303, ARRIVE)
    phone.post(ARRIVE)
    assert door.marks() == [("P", "B")]


@pytest.mark.parametrize(
    ("code", "said"), [("ABCD 2345", "not the code"), ("", "eight letters"), (BIG, "Field cannot")]
)
def test_typed_code_that_is_wrong_keeps_the_page_and_says_so(door: Door, code: str, said: str) -> None:
    answer = door.world.client(door.ana).post("/g/harbour/attendance/code", data={"code": code})
    assert answer.status_code == 422
    assert said in answer.text


def test_without_a_scan_the_page_says_what_to_do(door: Door) -> None:
    phone = door.world.client(door.ana)
    assert "Scan the code on the room’s screen" in phone.get(ARRIVE).text.replace("&#39;", "’").replace(
        "'", "’"
    )
    assert phone.post(ARRIVE).status_code == 422


def test_ticket_lasts_half_an_hour(door: Door) -> None:
    phone = door.world.client(door.ana)
    door.scan(phone)
    door.world.pass_time(minutes=31)
    refused = phone.post(ARRIVE)
    assert refused.status_code == 422
    assert "more than 30 minutes old" in refused.text


def test_leaders_word_stands_and_the_member_is_told(door: Door) -> None:
    leader = door.world.member(door.group, "Ines Carvalho", offices=[Office.PRESIDENT])
    mark = f"/g/harbour/attendance/meetings/{door.meeting.public_id}/members/{door.ana.public_id}"
    assert door.world.client(leader).post(mark, data={"status": "A", "seen_version": "0"}).status_code == 303
    phone = door.world.client(door.ana)
    door.scan(phone)
    page = phone.get(phone.post(ARRIVE).location)
    assert "A leader has written down for you: Absent" in page.text


def test_record_that_is_submitted_takes_no_sign_in(door: Door) -> None:
    leader = door.world.member(door.group, "Ines Carvalho", offices=[Office.PRESIDENT])
    door.world.clock.move_to(datetime(2026, 11, 24, 7, 30, tzinfo=UTC))
    desk, early = door.world.client(leader), door.world.client(door.ana)
    assert door.scan(early)[0] == 303
    shown = f"{door.ana.public_id},{leader.public_id}"
    submitted = desk.post(
        f"/g/harbour/attendance/meetings/{door.meeting.public_id}/submit",
        data={"seen_version": "0", "shown": shown, "form_token": "t1"},
    )
    assert submitted.status_code == 303
    tapped = early.post(ARRIVE)
    assert (tapped.status_code, "The record of this meeting is submitted" in tapped.text) == (422, True)
    status, page = door.scan(door.world.client(door.ana))
    assert (status, "The record of this meeting is submitted" in page) == (422, True)
