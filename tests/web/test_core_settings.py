"""What is switched on in a group, as a leader switches it."""

import pytest
from flask.testing import FlaskClient

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from tests.support.reading import words
from tests.support.world import World

SETTINGS = "/g/harbour/settings"


@pytest.fixture
def group(world: World) -> Group:
    """Return the harbour with nothing on."""
    return world.group(plugins=())


@pytest.fixture
def leader(world: World, group: Group) -> FlaskClient:
    """Return the president's browser."""
    return world.client(world.member(group, offices=(Office.PRESIDENT,)))


def test_a_feature_is_switched_on_and_off(world: World, leader: FlaskClient) -> None:
    for name in world.held.registry.by_name:
        page = f"/g/harbour/{name}/"
        assert leader.get(page).status_code == 404
        switched = leader.post(f"{SETTINGS}/{name}", data={"to": "on"})
        assert (switched.status_code, switched.location) == (303, SETTINGS)
        assert "Saved." in words(leader.get(SETTINGS))
        assert leader.get(page).status_code == 200
        leader.post(f"{SETTINGS}/{name}", data={"to": "off"})
        assert leader.get(page).status_code == 404


def test_switching_twice_is_switching_once(world: World, group: Group, leader: FlaskClient) -> None:
    for to in ("on", "off"):
        leader.post(f"{SETTINGS}/attendance", data={"to": to})
        before = world.rows("ledger_entry")
        assert leader.post(f"{SETTINGS}/attendance", data={"to": to}).status_code == 303
        assert world.rows("ledger_entry") == before
    world.assert_ledger_whole(group)


def test_what_a_feature_keeps_is_there_again(world: World, group: Group, leader: FlaskClient) -> None:
    leader.post(f"{SETTINGS}/attendance", data={"to": "on"})
    kept = world.rows("attendance_rule_set")
    for to in ("off", "on"):
        leader.post(f"{SETTINGS}/attendance", data={"to": to})
    assert world.rows("attendance_rule_set") == kept > 0


def test_a_switch_in_one_group_leaves_the_other_as_it_is(world: World, leader: FlaskClient) -> None:
    other = world.group("mill")
    elsewhere = world.client(world.member(other))
    leader.post(f"{SETTINGS}/referrals", data={"to": "off"})
    assert elsewhere.get("/g/mill/referrals/").status_code == 200


@pytest.mark.parametrize("name", ["nothing", "core", "x" * 2_000, "attendance'--"])
def test_a_feature_that_is_none_is_not_there(leader: FlaskClient, name: str) -> None:
    assert leader.post(f"{SETTINGS}/{name}", data={"to": "on"}).status_code == 404


@pytest.mark.parametrize("to", ["", "On", "maybe", "x" * 100_000])
def test_a_switch_to_neither_side_moves_nothing(world: World, leader: FlaskClient, to: str) -> None:
    leader.post(f"{SETTINGS}/referrals", data={"to": "on"})
    answer = leader.post(f"{SETTINGS}/referrals", data={"to": to})
    assert answer.status_code == 400
    assert leader.get("/g/harbour/referrals/").status_code == 200
