"""Inbox, outbox and what referrals bring to the house: one's own dealings, and for leaders counts without slips."""

from html import unescape

import pytest

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.plugins.referrals.domain.slip import Act, SlipState
from app.plugins.referrals.queries.boxes import BOX_PAGE
from tests.support.slips import passed_slip, take
from tests.support.world import World

REFERRALS = "/g/harbour/referrals/"
GATE = 3


@pytest.fixture
def group(world: World) -> Group:
    return world.group()


@pytest.fixture
def ana(world: World, group: Group) -> MemberLine:
    return world.member(group, "Ana Sousa")


@pytest.fixture
def rui(world: World, group: Group) -> MemberLine:
    return world.member(group, "Rui Almeida")


def test_an_empty_box_says_what_to_do_first(world: World, ana: MemberLine) -> None:
    client = world.client(ana)
    assert "No slip has reached you yet." in client.get(REFERRALS).text
    assert "You have not passed a slip yet." in client.get(f"{REFERRALS}given").text


def test_each_side_finds_the_slip_in_its_own_box_alone(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    passed_slip(world, group, ana, rui)
    of_ana, of_rui = world.client(ana), world.client(rui)
    assert "from Ana Sousa" in of_rui.get(REFERRALS).text
    assert "to Rui Almeida" in of_ana.get(f"{REFERRALS}given").text
    assert "Miramar" not in of_ana.get(REFERRALS).text
    assert "Miramar" not in of_rui.get(f"{REFERRALS}given").text


@pytest.mark.parametrize("box", ["", "given", "live", "given/live"])
def test_nobody_elses_box_shows_the_slip(
    world: World, group: Group, ana: MemberLine, rui: MemberLine, box: str
) -> None:
    passed_slip(world, group, ana, rui)
    president = world.client(world.member(group, offices=[Office.PRESIDENT]))
    assert "Miramar" not in president.get(REFERRALS + box).text
    assert world.client().get(REFERRALS + box).status_code == 303
    stranger = world.client(world.member(world.group("mill")))
    assert stranger.get(REFERRALS + box).status_code == 404


def test_what_waits_stands_above_what_is_done(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    waiting = passed_slip(world, group, ana, rui)
    world.pass_time(hours=1)
    done = passed_slip(world, group, ana, rui)
    take(world, group, done, rui, Act.CLOSE, result=SlipState.LOST)
    page = world.client(rui).get(REFERRALS).text
    assert page.index(waiting) < page.index(done)
    assert "Waits for your word" in page


def test_a_long_box_goes_on_to_another_page(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    for _number in range(BOX_PAGE + 1):
        passed_slip(world, group, ana, rui)
    client = world.client(rui)
    first, second = client.get(REFERRALS).text, client.get(f"{REFERRALS}?page=2").text
    assert (first.count("lines-title"), second.count("lines-title")) == (BOX_PAGE, 1)
    assert 'rel="next"' in first
    assert 'rel="prev"' in second


@pytest.mark.parametrize("number", ["0", "-1", "x", "²", "9" * 400, ""])
def test_a_page_number_that_is_none_shows_a_page(world: World, rui: MemberLine, number: str) -> None:
    assert world.client(rui).get(REFERRALS, query_string={"page": number}).status_code == 200


def test_a_box_costs_one_statement_after_the_gate_however_many_slips(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    client = world.client(rui)
    passed_slip(world, group, ana, rui)
    with world.statements() as few:
        client.get(REFERRALS)
    for _number in range(5):
        passed_slip(world, group, ana, rui)
    with world.statements() as many:
        client.get(REFERRALS)
    assert len(few) == len(many) <= GATE + 1


def test_the_list_of_the_inbox_is_fetched_again_only_when_something_happened(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    client = world.client(rui)
    before = client.get(f"{REFERRALS}live")
    mark = {"If-None-Match": before.headers["ETag"]}
    assert client.get(f"{REFERRALS}live", headers=mark).status_code == 304
    passed_slip(world, group, ana, rui)
    after = client.get(f"{REFERRALS}live", headers=mark)
    assert (after.status_code, "Café Miramar" in after.text) == (200, True)


def test_one_members_mark_is_not_anothers(world: World, ana: MemberLine, rui: MemberLine) -> None:
    marks = {world.client(one).get(f"{REFERRALS}live").headers["ETag"] for one in (ana, rui)}
    assert len(marks) == 2


def test_the_home_page_shows_what_waits_for_ones_own_word(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    passed_slip(world, group, ana, rui)
    page = unescape(world.client(rui).get("/g/harbour/").text)
    assert "Ana Sousa passed you a slip: tell them that you have it." in page
    assert "Café Miramar" in page
    of_ana = unescape(world.client(ana).get("/g/harbour/").text)
    assert "passed you a slip" not in of_ana


def test_a_received_slip_without_news_for_two_weeks_is_asked_about(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    take(world, group, passed_slip(world, group, ana, rui), rui, Act.ACKNOWLEDGE)
    world.pass_time(days=13, hours=23)
    client = world.client(rui)
    assert "waits for news" not in client.get("/g/harbour/").text
    world.pass_time(hours=1)
    assert "Ana Sousa waits for news of a slip." in client.get("/g/harbour/").text


def test_a_finished_slip_waits_for_nobody(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    take(world, group, passed_slip(world, group, ana, rui), rui, Act.DECLINE)
    world.pass_time(days=30)
    page = world.client(rui).get("/g/harbour/").text
    assert "waits for news" not in page
    assert "No slip is open." in page


def test_leaders_see_counts_and_members_do_not(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    slip = passed_slip(world, group, ana, rui)
    take(world, group, slip, rui, Act.CLOSE, result=SlipState.WON, amount="1,000.50")
    president = world.client(world.member(group, offices=[Office.PRESIDENT]))
    page = president.get("/g/harbour/").text
    assert "Referrals in the last four weeks" in page
    assert "€1,000.50" in page
    assert "Miramar" not in page
    assert "Referrals in the last four weeks" not in world.client(ana).get("/g/harbour/").text


def test_the_live_panel_of_the_home_page_is_answered(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    passed_slip(world, group, ana, rui)
    answer = world.client(rui).get("/g/harbour/panels/referrals/own")
    assert (answer.status_code, "Café Miramar" in answer.text) == (200, True)
    assert world.client(rui).get("/g/harbour/panels/referrals/group").status_code == 404


def test_a_members_page_shows_what_lies_between_the_two_and_a_way_to_pass(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    passed_slip(world, group, ana, rui)
    passed_slip(world, group, ana, rui)
    passed_slip(world, group, rui, ana)
    page = unescape(world.client(ana).get(f"/g/harbour/members/{rui.public_id}").text)
    assert "Between you and Rui" in page
    assert "You gave Rui 2 slips and received 1." in page
    assert f"/g/harbour/referrals/pass?to={rui.public_id}" in page


def test_between_two_others_nobody_looks(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    passed_slip(world, group, ana, rui)
    president = world.client(world.member(group, offices=[Office.PRESIDENT]))
    page = president.get(f"/g/harbour/members/{rui.public_id}").text
    assert "No slip has gone between the two of you yet." in page
    assert "Miramar" not in page


def test_ones_own_page_has_nothing_between(world: World, ana: MemberLine) -> None:
    assert "Between you and" not in world.client(ana).get(f"/g/harbour/members/{ana.public_id}").text


def test_where_referrals_are_off_the_house_is_silent_about_them(world: World) -> None:
    quiet = world.group("quiet", plugins=())
    client = world.client(world.member(quiet, offices=[Office.PRESIDENT]))
    page = client.get("/g/quiet/").text
    assert "slip" not in page
    assert "/referrals/" not in page
    assert client.get("/g/quiet/referrals/").status_code == 404
