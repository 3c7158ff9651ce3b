"""The pages of excuses and leave: the member asks, an office decides, and a colleague or a stranger sees nothing."""

import re
from datetime import UTC, datetime

import pytest

from app.core.groups.domain.office import Office
from app.core.groups.queries import MemberLine
from tests.support.world import World

DURING = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)
HERE = "/g/harbour/attendance"


class Away:
    """A meeting that is on, a member who asks, and everybody who may or may not know of it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.group = world.group()
        self.leader = world.member(self.group, "Ines Carvalho", offices=[Office.PRESIDENT])
        self.committee = world.member(self.group, "Mia Committee", offices=[Office.MEMBERSHIP_COMMITTEE])
        self.host = world.member(self.group, "Hugo Host", offices=[Office.VISITOR_HOST])
        self.ana = world.member(self.group, "Ana Sousa")
        self.ben = world.member(self.group, "Ben Okoro")
        self.meeting = world.meeting(self.group)
        world.clock.move_to(DURING)

    def post(self, who: MemberLine | None, path: str, **fields: str) -> tuple[int, str]:
        answer = self.world.client(who).post(
            f"{HERE}{path}", data={"form_token": f"{path}{fields}"[:60], **fields}
        )
        return answer.status_code, answer.text

    def get(self, who: MemberLine | None, path: str) -> tuple[int, str]:
        answer = self.world.client(who).get(f"{HERE}{path}")
        return answer.status_code, answer.text

    def ask_excuse(self, **fields: str) -> tuple[int, str]:
        given = {"meeting": self.meeting.public_id, "kind": "bereavement", "note": "My uncle died.", **fields}
        return self.post(self.ana, "/away/excuse", **given)

    def ask_leave(self, **fields: str) -> tuple[int, str]:
        given = {"kind": "family", "first_day": "2026-11-20", "last_day": "2026-12-20", **fields}
        return self.post(self.ana, "/away/leave", **given)

    def first_id(self, table: str) -> str:
        session = self.world.work().session
        found = session.connection().exec_driver_sql(f"SELECT public_id FROM {table}").scalars().first()
        session.rollback()
        return str(found)


@pytest.fixture
def away(world: World) -> Away:
    return Away(world)


def test_member_asks_and_sees_how_it_stands(away: Away) -> None:
    assert away.ask_excuse()[0] == 303
    page = away.get(away.ana, "/away")[1]
    assert "waits for a decision" in page
    assert "My uncle died." in page


def test_office_finds_the_task_decides_and_the_member_reads_the_word(away: Away) -> None:
    away.ask_excuse()
    assert "1 excuse waits for a decision" in away.world.client(away.committee).get("/g/harbour/").text
    desk = away.get(away.committee, "/deciding")[1]
    link = re.search(r'href="([^"]*/deciding/excuses/[^"]+)"', desk)
    assert link is not None
    path = link[1].removeprefix(HERE)
    assert away.get(away.committee, path)[0] == 200
    assert away.post(away.committee, path, decision="no")[0] == 422
    assert away.post(away.committee, path, decision="yes", word="With sympathy.")[0] == 303
    assert "With sympathy." in away.get(away.ana, "/away")[1]
    assert (
        "Your excuse for 24 November 2026 is approved"
        in away.world.client(away.ana).get("/g/harbour/notices").text
    )
    assert "excuse waits" not in away.world.client(away.committee).get("/g/harbour/").text


def test_leave_is_asked_approved_and_shown_where_offices_look(away: Away) -> None:
    assert away.ask_leave()[0] == 303
    path = f"/deciding/leaves/{away.first_id('attendance_leave')}"
    assert away.post(away.leader, path, decision="yes")[0] == 303
    record = away.get(away.leader, f"/meetings/{away.meeting.public_id}")[1]
    assert "on leave" in record
    submit = away.get(away.leader, f"/meetings/{away.meeting.public_id}/submit")[1]
    assert "1 member is on leave" in submit
    assert "4 members become absent" in submit
    assert "Ana Sousa" in away.get(away.leader, f"/meetings/{away.meeting.public_id}?show=leave")[1]
    expected = away.world.client(away.host).get(f"/g/harbour/meetings/{away.meeting.public_id}").text
    assert "On leave" in expected


def test_overlap_is_said_with_both_leaves(away: Away) -> None:
    away.ask_leave()
    status, page = away.ask_leave(first_day="2026-12-20", last_day="2027-01-05")
    assert status == 422
    assert "20 December 2026 to 5 January 2027" in page
    assert "20 November 2026 to 20 December 2026" in page


def test_leave_beyond_the_usual_weeks_is_said_and_kept(away: Away) -> None:
    status, _page = away.ask_leave(last_day="2027-03-01")
    assert status == 303
    assert "longer than the usual 8 weeks" in away.get(away.committee, "/deciding")[1]


def test_office_enters_both_for_a_member(away: Away) -> None:
    fields = {"member": away.ben.public_id, "kind": "illness", "meeting": away.meeting.public_id, "note": ""}
    assert away.post(away.leader, "/deciding/enter-excuse", **fields)[0] == 303
    days = {
        "member": away.ben.public_id,
        "kind": "medical",
        "first_day": "2026-11-01",
        "last_day": "2026-11-30",
    }
    assert away.post(away.leader, "/deciding/enter-leave", **days)[0] == 303
    page = away.get(away.ben, "/away")[1]
    assert page.count("entered by an officer") == 2
    assert away.post(away.leader, "/deciding/enter-leave", kind="medical")[0] == 422
    assert away.post(away.leader, "/deciding/enter-excuse", kind="illness")[0] == 422


def test_own_leave_ends_earlier_and_a_colleague_cannot_end_it(away: Away) -> None:
    away.ask_leave()
    leave = away.first_id("attendance_leave")
    away.post(away.leader, f"/deciding/leaves/{leave}", decision="yes")
    assert away.get(away.ben, f"/away/leaves/{leave}/over")[0] == 404
    assert away.get(away.host, f"/away/leaves/{leave}/over")[0] == 404
    assert away.get(away.ana, f"/away/leaves/{leave}/over")[0] == 200
    fields = {"last_day": "2026-11-30", "seen_version": "2"}
    assert away.post(away.ana, f"/away/leaves/{leave}/over", **fields)[0] == 303
    assert "(asked until 20 Dec 2026)" in away.get(away.ana, "/away")[1]


def test_what_waits_is_withdrawn_with_one_press(away: Away) -> None:
    away.ask_excuse()
    away.ask_leave()
    excuse, leave = away.first_id("attendance_excuse"), away.first_id("attendance_leave")
    assert away.post(away.ben, f"/away/excuses/{excuse}/back")[0] == 404
    assert away.post(away.ana, f"/away/excuses/{excuse}/back")[0] == 303
    assert away.post(away.ana, f"/away/leaves/{leave}/back")[0] == 303
    assert away.get(away.ana, "/away")[1].count("withdrawn") >= 2


@pytest.mark.parametrize("decided", [False, True])
def test_colleague_host_and_stranger_see_nothing_of_excuse_and_leave(away: Away, decided: bool) -> None:
    away.ask_excuse()
    away.ask_leave()
    excuse, leave = away.first_id("attendance_excuse"), away.first_id("attendance_leave")
    if decided:
        away.post(away.leader, f"/deciding/excuses/{excuse}", decision="yes", word="So sorry.")
        away.post(away.leader, f"/deciding/leaves/{leave}", decision="yes", word="Take your time.")
    shut = ["/deciding", f"/deciding/excuses/{excuse}", f"/deciding/leaves/{leave}", "/deciding/enter-leave"]
    for who in (away.ben, away.host):
        assert [away.get(who, path)[0] for path in shut] == [403] * 4
    assert {away.get(None, path)[0] for path in [*shut, "/away"]} <= {302, 303, 401, 403, 404}
    pages = [
        away.get(away.ben, "/away")[1],
        away.get(away.ben, f"/meetings/{away.meeting.public_id}")[1],
        away.world.client(away.ben).get("/g/harbour/").text,
        away.world.client(away.ben).get(f"/g/harbour/members/{away.ana.public_id}").text,
        away.world.client(away.ben).get(f"/g/harbour/meetings/{away.meeting.public_id}").text,
    ]
    for secret in ("My uncle", "ereavement", "on leave", "Family leave", "So sorry", "Take your time"):
        assert not any(secret in page for page in pages)
