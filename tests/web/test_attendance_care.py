"""The pages of care: the member first and alone, then the right office in confidence; colleagues and strangers nothing."""

import re
from datetime import timedelta

import pytest

from app.core.groups.domain.office import Office
from app.core.groups.queries import MemberLine
from tests.support.chapter import LAST_DAY, Chapter
from tests.support.world import World

HERE = "/g/harbour/attendance"


class Desk(Chapter):
    """The chapter with everybody who may look at its pages."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.secretary = world.member(
            self.group,
            "Sam Secretary",
            offices=[Office.SECRETARY_TREASURER],
            joined=LAST_DAY - timedelta(days=3),
        )
        self.ben = world.member(self.group, "Ben Okoro", joined=LAST_DAY - timedelta(days=3))

    def get(self, who: MemberLine | None, path: str) -> tuple[int, str]:
        answer = self.world.client(who).get(f"{HERE}{path}")
        return answer.status_code, answer.text

    def post(self, who: MemberLine, path: str, **fields: str) -> tuple[int, str]:
        answer = self.world.client(who).post(f"{HERE}{path}", data=fields)
        return answer.status_code, answer.text

    def home(self, who: MemberLine) -> str:
        return self.world.client(who).get("/g/harbour/").text

    @property
    def talk(self) -> str:
        return f"/care/conversations/{self.care().public_id}"


@pytest.fixture
def office(world: World) -> Desk:
    with world.app.app_context():
        made = Desk(world)
        made.miss_three()
    return made


def test_member_reads_a_kind_private_line_with_its_date(office: Desk) -> None:
    home = office.home(office.ana)
    assert "You missed 3 meetings in the last 26 weeks." in home
    assert "Only you see this line." in home
    page = office.get(office.ana, "/coming")[1]
    assert "You are told of this before anybody else." in page
    assert re.search(r"Until .*27 November 2026", page)


def test_office_sees_it_only_after_the_member_looked(office: Desk) -> None:
    assert "Nobody needs a word" in office.get(office.committee, "/care")[1]
    assert office.get(office.committee, office.talk)[0] == 404
    assert office.post(office.ana, "/coming/seen")[0] == 303
    assert "1 member may need a friendly word" in office.home(office.committee)
    assert "Ana Sousa" in office.get(office.committee, "/care")[1]
    page = office.get(office.committee, office.talk)[1]
    assert "because Ana looked at it then" in page
    assert "How are you, Ana?" in page


def test_page_says_where_three_days_opened_it(office: Desk) -> None:
    office.world.pass_time(days=3)
    with office.world.app.app_context():
        office.look()
    assert "three days after Ana was told" in office.get(office.committee, office.talk)[1]


def test_call_note_letter_and_closing_with_a_reason(office: Desk) -> None:
    office.post(office.ana, "/coming/seen")
    day = f"{office.world.now:%Y-%m-%d}"
    call = {"step": "call", "done_on": day, "note": "She sounded tired.", "version": "2"}
    assert office.post(office.committee, office.talk, **call)[0] == 303
    note = {"step": "note", "done_on": day, "subject": "We miss you", "body": "Dear <Ana>", "version": "3"}
    assert office.post(office.committee, office.talk, **note)[0] == 303
    desk = office.get(office.committee, office.talk)[1]
    assert "Private: She sounded tired." in desk
    assert "Next: Letter" in desk
    assert "may be reviewed" in desk
    own = office.get(office.ana, "/coming")[1]
    assert "Dear &lt;Ana&gt;" in own
    assert "She sounded tired" not in own
    assert office.post(office.committee, f"{office.talk}/close", reason="", version="4")[0] == 422
    assert office.post(office.committee, f"{office.talk}/close", reason="All well.", version="4")[0] == 303
    assert "All well." in office.get(office.committee, office.talk)[1]
    assert "All well." not in office.get(office.ana, "/coming")[1]
    assert "may need a friendly word" not in office.home(office.committee)


def test_step_out_of_order_or_over_a_stale_page_is_refused_and_keeps_what_was_written(
    office: Desk,
) -> None:
    office.post(office.ana, "/coming/seen")
    day = f"{office.world.now:%Y-%m-%d}"
    letter = {"step": "letter", "done_on": day, "subject": "A", "body": "B", "version": "2"}
    status, page = office.post(office.committee, office.talk, **letter)
    assert (status, "A friendly call comes first" in page) == (422, True)
    stale = {"step": "call", "done_on": day, "note": "My own words.", "version": "1"}
    status, page = office.post(office.committee, office.talk, **stale)
    assert (status, "Somebody else changed this" in page, "My own words." in page) == (422, True, True)


def test_colleague_stranger_and_the_wrong_office_see_nothing(office: Desk) -> None:
    office.post(office.ana, "/coming/seen")
    shut = ["/care", office.talk, "/care/words/call", "/care/numbers"]
    for who in (office.ben, office.secretary, office.ana):
        assert [office.get(who, path)[0] for path in shut] == [403] * 4
    assert {office.get(None, path)[0] for path in [*shut, "/coming"]} <= {302, 303, 401, 403, 404}
    assert office.get(office.leader, office.talk)[0] == 404
    assert "Ana Sousa" not in office.get(office.leader, "/care")[1]
    pages = [
        office.home(office.ben),
        office.get(office.ben, "/coming")[1],
        office.world.client(office.ben).get(f"/g/harbour/members/{office.ana.public_id}").text,
        office.home(office.leader),
    ]
    assert not any("missed 3" in page or "friendly word" in page for page in pages)


def test_words_are_kept_shown_filled_in_and_refused_with_unknown_places(office: Desk) -> None:
    status, page = office.get(office.committee, "/care/words/note")
    assert (status, "Dear Ana" in page) == (200, True)
    wrong = {"subject": "Hello {name}", "body": "x", "version": "0"}
    status, page = office.post(office.committee, "/care/words/note", **wrong)
    assert (status, "{name} cannot be filled in" in page) == (422, True)
    own = {"subject": "Hello {first_name}", "body": "<b>{group}</b>", "version": "0"}
    assert office.post(office.committee, "/care/words/note", **own)[0] == 303
    page = office.get(office.committee, "/care/words/note")[1]
    assert "&lt;b&gt;Harbour Referrals&lt;/b&gt;" in page
    status, page = office.post(office.committee, "/care/words/note", **{**own, "subject": "Late"})
    assert (status, "What stands now" in page, "Late" in page) == (422, True, True)
    assert office.get(office.committee, "/care/words/telegram")[0] == 404


def test_numbers_are_kept_and_nonsense_is_said_beside_its_field(office: Desk) -> None:
    usual = {
        "absences": "4",
        "absences_weeks": "26",
        "lates": "4",
        "lates_weeks": "8",
        "good_meetings": "20",
        "good_percent": "90",
        "drop_weeks": "8",
        "drop_meetings": "4",
        "drop_percent": "60",
        "leave_weeks": "8",
        "version": "0",
    }
    assert office.post(office.committee, "/care/numbers", **{**usual, "absences": "0"})[0] == 422
    assert office.post(office.committee, "/care/numbers", **usual)[0] == 303
    assert 'value="4"' in office.get(office.committee, "/care/numbers")[1]
