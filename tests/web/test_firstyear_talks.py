"""Pages of talks, leaving and handing on: what each of those concerned sees, and what nobody else does."""

from datetime import timedelta
from html import unescape

import pytest

from app.core.groups.domain.office import Office
from app.core.groups.services import end_membership
from app.plugins.attendance.services.leave import AskLeave, ask_leave
from app.plugins.firstyear.models import ExitRow, TalkRow
from app.plugins.firstyear.services.leaving import token_of
from tests.support.world import World
from tests.support.year import HERE, LONG_AGO, PLUGINS, TODAY, WORDS, Year


@pytest.fixture
def year(world: World) -> Year:
    return Year(world)


def test_sheet_is_for_the_two_and_the_office_sees_dates(year: Year) -> None:
    sheet = f"/talks/{year.talk()}"
    for who in (year.rui, year.committee):
        page = year.text(who, sheet)
        assert "Questions to choose from" in page
        assert "Meetings attended" in page
    assert "We have talked" in year.text(year.committee, sheet)
    assert "We have talked" not in year.text(year.rui, sheet)
    office = year.text(year.president, sheet)
    assert "Questions to choose from" not in office
    assert "Another day, or not at all" in office
    year.mentored()
    for who in (year.ana, year.other):
        assert year.get(who, sheet).status_code == 404
        for act in ("held", "later", "owner", "wishes"):
            assert year.post(who, f"{sheet}/{act}").status_code == 404
    assert year.post(year.president, f"{sheet}/held").status_code == 404
    assert year.post(year.rui, f"{sheet}/later").status_code == 404
    assert year.get(None, sheet).status_code == 303


@pytest.mark.parametrize(("seen_by", "second_reads"), [("two", False), ("committee", True)])
def test_words_are_read_by_the_two_and_by_the_committee_if_chosen(
    year: Year, seen_by: str, *, second_reads: bool
) -> None:
    second = year.world.member(
        year.group, "Vera Lima", offices=[Office.MEMBERSHIP_COMMITTEE], joined=LONG_AGO
    )
    assert year.held(seen_by=seen_by).status_code == 303
    sheet = f"/talks/{year.talk()}"
    assert WORDS in year.text(year.rui, sheet)
    assert WORDS in year.text(year.committee, sheet)
    assert (WORDS in year.text(second, sheet)) is second_reads
    assert (WORDS in year.text(second, "/talks")) is second_reads
    assert year.get(year.president, "/talks").status_code == 403
    president = year.text(year.president, sheet)
    assert WORDS not in president
    assert "It goes well" not in president


def test_refused_talk_keeps_what_was_typed(year: Year) -> None:
    answer = year.held(outcome="", held_on="2031-01-01")
    page = unescape(answer.text)
    assert answer.status_code == 422
    assert "Choose what came of the talk." in page
    assert "Give the day of the talk" in page
    assert WORDS in page
    stale = year.held(version="77")
    assert stale.status_code == 422
    assert "Somebody else changed this" in unescape(stale.text)


def test_talk_is_moved_left_out_and_given_to_somebody_else(year: Year) -> None:
    sheet = f"/talks/{year.talk()}"
    version = year.one(TalkRow.version, TalkRow.public_id == year.talk())
    nothing = year.post(year.president, f"{sheet}/later", what="later", until="", reason="", version=version)
    assert nothing.status_code == 422
    assert "Write a few words why" in unescape(nothing.text)
    moved = year.post(
        year.president, f"{sheet}/later", what="later", until="2027-03-08", reason="Abroad", version=version
    )
    assert moved.status_code == 303
    assert "Abroad" in year.text(year.rui, sheet)
    nobody = year.post(year.president, f"{sheet}/owner", owner=year.rui.public_id)
    assert nobody.status_code == 422
    assert year.post(year.president, f"{sheet}/owner", owner=year.other.public_id).status_code == 303
    assert "We have talked" in year.text(year.other, sheet)
    assert "Talks you hold" in year.text(year.other, "/")


def test_due_talk_is_a_task_of_its_owner_and_stands_on_the_console(year: Year) -> None:
    assert "Talk after three months: with Rui Almeida." not in year.home(year.committee)
    year.world.pass_time(days=80)
    year.run("put-in-order")
    assert "Talk after three months: with Rui Almeida." in year.home(year.committee)
    president = year.home(year.president)
    assert "Talk after three months: with Rui Almeida." not in president
    assert "about 24 Feb" in president
    assert "no one-to-one since joining" in president
    assert "no mentor yet" in president


