"""The sheet on paper and the page on which it is typed in.

For 26 members all with a time, three digits and Enter each, the sheet takes 26 × 4 = 104 keys and Enter on the button: 105.
"""

import re
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from app.core.groups.queries import MemberLine
from app.plugins.attendance.domain.answers import Intent
from tests.support.meeting_room import Room
from tests.support.world import World

AFTER = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


class Paper(Room):
    """The room after a meeting that was kept on paper."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        world.clock.move_to(AFTER)
        self.url = f"/g/harbour/attendance/meetings/{self.meeting.public_id}"
        self.desk: FlaskClient = world.client(self.leader)

    def enter(self, *lines: tuple[MemberLine, str], **more: str) -> tuple[int, str]:
        data = {f"typed-{member.public_id}": text for member, text in lines}
        answer = self.desk.post(f"{self.url}/entry", data=data | more)
        return answer.status_code, answer.text


@pytest.fixture
def paper(world: World) -> Paper:
    return Paper(world)


def test_sheet_and_entry_have_the_same_numbers_and_order(paper: Paper) -> None:
    sheet = paper.desk.get(f"{paper.url}/sheet").text
    entry = paper.desk.get(f"{paper.url}/entry").text
    names = ["Ines Carvalho", "Ben Okoro", "Ana Sousa"]
    on_paper = re.findall(r'<td class="sheet-number">(\d+)</td><th scope="row"><bdi>([^<]+)', sheet)
    typed = re.findall(r'<span class="entry-number" aria-hidden="true">(\d+)</span>.*?<bdi>([^<]+)', entry)
    assert on_paper == typed == [(str(number), name) for number, name in enumerate(names, start=1)]
    assert "Harbour Referrals" in sheet
    assert "@" not in sheet


def test_the_sheet_names_the_substitute_that_was_announced(paper: Paper) -> None:
    work = paper.world.work()
    work.session.connection().exec_driver_sql(
        "INSERT INTO attendance_answer (group_id, meeting_id, member_id, answer, substitute_name, note, "
        "for_starts_at_utc, via, said_at_utc, version) SELECT m.group_id, m.id, "
        f"{paper.ana.id}, '{Intent.SUBSTITUTE.value}', 'Rita Lopes', '', m.starts_at_utc, 'page', "
        f"m.starts_at_utc, 1 FROM meeting m WHERE m.id = {paper.meeting.id}"
    )
    work.commit()
    assert "Rita Lopes" in paper.desk.get(f"{paper.url}/sheet").text
    assert paper.enter((paper.ana, "s"))[0] == 303
    assert paper.line(paper.ana).mark.substitute_name == "Rita Lopes"


def test_the_sheet_is_typed_and_written(paper: Paper) -> None:
    status, _page = paper.enter((paper.ana, "652"), (paper.ben, "7.10"), rest_absent="y")
    assert status == 303
    assert "3 lines are written." in paper.desk.get(paper.url).text
    assert [line.mark.status for line in paper.roster.lines] == ["A", "L", "P"]


def test_problems_come_at_once_and_what_was_typed_stays(paper: Paper) -> None:
    status, page = paper.enter((paper.ana, "6:99"), (paper.ben, "<b>x"), (paper.leader, "652"))
    assert status == 422
    assert page.count("neither a time (6:52) nor a letter") == 2
    assert 'value="6:99"' in page
    assert 'value="&lt;b&gt;x"' in page
    assert 'value="652"' in page
    assert paper.world.rows("attendance_mark") == 0


def test_typed_by_two_people_equal_lines_stay_and_others_are_shown_side_by_side(paper: Paper) -> None:
    paper.enter((paper.ana, "652"), (paper.ben, "p"))
    status, page = paper.enter((paper.ana, "7:10"), (paper.ben, "p"))
    assert (status, "stands P 06:52, typed L 07:10" in page) == (422, True)
    assert 'value="7:10"' in page
    seen = {f"seen-{paper.ana.public_id}": "1"}
    assert paper.enter((paper.ana, "7:10"), (paper.ben, "p"), **seen)[0] == 303
    assert paper.letter(paper.ana) == "P"
    assert paper.enter((paper.ana, "7:10"), over=paper.ana.public_id, **seen)[0] == 303
    assert paper.letter(paper.ana) == "L"


def test_typed_again_it_says_that_nothing_had_to_be_written(paper: Paper) -> None:
    paper.enter((paper.ana, "652"))
    assert paper.enter((paper.ana, "6.52"))[0] == 303
    assert "Nothing had to be written" in paper.desk.get(paper.url).text


@pytest.mark.parametrize("text", ["x" * 100_000, "\x01", "٩٩:٩٩", "🙂"])
def test_what_nobody_can_read_is_a_problem_of_its_line(paper: Paper, text: str) -> None:
    assert paper.enter((paper.ana, text))[0] == 422
    assert paper.world.rows("attendance_mark") == 0


def test_a_submitted_record_says_to_reopen_it(paper: Paper) -> None:
    paper.submit(paper.leader, paper.ana, paper.ben)
    status, page = paper.enter((paper.ana, "652"))
    assert (status, "The record is submitted. Reopen it" in page) == (422, True)


@pytest.mark.parametrize("path", ["sheet", "entry"])
def test_members_strangers_and_other_groups_see_no_sheet(paper: Paper, path: str) -> None:
    assert paper.world.client(paper.ana).get(f"{paper.url}/{path}").status_code == 403
    assert paper.world.client().get(f"{paper.url}/{path}").status_code == 303
    theirs = paper.world.meeting(paper.world.group("mill"))
    address = f"/g/harbour/attendance/meetings/{theirs.public_id}/{path}"
    assert paper.desk.get(address).status_code == 404
