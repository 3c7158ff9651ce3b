"""Planned substitutes come with one tap, late ones are said; leaving early is beside the letter and undone in one."""

import re
from datetime import UTC, datetime

import pytest

from app.core.groups.domain.office import Office
from app.core.groups.queries import MemberLine
from app.plugins.attendance.domain.answers import Intent, Said, Via
from app.plugins.attendance.services.answering import AnswerMeeting, answer_meeting
from app.plugins.attendance.services.leave import AskLeave, ask_leave
from tests.support.world import World

STEWARD = "/door/harbour/attendance/steward"
BEFORE = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
DURING = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)
AFTERWARDS = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


class Leaving:
    """A meeting that is on, to which Rita comes for Ana."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.group = world.group()
        self.leader = world.member(self.group, "Ines Carvalho", offices=[Office.PRESIDENT])
        self.ana = world.member(self.group, "Ana Sousa")
        self.ben = world.member(self.group, "Ben Okoro")
        self.meeting = world.meeting(self.group)
        self.url = f"/g/harbour/attendance/meetings/{self.meeting.public_id}"
        world.clock.move_to(BEFORE)
        said = Said(
            member_id=self.ana.id,
            intent=Intent.SUBSTITUTE,
            via=Via.PAGE,
            substitute_name="Rita Melo",
            said_by=self.ana.id,
        )
        answer_meeting(
            world.work(self.ana),
            AnswerMeeting(group_id=self.group.id, meeting_public_id=self.meeting.public_id, said=said),
        )
        world.clock.move_to(DURING)
        self.client = world.client(self.leader)

    def post(self, member: MemberLine, act: str = "", **fields: str) -> tuple[int, str]:
        answer = self.client.post(f"{self.url}/members/{member.public_id}{act}", data=fields)
        return answer.status_code, answer.text

    def came(self, seen: str = "0") -> tuple[int, str]:
        tap = {"status": "S", "substitute_name": "Rita Melo", "just_now": "1", "seen_version": seen}
        return self.post(self.ana, **tap)

    def rows(self, columns: str, member: MemberLine) -> tuple[object, ...]:
        session = self.world.work().session
        found = session.connection().exec_driver_sql(
            f"SELECT {columns} FROM attendance_mark WHERE member_id = {member.id}"
        )
        row = tuple(found.one())
        session.rollback()
        return row

    def here(self, member: MemberLine) -> None:
        assert self.post(member, status="P", arrived="06:55", seen_version="0")[0] == 303


@pytest.fixture
def leaving(world: World) -> Leaving:
    return Leaving(world)


def test_announced_substitute_is_one_tap_on_the_record(leaving: Leaving) -> None:
    page = leaving.client.get(leaving.url).text
    assert "Rita Melo came for Ana" in page
    assert leaving.came()[0] == 303
    assert leaving.rows("status, version", leaving.ana) == ("S", 1)
    page = leaving.client.get(leaving.url).text
    assert "Rita Melo came for Ana" not in page
    assert "after the cut-off" in page


def test_a_double_tap_on_the_substitute_is_one(leaving: Leaving) -> None:
    leaving.came()
    leaving.world.pass_time(seconds=3)
    assert leaving.came()[0] == 303
    assert leaving.rows("status, version", leaving.ana) == ("S", 1)


def test_substitute_on_time_is_not_called_late(leaving: Leaving) -> None:
    leaving.world.clock.move_to(datetime(2026, 11, 24, 6, 50, tzinfo=UTC))
    leaving.came()
    assert "after the cut-off" not in leaving.client.get(leaving.url).text


def test_substitute_after_the_meeting_has_no_time(leaving: Leaving) -> None:
    leaving.world.clock.move_to(AFTERWARDS)
    assert leaving.came()[0] == 303
    assert leaving.rows("status, arrived_at_utc", leaving.ana) == ("S", None)


def test_time_of_a_substitute_can_be_given_on_the_marks_page(leaving: Leaving) -> None:
    fields = {"status": "S", "substitute_name": "Rita Melo", "arrived": "07:12", "seen_version": "0"}
    assert leaving.post(leaving.ana, **fields)[0] == 303
    history = leaving.world.client(leaving.ana).get("/g/harbour/attendance/mine").text
    assert "12 minutes after the cut-off" in history


def test_sheet_offers_the_announced_substitute_as_a_tick(leaving: Leaving) -> None:
    page = leaving.client.get(f"{leaving.url}/entry").text
    assert "Rita Melo came for Ana" in page
    data = {"came": leaving.ana.public_id, "form_token": "sheet-1"}
    assert leaving.client.post(f"{leaving.url}/entry", data=data).status_code == 303
    assert leaving.rows("status", leaving.ana) == ("S",)


def test_leaving_early_is_one_tap_and_undone_in_one(leaving: Leaving) -> None:
    leaving.here(leaving.ben)
    assert "Ben leaves early" in leaving.client.get(leaving.url).text
    assert leaving.post(leaving.ben, "/left-early", when="now", seen_version="1")[0] == 303
    status, left = leaving.rows("status, left_early_at_utc", leaving.ben)
    assert status == "P"
    assert left is not None
    assert "left 07:30" in leaving.client.get(leaving.url).text
    assert leaving.post(leaving.ben, "/left-early", when="not", seen_version="2")[0] == 303
    assert leaving.rows("status, left_early_at_utc", leaving.ben) == ("P", None)
    leaving.world.assert_ledger_whole(leaving.group)


def test_stale_or_impossible_leaving_is_refused(leaving: Leaving) -> None:
    leaving.here(leaving.ben)
    for fields, said in (
        ({"when": "now", "seen_version": "0"}, "changed this meanwhile"),
        ({"when": "at", "left": "06:40", "seen_version": "1"}, "after the arrival and before the end"),
        ({"when": "at", "left": "08:20", "seen_version": "1"}, "after the arrival and before the end"),
        ({"when": "at", "left": "noon", "seen_version": "1"}, "Give the time like this"),
    ):
        status, page = leaving.post(leaving.ben, "/left-early", **fields)
        assert (status, said in page) == (422, True), (fields, page[:3000])
    status, page = leaving.post(leaving.ana, "/left-early", when="now", seen_version="0")
    assert (status, "cannot have left early" in page) == (422, True)
    assert leaving.rows("left_early_at_utc", leaving.ben) == (None,)


def test_leaving_early_after_submission_takes_a_reason(leaving: Leaving) -> None:
    leaving.here(leaving.ben)
    shown = ",".join(one.public_id for one in (leaving.leader, leaving.ana))
    data = {"seen_version": "0", "shown": shown, "form_token": "submit-1"}
    assert leaving.client.post(f"{leaving.url}/submit", data=data).status_code == 303
    fields = {"when": "at", "left": "07:10", "seen_version": "1"}
    status, page = leaving.post(leaving.ben, "/left-early", **fields)
    assert (status, "Say in a few words why" in page) == (422, True)
    assert leaving.post(leaving.ben, "/left-early", reason="He had a train.", **fields)[0] == 303


def test_leaving_early_is_shown_on_grid_history_and_exports(leaving: Leaving) -> None:
    leaving.here(leaving.ben)
    leaving.post(leaving.ben, "/left-early", when="now", seen_version="1")
    grid = leaving.client.get("/g/harbour/attendance/").text
    assert 'P<sup aria-hidden="true" title="left early">←</sup><span class="unseen"> left early' in grid
    assert "← marks somebody who left before the end." in grid
    assert "P, left early" in leaving.client.get("/g/harbour/attendance/grid.csv").text
    own = leaving.world.client(leaving.ben)
    assert "left early at 07:30" in own.get("/g/harbour/attendance/mine").text
    assert "07:30" in own.get("/g/harbour/attendance/mine.csv").text


def test_absent_letter_over_it_hides_the_leaving_and_taking_that_back_restores_both(
    leaving: Leaving,
) -> None:
    leaving.here(leaving.ben)
    leaving.post(leaving.ben, "/left-early", when="now", seen_version="1")
    leaving.post(leaving.ben, status="A", seen_version="2")
    assert "left 07:30" not in leaving.client.get(leaving.url).text
    assert "left early" not in leaving.client.get("/g/harbour/attendance/grid.csv").text
    assert "left early" not in leaving.world.client(leaving.ben).get("/g/harbour/attendance/mine").text
    assert leaving.client.post(f"{leaving.url}/undo").status_code == 303
    assert "left 07:30" in leaving.client.get(leaving.url).text


def test_colleague_cannot_note_it_and_sees_none_of_it(leaving: Leaving) -> None:
    leaving.here(leaving.ben)
    leaving.post(leaving.ben, "/left-early", when="now", seen_version="1")
    colleague = leaving.world.client(leaving.ana)
    tap = f"{leaving.url}/members/{leaving.ben.public_id}/left-early"
    assert colleague.post(tap, data={"when": "not", "seen_version": "2"}).status_code == 403
    assert "left" not in colleague.get(leaving.url).text.lower().replace("left-early", "")


def test_steward_has_the_same_taps_and_sees_no_leave(leaving: Leaving) -> None:
    link = leaving.client.post(f"{leaving.url}/stewards", data={"form_token": "steward"}).location
    page = leaving.client.get(str(link)).text
    found = re.search(r'value="[^"]*(/visit/harbour/attendance/steward/[^"]+)"', page)
    assert found is not None
    phone = leaving.world.client()
    assert phone.post(found[1]).status_code == 303
    ask_leave(
        leaving.world.work(leaving.leader),
        AskLeave(
            group_id=leaving.group.id,
            member_id=leaving.ben.id,
            asked_by=leaving.leader.id,
            kind="medical",
            first_day=leaving.meeting.local_date,
            last_day=leaving.meeting.local_date,
            note="",
        ),
    )
    assert "Rita Melo came for Ana" in phone.get(STEWARD).text
    tap = {"status": "S", "substitute_name": "Rita Melo", "just_now": "1", "seen_version": "0"}
    assert phone.post(f"{STEWARD}/members/{leaving.ana.public_id}", data=tap).status_code == 303
    assert "Ana leaves early" in phone.get(STEWARD).text
    early = f"{STEWARD}/members/{leaving.ana.public_id}/left-early"
    assert phone.post(early, data={"when": "now", "seen_version": "1"}).status_code == 303
    assert "left 07:30" in phone.get(STEWARD).text
    pages = phone.get(STEWARD).text + phone.get(f"{STEWARD}/submit").text
    assert "Ben Okoro" in pages
    assert "leave</" not in pages
    assert "on leave" not in pages
