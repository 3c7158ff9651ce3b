"""The pages of a record, for each who may come: leaders write, other offices look, members see their own mark."""

from datetime import UTC, date, datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from app.core.groups.domain.office import LEADERS, Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.meetings.domain.meeting import Meeting
from app.core.meetings.models import MeetingRow
from tests.support.world import World

DURING = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)
BIG = "x" * 100_000
GATE = 3
ROSTER_AND_DOOR = 4
"""The roster, its stewards, the taps of the tablet that wait, and the guests who signed in there."""


class Desk:
    """A meeting that is on, with everybody who may look at its record."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.group: Group = world.group()
        self.leader: MemberLine = world.member(self.group, "Ines Carvalho", offices=[Office.PRESIDENT])
        self.host: MemberLine = world.member(self.group, "Hugo Host", offices=[Office.VISITOR_HOST])
        self.ana: MemberLine = world.member(self.group, "Ana Sousa")
        self.ben: MemberLine = world.member(self.group, "Ben Okoro")
        self.meeting: Meeting = world.meeting(self.group)
        self.url = f"/g/harbour/attendance/meetings/{self.meeting.public_id}"
        world.clock.move_to(DURING)
        self.client: FlaskClient = world.client(self.leader)

    def mark(self, member: MemberLine, **fields: str) -> tuple[int, str]:
        fields = {"seen_version": "0", **fields}
        answer = self.client.post(f"{self.url}/members/{member.public_id}", data=fields)
        return answer.status_code, answer.text

    def submit(self) -> tuple[int, str]:
        everybody = (self.leader, self.host, self.ana, self.ben)
        answer = self.client.post(
            f"{self.url}/submit",
            data={
                "seen_version": "0",
                "shown": ",".join(one.public_id for one in everybody),
                "form_token": "submit-once",
            },
        )
        return answer.status_code, answer.text

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        session = self.world.work().session
        found = [tuple(row) for row in session.connection().exec_driver_sql(sql)]
        session.rollback()
        return found


@pytest.fixture
def desk(world: World) -> Desk:
    return Desk(world)


def test_leader_marks_with_one_tap_and_sees_it(desk: Desk) -> None:
    assert desk.mark(desk.ana, status="P")[0] == 303
    page = desk.client.get(desk.url).text
    assert "1 of 4" in page
    assert 'aria-pressed="true" aria-label="Present, on time: Ana Sousa"' in page


def test_record_page_has_few_statements(desk: Desk) -> None:
    with desk.world.statements() as seen:
        assert desk.client.get(desk.url).status_code == 200
    assert len(seen) <= GATE + ROSTER_AND_DOOR


def test_an_online_meeting_shows_the_leaders_its_call(desk: Desk) -> None:
    join = 'href="https://call.example/harbour" rel="noreferrer">Join the call'
    assert "Join the call" not in desk.client.get(desk.url).text
    work = desk.world.work()
    work.session.execute(update(MeetingRow).values(call_link="https://call.example/harbour"))
    work.commit()
    assert join in desk.client.get(desk.url).text
    assert join in desk.client.get("/g/harbour/").text


def test_counts_lead_to_their_rows(desk: Desk) -> None:
    desk.mark(desk.ana, status="L")
    page = desk.client.get(f"{desk.url}?show=L").text
    assert "Ana Sousa" in page
    assert "Ben Okoro" not in page
    assert "Show everybody" in page


def test_tap_on_substitute_asks_for_the_person_who_came(desk: Desk) -> None:
    answer = desk.client.post(
        f"{desk.url}/members/{desk.ana.public_id}", data={"status": "S", "seen_version": "0"}
    )
    assert answer.status_code == 303
    form = desk.client.get(answer.location).text
    assert "Who came instead" in form
    status, page = desk.mark(desk.ana, status="S", substitute_name=" ")
    assert (status, "Give the name of the person who came instead." in page) == (422, True)
    assert desk.mark(desk.ana, status="S", substitute_name="Rita Vaz", substitute_firm="Vaz Lda")[0] == 303
    assert "Rita Vaz" in desk.client.get(desk.url).text


def test_stale_tap_shows_both_and_writes_nothing(desk: Desk) -> None:
    desk.mark(desk.ana, status="P")
    status, page = desk.mark(desk.ana, status="A")
    assert status == 422
    assert "How it stands now" in page
    assert "Present, on time" in page
    assert "Somebody else changed this meanwhile" in page
    assert 'name="seen_version" type="hidden" value="1"' in page
    assert desk.rows("SELECT status FROM attendance_mark") == [("P",)]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"status": "P", "arrived": "07:12"}, "after the cut-off at 07:00"),
        ({"status": "L", "arrived": "06:50"}, "keeps the cut-off at 07:00"),
        ({"status": "P", "arrived": "ten to"}, "Give the time like this"),
        ({"status": "P", "arrived": "25:00"}, "Give the time like this"),
        ({"status": "A", "arrived": "06:50"}, "goes with P, L or S only"),
        ({"status": "Z"}, "Not a valid choice"),
        ({"status": ""}, "Choose a letter"),
        ({"status": "P", "arrived": BIG}, "longer than"),
        ({"status": "S", "substitute_name": BIG}, "longer than"),
        ({"status": "P", "seen_version": "many"}, "changed this meanwhile"),
    ],
)
def test_what_does_not_make_sense_is_said_and_nothing_is_written(
    desk: Desk, fields: dict[str, str], said: str
) -> None:
    status, page = desk.mark(desk.ana, **fields)
    assert (status, said in page) == (422, True), page[:3000]
    assert desk.world.rows("attendance_mark") == 0


def test_leader_takes_a_wrong_tap_back(desk: Desk) -> None:
    desk.mark(desk.ana, status="P")
    assert desk.mark(desk.ana, status="blank", seen_version="1")[0] == 303
    assert desk.rows("SELECT status FROM attendance_mark") == [(None,)]


def test_submission_shows_who_becomes_absent_and_then_closes_the_record(desk: Desk) -> None:
    desk.mark(desk.ana, status="P")
    page = desk.client.get(f"{desk.url}/submit").text
    assert "3 members become absent" in page
    assert "Ben Okoro" in page
    assert desk.submit()[0] == 303
    assert sorted(desk.rows("SELECT status FROM attendance_mark")) == [("A",), ("A",), ("A",), ("P",)]
    assert "submitted" in desk.client.get(desk.url).text


def test_double_tap_on_submit_gets_the_same_answer(desk: Desk) -> None:
    assert desk.submit()[0] == 303
    assert desk.submit()[0] == 303
    assert desk.rows("SELECT version FROM attendance_record") == [(1,)]


def test_submission_before_the_meeting_is_refused(desk: Desk) -> None:
    desk.world.clock.move_to(datetime(2026, 11, 24, 6, 30, tzinfo=UTC))
    status, page = desk.submit()
    assert (status, "The meeting has not begun" in page) == (422, True)


def test_correction_after_submission_takes_a_reason(desk: Desk) -> None:
    desk.submit()
    status, page = desk.mark(desk.ana, status="P", seen_version="1")
    assert (status, "Say in a few words why" in page) == (422, True)
    assert desk.mark(desk.ana, status="P", seen_version="1", reason="She was there.")[0] == 303
    assert desk.rows("SELECT reason FROM ledger_reason") == [("She was there.",)]


@pytest.mark.parametrize(("reason", "status"), [("", 422), (BIG, 422), ("Two names were swapped.", 303)])
def test_reopening_takes_a_reason_of_a_readable_length(desk: Desk, reason: str, status: int) -> None:
    desk.submit()
    answer = desk.client.post(
        f"{desk.url}/reopen", data={"reason": reason, "seen_version": "1", "form_token": "r"}
    )
    assert answer.status_code == status
    state = "reopened" if status == 303 else "submitted"
    assert desk.rows("SELECT state FROM attendance_record") == [(state,)]


def test_stale_reopening_says_so(desk: Desk) -> None:
    desk.submit()
    answer = desk.client.post(
        f"{desk.url}/reopen", data={"reason": "Why", "seen_version": "0", "form_token": "r"}
    )
    assert answer.status_code == 422
    assert "Somebody else changed this meanwhile" in answer.text


def test_member_sees_the_own_mark_and_no_colleagues_lateness(desk: Desk) -> None:
    desk.mark(desk.ana, status="P")
    desk.mark(desk.ben, status="L")
    page = desk.world.client(desk.ana).get(desk.url).text
    assert "Present, on time" in page
    assert "2 of 4" in page
    assert "Ben Okoro" not in page
    assert "Late" not in page


@pytest.mark.parametrize("office", list(Office))
def test_every_officer_may_keep_the_record_and_only_some_see_histories(desk: Desk, office: Office) -> None:
    officer = desk.world.member(desk.group, "Olga Officer", offices=[office])
    client = desk.world.client(officer)
    page = client.get(desk.url)
    assert (page.status_code, "letter-button" in page.text) == (200, True)
    sees_histories = f"/attendance/members/{desk.ana.public_id}" in page.text
    assert sees_histories is (office not in {Office.MENTOR, Office.EDUCATION})
    answer = client.post(
        f"{desk.url}/members/{desk.ana.public_id}", data={"status": "P", "seen_version": "0"}
    )
    assert answer.status_code == 303


@pytest.mark.parametrize("office", list(Office))
def test_every_officer_may_submit_a_record_and_the_leaders_are_asked_to(desk: Desk, office: Office) -> None:
    officer = desk.world.client(desk.world.member(desk.group, "Olga Officer", offices=[office]))
    desk.world.pass_time(days=1)
    assert officer.get(f"{desk.url}/submit").status_code == 200
    is_asked = "Submit the record of the meeting" in officer.get("/g/harbour/").text
    assert is_asked is (office in LEADERS)


def test_a_tap_is_taken_back_in_one(desk: Desk) -> None:
    desk.mark(desk.ana, status="A")
    assert desk.mark(desk.ana, status="P", seen_version="1", arrived="06:55")[0] == 303
    page = desk.client.get(desk.url).text
    assert "Ana Sousa: P, 06:55" in page
    assert f'action="{desk.url}/undo"' in page
    assert desk.client.post(f"{desk.url}/undo").status_code == 303
    assert "Ana Sousa is as before." in desk.client.get(desk.url).text
    assert desk.rows("SELECT status, version FROM attendance_mark") == [("A", 3)]
    assert f'action="{desk.url}/undo"' not in desk.client.get(desk.url).text


def test_the_cookie_of_a_tap_holds_what_stands_on_the_page_and_no_key(desk: Desk) -> None:
    desk.mark(desk.ana, status="S", substitute_name="Rita Lopes")
    desk.mark(desk.ana, status="P", seen_version="1")
    with desk.client.session_transaction() as kept:
        tap = kept["attendance.tap"]
    assert tap == {"meeting": desk.meeting.public_id, "member": desk.ana.public_id, "after": 2}


def test_a_tap_that_somebody_wrote_over_is_not_taken_back(desk: Desk) -> None:
    desk.mark(desk.ana, status="P")
    other = desk.world.client(desk.host)
    other.post(f"{desk.url}/members/{desk.ana.public_id}", data={"status": "L", "seen_version": "1"})
    assert f'action="{desk.url}/undo"' not in desk.client.get(desk.url).text
    desk.client.post(f"{desk.url}/undo")
    assert "Somebody else changed this meanwhile" in desk.client.get(desk.url).text
    assert desk.rows("SELECT status FROM attendance_mark") == [("L",)]


def test_heads_and_names_that_differ_are_said_and_block_nothing(desk: Desk) -> None:
    desk.mark(desk.ana, status="P")
    shown = ",".join(one.public_id for one in (desk.leader, desk.host, desk.ben))
    data = {"seen_version": "0", "shown": shown, "form_token": "t", "head_count": "3"}
    assert desk.client.post(f"{desk.url}/submit", data=data).status_code == 303
    page = desk.client.get(desk.url).text
    assert "You counted 3 in the room, and the record has 1 member or substitute there." in page
    assert "Counted in the room: 3." in page


@pytest.mark.parametrize("counted", ["-1", "2001", "many"])
def test_a_head_count_that_is_none_is_refused(desk: Desk, counted: str) -> None:
    shown = ",".join(one.public_id for one in (desk.leader, desk.host, desk.ana, desk.ben))
    data = {"seen_version": "0", "shown": shown, "form_token": "t", "head_count": counted}
    assert desk.client.post(f"{desk.url}/submit", data=data).status_code == 422
    assert desk.rows("SELECT state FROM attendance_record") == []


@pytest.mark.parametrize("path", ["", "/submit", "/reopen", "/numbers", "/members/x"])
def test_another_groups_meeting_is_the_one_404(desk: Desk, path: str) -> None:
    mill = desk.world.group("mill")
    theirs = desk.world.meeting(mill, date(2026, 11, 26))
    address = f"/g/harbour/attendance/meetings/{theirs.public_id}{path}"
    answer = desk.client.get(address)
    missing = desk.client.get("/g/harbour/attendance/meetings/nothing")
    assert (answer.status_code, missing.status_code) == (404, 404)
    assert answer.text == missing.text


def test_another_groups_member_in_the_address_is_the_one_404(desk: Desk) -> None:
    theirs = desk.world.member(desk.world.group("mill"))
    assert desk.client.post(f"{desk.url}/members/{theirs.public_id}", data={"status": "P"}).status_code == 404
    assert desk.client.get(f"/g/harbour/attendance/members/{theirs.public_id}").status_code == 404


def test_numbers_are_fetched_again_only_when_something_happened(desk: Desk) -> None:
    first = desk.client.get(f"{desk.url}/numbers")
    etag = first.headers["ETag"]
    assert desk.client.get(f"{desk.url}/numbers", headers={"If-None-Match": etag}).status_code == 304
    desk.mark(desk.ana, status="P")
    again = desk.client.get(f"{desk.url}/numbers", headers={"If-None-Match": etag})
    assert again.status_code == 200
    assert "1 of 4" in again.text