def test_newcomer_on_leave_is_not_pointed_at_for_want_of_a_talk(year: Year) -> None:
    year.world.pass_time(days=30)
    assert "no one-to-one since joining" in year.home(year.president)
    work = year.world.work(year.president)
    ask_leave(
        work,
        AskLeave(
            group_id=year.group.id,
            member_id=year.rui.id,
            asked_by=year.president.id,
            kind="family",
            first_day=TODAY + timedelta(days=20),
            last_day=TODAY + timedelta(days=40),
            note="",
        ),
    )
    work.rollback()
    assert "no one-to-one since joining" not in year.home(year.president)


def test_member_says_what_they_want_from_the_next_year(year: Year) -> None:
    sheet = f"/talks/{year.talk('renewal')}"
    assert year.post(year.rui, f"{sheet}/wishes", wishes="More visits").status_code == 303
    assert "More visits" in year.text(year.committee, sheet)
    assert "More visits" not in year.text(year.president, sheet)
    assert year.post(year.committee, f"{sheet}/wishes", wishes="Mine").status_code == 404


def test_leaver_answers_by_link_and_leaders_alone_read_it(year: Year) -> None:
    work = year.world.work()
    end_membership(work, group_id=year.group.id, member_id=year.rui.id, last_day=TODAY, reason="left")
    work.commit()
    assert "asked after" in year.text(year.president, "/leavers")
    year.world.pass_time(days=4)
    year.run("ask-leavers")
    with year.world.app.app_context():
        token = token_of(year.group, year.one(ExitRow.public_id, ExitRow.member_id == year.rui.id))
    address = f"/visit/harbour/firstyear/question/{token}"
    stranger = year.world.client()
    assert "One question, Rui" in stranger.get(address).text
    long = stranger.post(address, data={"words": "x" * 2_001, "form_token": "a"})
    assert long.status_code == 422
    assert stranger.post(address, data={"words": "<i>The hour</i>", "form_token": "b"}).status_code == 303
    assert "Kept, thank you." in stranger.get(address).text
    assert "&lt;i&gt;The hour&lt;/i&gt;" in year.get(year.president, "/leavers").text
    for who in (year.committee, year.other, year.ana):
        assert year.get(who, "/leavers").status_code == 403
    assert stranger.get("/visit/harbour/firstyear/question/nonsense").status_code == 404
    assert stranger.get(address.replace("harbour", "mill")).status_code == 404
    year.world.pass_time(days=91)
    year.run("forget-leavers")
    assert stranger.get(address).status_code == 410


def test_leaders_say_that_nothing_is_asked(year: Year) -> None:
    work = year.world.work()
    end_membership(work, group_id=year.group.id, member_id=year.rui.id, last_day=TODAY, reason="left")
    work.commit()
    leaver = year.one(ExitRow.public_id, ExitRow.member_id == year.rui.id)
    assert year.post(year.committee, f"/leavers/{leaver}/nothing").status_code == 403
    assert year.post(year.president, f"/leavers/{leaver}/nothing").status_code == 303
    assert year.post(year.president, "/leavers/nobody/nothing").status_code == 404
    assert "not asked" in year.text(year.president, "/leavers")


def test_other_groups_know_nothing(year: Year) -> None:
    mill = year.world.group("mill", plugins=PLUGINS)
    leader = year.world.member(mill, offices=[Office.PRESIDENT], joined=LONG_AGO)
    client = year.world.client(leader)
    for path in (f"/newcomers/{year.stay}", f"/talks/{year.talk()}", f"/plans/{year.stay}"):
        assert client.get(f"/g/mill/firstyear{path}").status_code == 404
        assert client.get(f"{HERE}{path}").status_code == 404


def test_handover_of_an_office_names_what_is_open(year: Year) -> None:
    year.world.pass_time(days=80)
    president = year.world.client(year.president)
    for office in ("mentor", "membership-committee", "president"):
        page = unescape(president.get(f"/g/harbour/offices/{office}/handover").text)
        assert "Rui Almeida has no mentor yet." in page
        assert "1 talk with a member is due" in page
    education = unescape(president.get("/g/harbour/offices/education/handover").text)
    assert "Rui Almeida" not in education


def test_lists_cost_the_same_however_many_are_new(year: Year) -> None:
    counts = []
    for size in (1, 3):
        for _number in range(size):
            year.world.member(year.group, joined=TODAY + timedelta(days=0))
        client = year.world.client(year.president)
        with year.world.statements() as seen:
            client.get(f"{HERE}/newcomers")
        counts.append(len(seen))
    assert counts[0] == counts[1]
