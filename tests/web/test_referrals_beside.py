"""Beside the choice of a receiver: what lies between the two, on the page, by a button without script, and fetched alone."""

from datetime import date

import pytest

from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from tests.support.slips import SLIP_FORM, passed_slip
from tests.support.world import World

PASS = "/g/harbour/referrals/pass"
BETWEEN = "Between you and Rui"


@pytest.fixture
def group(world: World) -> Group:
    return world.group()


@pytest.fixture
def ana(world: World, group: Group) -> MemberLine:
    return world.member(group, "Ana Sousa")


@pytest.fixture
def rui(world: World, group: Group) -> MemberLine:
    return world.member(group, "Rui Almeida")


def test_it_counts_the_slips_of_the_two_and_no_others(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    eva = world.member(group, "Eva Costa")
    client = world.client(ana)
    assert "No slip has gone between" in client.get(f"{PASS}/beside/{rui.public_id}").text
    for giver, receiver in ((ana, rui), (ana, rui), (eva, rui), (ana, eva)):
        passed_slip(world, group, giver, receiver)
    world.pass_time(minutes=5)
    for address in (f"{PASS}/beside/{rui.public_id}", f"{PASS}?to={rui.public_id}&later=1"):
        shown = client.get(address).text
        assert BETWEEN in shown
        assert "You gave Rui 2 slips and received 0." in shown


def test_the_page_without_a_choice_says_nothing_of_anybody(
    world: World, ana: MemberLine, rui: MemberLine
) -> None:
    assert "Between you" not in world.client(ana).get(PASS).text.split("<noscript>")[0]


def test_a_button_without_script_shows_it_with_all_that_was_typed_and_passes_nothing(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    client = world.client(ana)
    before = world.client(rui).get("/g/harbour/referrals/").text.count("/referrals/slips/")
    form = {**SLIP_FORM, "receiver": rui.public_id, "form_token": "one", "look": "1"}
    answer = client.post(PASS, data=form)
    assert answer.status_code == 200
    assert BETWEEN in answer.text
    assert SLIP_FORM["prospect_name"] in answer.text
    world.pass_time(minutes=5)
    assert world.client(rui).get("/g/harbour/referrals/").text.count("/referrals/slips/") == before


def test_nobody_but_todays_colleagues_can_be_looked_at(world: World, group: Group, ana: MemberLine) -> None:
    former = world.member(group, "Nuno Barros", ended=date(2026, 11, 1))
    stranger = world.member(world.group("mill"), "Mia Mill")
    client = world.client(ana)
    for one in (former.public_id, stranger.public_id, ana.public_id, "2222aaaa3333"):
        assert client.get(f"{PASS}/beside/{one}").status_code == 404
