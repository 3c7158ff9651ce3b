"""The tablet's pages: registered by a leader with a code, told what it needs and no more, revoked, and its open questions."""

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from app.core.groups.domain.office import Office
from app.plugins.attendance.domain.status import Status
from tests.support.tablets import DoorRoom, Tablet, new_boot
from tests.support.world import World

BASE = "/g/harbour/attendance"
TAKE = "/visit/harbour/attendance/tablet"
DOOR = "/door/harbour/attendance/tablet"
JSON = {"Accept": "application/json"}


@pytest.fixture
def room(world: World) -> DoorRoom:
    made = DoorRoom(world)
    made.tablet.contact()
    return made


def leader(room: DoorRoom) -> FlaskClient:
    return room.world.client(room.leader)


def code_for_new_tablet(room: DoorRoom) -> str:
    """Register a tablet by the leader's page and return its code."""
    answer = leader(room).post(f"{BASE}/tablets", data={"label": "Back door", "form_token": "t1"})
    assert answer.status_code == 303
    shown = leader(room).get(answer.location)
    assert shown.status_code == 200
    assert "<svg" in shown.text
    found = re.search(r'id="code"[^>]*value="([^"]+)"', shown.text)
    assert found is not None
    return found[1]


def test_machine_becomes_the_tablet_by_a_code_that_works_once(room: DoorRoom) -> None:
    code = code_for_new_tablet(room)
    machine, other = room.world.client(), room.world.client()
    assert code.replace(" ", "") in machine.get(f"{TAKE}?code={code.replace(' ', '')}").text
    taken = machine.post(TAKE, data={"code": code.lower()})
    assert (taken.status_code, taken.location) == (303, DOOR)
    cookie = taken.headers["Set-Cookie"]
    assert cookie.startswith("givefirst_tablet=")
    assert "Path=/door/harbour" in cookie
    assert machine.get(DOOR).status_code == 200
    again = other.post(TAKE, data={"code": code})
    assert again.status_code == 422
    assert "This code is not good" in again.text
    assert other.get(DOOR).status_code == 404
    assert leader(room).get(f"{BASE}/tablets/code/{code.replace(' ', '')}").status_code == 410


def test_code_dies_after_half_an_hour(room: DoorRoom) -> None:
    code = code_for_new_tablet(room)
    room.world.pass_time(minutes=31)
    assert room.world.client().post(TAKE, data={"code": code}).status_code == 422


def test_code_of_another_group_opens_nothing(room: DoorRoom) -> None:
    code = code_for_new_tablet(room)
    room.world.group("mill")
    assert room.world.client().post("/visit/mill/attendance/tablet", data={"code": code}).status_code == 422


def test_guessing_codes_is_slowed_down_for_a_network(room: DoorRoom) -> None:
    client = room.world.client()
    statuses = [client.post(TAKE, data={"code": f"AAAAAA{number:02}"}).status_code for number in range(31)]
    assert (statuses[0], statuses[-1]) == (422, 429)


def test_leader_sees_when_each_tablet_was_heard_of_and_what_waits_on_it(room: DoorRoom) -> None:
    room.tap(room.ana)
    room.tablet.contact()
    page = leader(room).get(f"{BASE}/tablets").text
    assert "Entrance" in page
    assert "Ines Carvalho" in page
    assert '<td class="num">1</td>' in page


@pytest.mark.parametrize("office", [None, Office.VISITOR_HOST])
def test_tablets_are_for_the_leaders(room: DoorRoom, office: Office | None) -> None:
    member = room.world.member(room.group, offices=[office] if office else [])
    client = room.world.client(member)
    assert client.get(f"{BASE}/tablets").status_code == 403
    assert client.post(f"{BASE}/tablets", data={"label": "x"}).status_code == 403
    assert room.world.client().get(f"{BASE}/tablets").status_code == 303


def test_revoked_tablet_is_told_so_and_a_stranger_is_not(room: DoorRoom) -> None:
    page = leader(room).get(f"{BASE}/tablets").text
    address = re.search(r'action="([^"]+/revoke)"', page)
    assert address is not None
    assert leader(room).post(address[1]).status_code == 303
    for answer in (
        room.tablet.client.get(f"{DOOR}/day", headers=JSON),
        room.tablet.contact(),
        room.tablet.post_events([]),
    ):
        assert (answer.status_code, answer.json) == (401, {"code": "revoked"})
    assert room.tablet.client.get(DOOR).status_code == 404
    stranger = room.world.client()
    stranger.set_cookie("givefirst_tablet", "x" * 43, path="/")
    assert stranger.get(f"{DOOR}/day", headers=JSON).status_code == 404
    assert "<bdi>Entrance</bdi>" not in leader(room).get(f"{BASE}/tablets").text


