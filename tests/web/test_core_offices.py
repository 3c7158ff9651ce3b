"""Offices given and ended, as a leader does it."""

import pytest
from flask.testing import FlaskClient

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from tests.support.reading import sentence, words
from tests.support.world import World

OFFICES = "/g/harbour/offices"


@pytest.fixture
def group(world: World) -> Group:
    """Return the harbour."""
    return world.group()


@pytest.fixture
def ana(world: World, group: Group) -> MemberLine:
    """Return the president, the only leader."""
    return world.member(group, "Ana Sousa", offices=(Office.PRESIDENT,))


@pytest.fixture
def leader(world: World, ana: MemberLine) -> FlaskClient:
    """Return the president's browser."""
    return world.client(ana)


def term(member: MemberLine, office: Office = Office.VISITOR_HOST) -> dict[str, str]:
    """Return the form that gives an office."""
    return {"member": member.public_id, "office": office.value, "starts_on": "2026-11-24", "ends_on": ""}


def test_an_office_is_given_and_held_at_once(world: World, group: Group, leader: FlaskClient) -> None:
    rui = world.member(group, "Rui Almeida")
    browser = world.client(rui)
    assert browser.get(OFFICES).status_code == 403
    given = leader.post(OFFICES, data=term(rui, Office.SECRETARY_TREASURER))
    assert (given.status_code, given.location) == (303, OFFICES)
    assert "Rui Almeida holds the office." in words(leader.get(OFFICES))
    assert browser.get(OFFICES).status_code == 200


def test_an_office_ends_today_and_is_gone_tomorrow(world: World, group: Group, leader: FlaskClient) -> None:
    rui = world.member(group, "Rui Almeida", offices=(Office.VICE_PRESIDENT,))
    ended = leader.post(f"{OFFICES}/{rui.public_id}/{Office.VICE_PRESIDENT.value}/end")
    assert ended.location == OFFICES
    assert "The term of Rui Almeida ends today." in words(leader.get(OFFICES))
    browser = world.client(rui)
    assert browser.get(OFFICES).status_code == 200
    world.pass_time(days=1)
    assert browser.get(OFFICES).status_code == 403


def test_somebody_without_the_office_is_told_kindly_whose_it_is(world: World, group: Group) -> None:
    page = world.client(world.member(group)).get(OFFICES)
    assert page.status_code == 403
    assert "President, Vice-president, Secretary-treasurer" in words(page)
    assert "You have done nothing wrong." in words(page)


def test_the_last_leader_cannot_be_ended(world: World, ana: MemberLine, leader: FlaskClient) -> None:
    before = world.rows("ledger_entry")
    refused = leader.post(f"{OFFICES}/{ana.public_id}/{Office.PRESIDENT.value}/end")
    assert refused.status_code == 422
    assert sentence("groups.last_leader") in words(refused)
    assert world.rows("ledger_entry") == before
    world.pass_time(days=1)
    assert leader.get(OFFICES).status_code == 200


def test_one_of_two_leaders_can_be_ended(
    world: World, group: Group, ana: MemberLine, leader: FlaskClient
) -> None:
    world.member(group, offices=(Office.SECRETARY_TREASURER,))
    assert leader.post(f"{OFFICES}/{ana.public_id}/{Office.PRESIDENT.value}/end").status_code == 303


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"starts_on": "2026-11-24", "ends_on": "2026-11-01"}, "cannot end before that day"),
        ({"starts_on": ""}, "Write the day as year-month-day"),
        ({"member": ""}, "Choose the member."),
        ({"member": "222222222222"}, "Please look at this again"),
        ({"office": "king"}, "Please look at this again"),
        ({"office": "x" * 100_000}, "Please look at this again"),
    ],
)
def test_an_impossible_term_is_refused(
    world: World, group: Group, leader: FlaskClient, changed: dict[str, str], expected: str
) -> None:
    rui = world.member(group)
    before = world.rows("office_term")
    refused = leader.post(OFFICES, data={**term(rui), **changed})
    assert refused.status_code == 422
    assert expected in words(refused)
    assert world.rows("office_term") == before


def test_a_refused_term_keeps_what_was_chosen(world: World, group: Group, leader: FlaskClient) -> None:
    rui = world.member(group, "Rui Almeida")
    refused = leader.post(OFFICES, data={**term(rui, Office.MENTOR), "ends_on": "2026-11-01"})
    assert f'<option selected value="{rui.public_id}"' in refused.text
    assert '<option selected value="mentor"' in refused.text
    assert 'value="2026-11-01"' in refused.text


def test_a_double_tap_gives_one_term(world: World, group: Group, leader: FlaskClient) -> None:
    rui = world.member(group)
    before = world.rows("office_term")
    answers = [leader.post(OFFICES, data={**term(rui), "form_token": "one"}) for _tap in range(2)]
    assert [one.location for one in answers] == [OFFICES, OFFICES]
    assert world.rows("office_term") == before + 1


def test_an_office_that_nobody_holds_cannot_be_ended(world: World, group: Group, leader: FlaskClient) -> None:
    rui = world.member(group)
    refused = leader.post(f"{OFFICES}/{rui.public_id}/mentor/end")
    assert refused.status_code == 422
    assert sentence("groups.holds_no_such_office") in words(refused)


@pytest.mark.parametrize("path", ["222222222222/president", "ANA/king"])
def test_a_term_that_is_none_is_not_there(ana: MemberLine, leader: FlaskClient, path: str) -> None:
    assert leader.post(f"{OFFICES}/{path.replace('ANA', ana.public_id)}/end").status_code == 404
