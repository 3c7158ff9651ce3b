"""First steps: a list on the console of a new group that empties itself."""

from datetime import date, time

import pytest
from flask.testing import FlaskClient
from sqlalchemy import insert

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.intake.models import ImportBatchRow
from app.core.meetings.models import MeetingRow
from app.plugins.attendance.plugin import AttendancePlugin
from app.plugins.referrals.plugin import ReferralsPlugin
from tests.support.reading import words
from tests.support.world import World

HOME, STEPS = "/g/harbour/", "/g/harbour/first-steps"
MEMBERS = "Invite the members"
CALENDAR = "Put your first meetings on the calendar"
PLACES = "Check the first meetings on the calendar"
IMPORT = "Bring what you have from before"
OFFICE = "Give a second member an office that leads"
SCREEN = "Open the room’s screen once"
SLIP = "Pass the first slip yourself"
OF_ALL = (MEMBERS, CALENDAR, IMPORT, OFFICE, SCREEN, SLIP)
KEYS = ("core.members", "core.calendar", "core.import", "core.office", "attendance.screen", "referrals.slip")


@pytest.fixture
def group(world: World) -> Group:
    """Return the harbour, founded today."""
    return world.group()


@pytest.fixture
def leader(world: World, group: Group) -> FlaskClient:
    """Return the president's browser; the president is alone."""
    return world.client(world.member(group, "Ana Sousa", offices=(Office.PRESIDENT,)))


def shown(client: FlaskClient, page: str = HOME) -> list[str]:
    """Return which of the steps the page says."""
    said = words(client.get(page))
    return [step for step in (*OF_ALL, PLACES) if step in said]


def test_a_new_group_is_shown_what_to_do_first(leader: FlaskClient) -> None:
    assert shown(leader) == list(OF_ALL)


def test_a_step_that_is_done_is_gone(world: World, group: Group, leader: FlaskClient) -> None:
    world.member(group, "Rui Almeida", offices=(Office.VICE_PRESIDENT,))
    assert shown(leader) == [CALENDAR, IMPORT, SCREEN, SLIP]
    meeting = world.meeting(group, date(2026, 12, 1))
    assert shown(leader) == [IMPORT, SCREEN, SLIP, PLACES]
    work = world.work()
    row = work.session.get_one(MeetingRow, (group.id, meeting.id))
    row.place = "Harbour Hotel"
    work.session.execute(insert(ImportBatchRow).values(**_applied(world, group)))
    work.commit()
    assert shown(leader) == [SCREEN, SLIP]


def _applied(world: World, group: Group) -> dict[str, object]:
    return {
        "group_id": group.id,
        "id": 1,
        "public_id": "222222222222",
        "kind": "roster",
        "file_name": "roster.csv",
        "file_hash": "0" * 64,
        "state": "applied",
        "outcome": "",
        "created_at_utc": world.now,
    }


def test_the_steps_of_plugins_are_done_by_what_happened(
    world: World, group: Group, leader: FlaskClient
) -> None:
    assert {"first_steps"} <= vars(AttendancePlugin).keys() & vars(ReferralsPlugin).keys()
    meeting = world.meeting(group, date(2026, 11, 24), time(7))
    assert SCREEN in shown(leader)
    opened = leader.post(f"/g/harbour/attendance/meetings/{meeting.public_id}/screen")
    assert opened.status_code == 303
    assert (SCREEN in shown(leader), SLIP in shown(leader)) == (False, True)


def test_a_step_is_set_aside_and_brought_back(world: World, leader: FlaskClient) -> None:
    for _twice in range(2):
        aside = leader.post(f"{STEPS}/core.import", data={"to": "aside"})
        assert (aside.status_code, aside.location) == (303, HOME)
    assert IMPORT not in shown(leader)
    assert world.rows("step_set_aside") == 1
    assert "Bring back" in words(leader.get(STEPS))
    for _twice in range(2):
        back = leader.post(f"{STEPS}/core.import", data={"to": "back", "from": "list"})
        assert back.location == STEPS
    assert IMPORT in shown(leader)
    assert world.rows("step_set_aside") == 0


def test_the_list_is_gone_when_nothing_is_open(leader: FlaskClient) -> None:
    for key in KEYS:
        leader.post(f"{STEPS}/{key}", data={"to": "aside"})
    assert "First steps" not in words(leader.get(HOME))
    assert "Every first step is done or set aside." in words(leader.get(STEPS))


def test_an_older_group_is_not_asked_and_finds_its_steps_in_the_settings(
    world: World, leader: FlaskClient
) -> None:
    world.pass_time(days=59)
    assert "First steps" in words(leader.get(HOME))
    world.pass_time(days=1)
    assert "First steps" not in words(leader.get(HOME))
    assert STEPS in leader.get("/g/harbour/settings").text
    assert shown(leader, STEPS) == list(OF_ALL)


def test_the_steps_cost_one_statement_and_none_in_an_older_group(
    world: World, group: Group, leader: FlaskClient
) -> None:
    costs = []
    for is_old, is_empty in ((False, False), (False, True), (True, True)):
        for key in KEYS if is_empty and not is_old else ():
            leader.post(f"{STEPS}/{key}", data={"to": "aside"})
        if is_old:
            world.pass_time(days=61)
            leader.get(HOME)  # renews the session
        with world.statements() as statements:
            leader.get(HOME)
        costs.append((len(statements), sum("step_set_aside" in one for one in statements)))
    assert [of_steps for _all, of_steps in costs] == [1, 1, 0]
    assert len({number - of_steps for number, of_steps in costs}) == 1


def test_a_plugin_that_is_off_has_no_steps(world: World) -> None:
    bare = world.group("mill", plugins=("attendance",))
    client = world.client(world.member(bare, offices=(Office.PRESIDENT,)))
    assert (SCREEN in shown(client, "/g/mill/"), SLIP in shown(client, "/g/mill/")) == (True, False)
    assert client.post("/g/mill/first-steps/referrals.slip", data={"to": "aside"}).status_code == 404


def test_a_step_set_aside_in_one_group_stays_in_the_other(world: World, leader: FlaskClient) -> None:
    other = world.client(world.member(world.group("mill"), offices=(Office.PRESIDENT,)))
    leader.post(f"{STEPS}/core.import", data={"to": "aside"})
    assert IMPORT in shown(other, "/g/mill/")


def test_the_steps_are_for_those_who_lead(world: World, group: Group) -> None:
    host = world.client(world.member(group, offices=(Office.VISITOR_HOST,)))
    assert shown(host) == []
    assert host.get(STEPS).status_code == 403
    assert host.post(f"{STEPS}/core.import", data={"to": "aside"}).status_code == 403


@pytest.mark.parametrize("step", ["core.nothing", "nothing", "x" * 2_000, "core.import'--"])
def test_a_step_that_is_none_is_not_there(world: World, leader: FlaskClient, step: str) -> None:
    assert leader.post(f"{STEPS}/{step}", data={"to": "aside"}).status_code == 404
    assert world.rows("step_set_aside") == 0


@pytest.mark.parametrize("to", ["", "away", "x" * 100_000])
def test_a_step_that_is_put_nowhere_stays(leader: FlaskClient, to: str) -> None:
    assert leader.post(f"{STEPS}/core.import", data={"to": to}).status_code == 400
    assert IMPORT in shown(leader)