def test_day_tells_names_and_nothing_else_of_people(room: DoorRoom) -> None:
    room.mark(room.ana, Status.PRESENT)
    day = room.tablet.day()
    assert day["meeting"]["id"] == room.meeting.public_id
    assert day["asks"] == "nothing"
    assert [(one["given"], one["initial"], one["here"]) for one in day["people"]] == [
        ("Ines", "I", False),
        ("Ben", "B", False),
        ("Ana", "A", True),
    ]
    assert {key for one in day["people"] for key in one} == {"id", "given", "name", "initial", "here"}
    assert (day["shows_from"], day["shows_until"]) == ("2026-11-24T06:00:00.000Z", "2026-11-24T10:30:00.000Z")
    again = room.tablet.client.get(f"{DOOR}/day", headers=JSON | {"If-None-Match": f'"{day["version"]}"'})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Cache-Control"] == "private, no-cache"


def test_names_are_told_a_day_ahead_at_the_earliest(room: DoorRoom) -> None:
    room.world.clock.move_to(room.meeting.starts_at_utc - timedelta(hours=24, seconds=1))
    assert (room.tablet.day()["meeting"], room.tablet.day()["people"]) == (None, [])
    room.world.clock.move_to(room.meeting.starts_at_utc - timedelta(hours=24))
    assert len(room.tablet.day()["people"]) == 3
    room.world.clock.move_to(room.meeting.ends_at_utc + timedelta(hours=2, seconds=1))
    assert room.tablet.day()["people"] == []


def test_shell_names_nobody(room: DoorRoom) -> None:
    page = room.tablet.client.get(DOOR).text
    assert "Sousa" not in page
    assert "csrf" not in page


def test_a_form_of_another_site_cannot_post_for_the_tablet(room: DoorRoom) -> None:
    room.world.client(csrf=True)
    for address in ("contact", "sign-ins"):
        answer = room.tablet.client.post(f"{DOOR}/{address}", data={"boot": new_boot(), "m": "1"})
        assert (answer.status_code, answer.json) == (400, {"code": "json"})
    assert room.tablet.contact().status_code == 200
    # The house's other forms need their token all the same.
    assert leader_with_token(room).post(f"{BASE}/tablets", data={"label": "x"}).status_code == 400


def leader_with_token(room: DoorRoom) -> FlaskClient:
    return room.world.client(room.leader, csrf=True)


@pytest.mark.parametrize(
    "body",
    ["text", [], {}, {"boot": "x", "m": 1}, {"boot": "a" * 32, "m": 1.5}, {"boot": "a" * 32, "m": True}],
)
def test_unreadable_posts_are_refused_and_change_nothing(room: DoorRoom, body: object) -> None:
    for address in ("contact", "sign-ins"):
        answer = room.tablet.post(address, body)
        assert (answer.status_code, answer.json) == (400, {"code": "unreadable"})


def test_screen_of_the_room_is_no_tablet_and_a_tablet_no_screen(room: DoorRoom) -> None:
    token = room.tablet.client.get_cookie("givefirst_tablet", path="/door/harbour")
    assert token is not None
    machine = room.world.client()
    machine.set_cookie("givefirst_screen", token.value, path="/")
    assert machine.get("/door/harbour/attendance/screen").status_code == 404
    opened = leader(room).post(f"{BASE}/meetings/{room.meeting.public_id}/screen")
    assert machine.post(opened.location).status_code == 303
    screen = machine.get_cookie("givefirst_screen", path="/door/harbour")
    assert screen is not None
    other = room.world.client()
    other.set_cookie("givefirst_tablet", screen.value, path="/")
    assert other.get(DOOR).status_code == 404
    # Becoming the screen leaves the browser the tablet that it was.
    opened = leader(room).post(f"{BASE}/meetings/{room.meeting.public_id}/screen")
    assert room.tablet.client.post(opened.location).status_code == 303
    assert room.tablet.contact().status_code == 200


def undecided(room: DoorRoom) -> None:
    """Let Ana tap a moment before the cut-off and the tablet come back an hour later."""
    room.world.pass_time(minutes=20)
    room.tap(room.ana)
    room.world.pass_time(minutes=50)
    room.tablet.send()


def test_leader_sees_both_bounds_and_says_on_time(room: DoorRoom) -> None:
    undecided(room)
    record = f"{BASE}/meetings/{room.meeting.public_id}"
    page = leader(room).get(record).text
    assert "between 06:59:54 and 07:00:13" in page
    assert "On time until 07:00" in page
    tap = room.waiting[0].public_id
    answer = leader(room).post(f"{record}/taps", data={"tap": tap, "said": "on-time", "seen_version": "0"})
    assert answer.status_code == 303
    assert room.letter(room.ana) is Status.PRESENT
    assert room.waiting == []
    assert "attendance.sign_in_decided" in room.events()
    assert (
        leader(room)
        .post(f"{record}/taps", data={"tap": tap, "said": "late", "seen_version": "1"})
        .status_code
        == 422
    )
    assert room.letter(room.ana) is Status.PRESENT


@pytest.mark.parametrize(("said", "letter"), [("late", Status.LATE), ("not-here", None)])
def test_leader_says_late_or_not_here(room: DoorRoom, said: str, letter: Status | None) -> None:
    undecided(room)
    record = f"{BASE}/meetings/{room.meeting.public_id}"
    data = {"tap": room.waiting[0].public_id, "said": said, "seen_version": "0"}
    assert leader(room).post(f"{record}/taps", data=data).status_code == 303
    assert (room.letter(room.ana), room.waiting) == (letter, [])


def test_word_on_a_tap_writes_over_nothing_that_its_leader_never_saw(room: DoorRoom) -> None:
    undecided(room)
    record = f"{BASE}/meetings/{room.meeting.public_id}"
    page = leader(room).get(record).text
    (seen,) = re.findall(
        r'name="tap" value="[^"]+"><input type="hidden" name="seen_version" value="(\d+)"', page
    )
    room.mark(room.ana, Status.MEDICAL)
    data = {"tap": room.waiting[0].public_id, "said": "on-time", "seen_version": seen}
    answer = leader(room).post(f"{record}/taps", data=data)
    assert answer.status_code == 422
    assert room.letter(room.ana) is Status.MEDICAL
    data["seen_version"] = "1"
    assert leader(room).post(f"{record}/taps", data=data).status_code == 303
    assert room.letter(room.ana) is Status.PRESENT


def test_tap_for_no_meeting_of_the_group_is_shown_beside_the_tablets(room: DoorRoom) -> None:
    assert "Signed in for no meeting" not in leader(room).get(f"{BASE}/tablets").text
    room.tablet.tap(room.ana, "nosuchmeetin")
    room.tablet.send()
    page = leader(room).get(f"{BASE}/tablets").text
    assert "Signed in for no meeting" in page
    assert "<bdi>Ana Sousa</bdi>" in page


def test_record_is_not_submitted_over_a_tap_that_waits(room: DoorRoom) -> None:
    undecided(room)
    record = f"{BASE}/meetings/{room.meeting.public_id}"
    shown = ",".join(one.public_id for one in (room.leader, room.ana, room.ben))
    answer = leader(room).post(f"{record}/submit", data={"seen_version": "0", "shown": shown})
    assert answer.status_code == 422
    assert "Some sign-ins of the tablet wait for you" in answer.text
    assert "sign-in of the tablet waits for your word" in leader(room).get("/g/harbour/").text


def test_tap_that_came_after_the_submission_is_shown_with_what_to_do(room: DoorRoom) -> None:
    room.tap(room.ana)
    room.world.pass_time(minutes=70)
    room.submit(room.leader, room.ana, room.ben)
    room.tablet.send()
    record = f"{BASE}/meetings/{room.meeting.public_id}"
    assert "Reopen it to say what they are" in leader(room).get(record).text
    data = {"tap": room.waiting[0].public_id, "said": "on-time", "seen_version": "1"}
    assert leader(room).post(f"{record}/taps", data=data).status_code == 422
    room.reopen("A tablet was offline")
    assert leader(room).post(f"{record}/taps", data=data).status_code == 303
    assert room.letter(room.ana) is Status.PRESENT


def test_members_own_page_sets_a_pin_and_shows_a_code(room: DoorRoom) -> None:
    ana = room.world.client(room.ana)
    assert "You have none." in ana.get(f"{BASE}/door").text
    refused = ana.post(f"{BASE}/door", data={"pin": "1234", "again": "1234"})
    assert (refused.status_code, "Others would try this PIN first" in refused.text) == (422, True)
    assert ana.post(f"{BASE}/door", data={"pin": "8361", "again": "8361"}).status_code == 303
    assert "Set on" in ana.get(f"{BASE}/door").text
    assert room.world.rows("attendance_member_key WHERE length(pin_hash) > 60") == 1
    assert "<svg" not in panel(ana.get(f"{BASE}/door").text)
    assert ana.post(f"{BASE}/door/code", data={"form_token": "one"}).status_code == 303
    first = panel(ana.get(f"{BASE}/door").text)
    assert "<svg" in first
    ana.post(f"{BASE}/door/code", data={"form_token": "two"})
    assert panel(ana.get(f"{BASE}/door").text) != first
    room.tap(room.ana, proof=room.tablet.sealed("pin", "8361"))
    room.tablet.send()
    assert room.line(room.ana).mark.grade == "A"
    ana.post(f"{BASE}/door/pin/remove")
    assert "You have none." in ana.get(f"{BASE}/door").text


def panel(page: str) -> str:
    """Return the part of the page that shows the code."""
    return page.partition('aria-labelledby="code-title"')[2].partition("</section>")[0].partition("<form")[0]


def test_leader_lets_the_tablet_ask_for_a_pin(room: DoorRoom) -> None:
    answer = leader(room).post(f"{BASE}/tablets/asks", data={"asks": "pin", "seen_version": "0"})
    assert answer.status_code == 303
    assert (room.tablet.day()["asks"], room.tablet.day()["guests_allowed"]) == ("pin", False)
    stale = leader(room).post(f"{BASE}/tablets/asks", data={"asks": "nothing", "seen_version": "0"})
    assert (stale.status_code, "Somebody else changed this meanwhile" in stale.text) == (422, True)
    assert room.tablet.day()["asks"] == "pin"


def test_phone_that_had_no_network_is_counted_and_a_leader_confirms(room: DoorRoom) -> None:
    room.world.pass_time(minutes=40)
    ana = room.world.client(room.ana)
    claim = {"id": "c1", "meeting": None, "waited_ms": 30 * 60_000, "wall": "2026-11-24T06:50:00Z"}
    answer = ana.post(f"{BASE}/offline-claims", json=claim, headers=JSON)
    assert (answer.status_code, answer.json) == (200, {"outcome": "waits", "reason": None})
    assert ana.post(f"{BASE}/offline-claims", json=claim).json == {"outcome": "again", "reason": None}
    line = room.line(room.ana)
    assert (line.mark.status, line.mark.grade, line.waits) == (Status.PRESENT, "D", True)
    assert room.roster.shared_devices == []
    record = f"{BASE}/meetings/{room.meeting.public_id}"
    assert "on their own phone, without network" in leader(room).get(record).text
    assert room.decide([room.ana], [room.ana]) == 1


def test_claim_of_a_phone_for_another_time_is_not_taken_and_says_why(room: DoorRoom) -> None:
    ana = room.world.client(room.ana)
    room.world.pass_time(hours=12)
    answer = ana.post(f"{BASE}/offline-claims", json={"id": "c", "waited_ms": 0})
    assert answer.json is not None
    assert answer.json["outcome"] == "not-taken"
    assert "No meeting was on at that time" in answer.json["reason"]
    assert ana.post(f"{BASE}/offline-claims", json={"waited_ms": -1}).status_code == 400
    assert room.world.client().post(f"{BASE}/offline-claims", json={}).status_code == 303


def test_claim_of_a_phone_older_than_two_days_counts_for_no_meeting(room: DoorRoom) -> None:
    ana = room.world.client(room.ana)
    room.world.pass_time(days=2)
    nine_days = {"id": "c", "meeting": None, "waited_ms": 9 * 24 * 3_600_000}
    answer = ana.post(f"{BASE}/offline-claims", json=nine_days, headers=JSON)
    assert answer.json is not None
    assert answer.json["outcome"] == "not-taken"
    assert "more than two days ago" in answer.json["reason"]
    assert room.letter(room.ana) is None


def test_claim_of_a_phone_needs_the_houses_token(room: DoorRoom) -> None:
    ana = room.world.client(room.ana, csrf=True)
    assert ana.post(f"{BASE}/offline-claims", json={"id": "c", "waited_ms": 0}).status_code == 400


def test_tablets_of_two_groups_in_one_browser_do_not_meet(room: DoorRoom) -> None:
    mill = room.world.group("mill")
    room.world.member(mill, offices=[Office.PRESIDENT])
    assert room.tablet.client.get("/door/mill/attendance/tablet/day", headers=JSON).status_code == 404


def test_telling_the_day_takes_few_statements(room: DoorRoom) -> None:
    with room.world.statements() as seen:
        room.tablet.day()
    assert len(seen) <= 7


def test_contact_counts_what_waits(room: DoorRoom) -> None:
    tablet: Tablet = room.tablet
    tablet.post("contact", {"boot": tablet.boot, "m": tablet.reading, "waiting": 3})
    assert room.world.rows("attendance_tablet WHERE waiting = 3") == 1
