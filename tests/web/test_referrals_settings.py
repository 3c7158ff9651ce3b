"""Settings of referrals: who may set how long prospects are kept, what a shorter and a longer time reach."""

from datetime import date
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.groups.services import end_membership
from app.core.ledger.queries import entries_of
from app.plugins.referrals.domain.slip import Act, SlipState
from app.plugins.referrals.models import ProspectRow
from app.plugins.referrals.services.forgetting import forget_due
from tests.support.slips import TODAY, passed_slip, reading, take
from tests.support.world import World

SETTINGS = "/g/harbour/referrals/settings"


@pytest.fixture
def group(world: World) -> Group:
    return world.group()


@pytest.fixture
def leader(world: World, group: Group) -> FlaskClient:
    return world.client(world.member(group, "Inês Carvalho", offices=[Office.PRESIDENT]))


@pytest.fixture
def ana(world: World, group: Group) -> MemberLine:
    return world.member(group, "Ana Sousa")


@pytest.fixture
def rui(world: World, group: Group) -> MemberLine:
    return world.member(group, "Rui Almeida")


def put(client: FlaskClient, months: Any, version: int = 0, token: str = "one") -> TestResponse:
    return client.post(SETTINGS, data={"months": months, "version": version, "form_token": token})


def ended(world: World, group: Group, ana: MemberLine, rui: MemberLine) -> None:
    """Let a slip end today."""
    slip = passed_slip(world, group, ana, rui)
    take(world, group, slip, rui, Act.CLOSE, result=SlipState.LOST)


def days(world: World) -> list[date | None]:
    with reading(world) as session:
        return list(session.scalars(select(ProspectRow.expires_on).order_by(ProspectRow.id)))


def test_a_group_that_set_nothing_keeps_prospects_for_twelve_months(
    world: World, group: Group, leader: FlaskClient, ana: MemberLine, rui: MemberLine
) -> None:
    assert 'name="months" required type="text" value="12"' in leader.get(SETTINGS).text
    ended(world, group, ana, rui)
    assert days(world) == [date(2027, 11, 24)]


def test_slips_that_end_later_are_kept_as_long_as_was_set(
    world: World, group: Group, leader: FlaskClient, ana: MemberLine, rui: MemberLine
) -> None:
    assert put(leader, "24").status_code == 303
    assert 'value="24"' in leader.get(SETTINGS).text
    ended(world, group, ana, rui)
    assert days(world) == [date(2028, 11, 24)]
    with reading(world) as session:
        kinds = [entry.kind for entry, _hash in entries_of(session, group.id)]
    assert kinds.count("referrals.prospect_time_set") == 1


def test_a_handed_back_slip_is_kept_as_long_as_was_set(
    world: World, group: Group, leader: FlaskClient, ana: MemberLine, rui: MemberLine
) -> None:
    put(leader, "2")
    passed_slip(world, group, ana, rui)
    work = world.work()
    end_membership(work, group_id=group.id, member_id=rui.id, last_day=TODAY, reason="left")
    work.commit()
    assert days(world) == [date(2027, 1, 24)]


def test_a_shorter_time_reaches_everybody_who_is_kept_and_they_are_forgotten_by_it(
    world: World, group: Group, leader: FlaskClient, ana: MemberLine, rui: MemberLine
) -> None:
    ended(world, group, ana, rui)
    open_slip = passed_slip(world, group, ana, rui)
    answer = put(leader, "3")
    assert "1 prospect who is kept now is forgotten earlier." in leader.get(answer.headers["Location"]).text
    assert days(world) == [date(2027, 2, 24), None]
    world.pass_time(days=93)
    work = world.work()
    assert forget_due(work, group) == 1
    work.commit()
    assert open_slip


def test_a_longer_time_keeps_nobody_longer_than_they_were_told(
    world: World, group: Group, leader: FlaskClient, ana: MemberLine, rui: MemberLine
) -> None:
    ended(world, group, ana, rui)
    assert put(leader, "36").status_code == 303
    assert days(world) == [date(2027, 11, 24)]


@pytest.mark.parametrize("months", ["0", "37", "-1", "1.5", "twelve", "", "9" * 5_000, "<b>"])
def test_what_is_no_number_of_months_is_refused_and_kept_as_it_was_typed(
    world: World, leader: FlaskClient, months: str
) -> None:
    answer = put(leader, months)
    assert answer.status_code == 422
    assert "Write a whole number of months, from 1 to 36." in answer.text
    assert months in unescape(answer.text)
    assert world.rows("referrals_setting") == 0


def test_who_was_slower_sees_what_is_kept_now(world: World, group: Group, leader: FlaskClient) -> None:
    other = world.client(world.member(group, offices=[Office.SECRETARY_TREASURER]))
    assert put(leader, "6").status_code == 303
    late = put(other, "24")
    assert late.status_code == 422
    assert "Somebody else changed this meanwhile." in late.text
    assert "Kept now: 6." in late.text
    assert 'value="24"' in late.text
    assert put(other, "24", version=1, token="two").status_code == 303
    assert put(leader, "9", version=1, token="three").status_code == 422


def test_who_sets_it(world: World, group: Group, ana: MemberLine, leader: FlaskClient) -> None:
    of_mill = world.member(world.group("mill"), offices=[Office.PRESIDENT])
    statuses = [world.client(one).get(SETTINGS).status_code for one in (ana, None, of_mill)]
    assert statuses == [403, 303, 404]
    assert put(world.client(ana), "6").status_code == 403


def test_the_settings_of_the_group_lead_there_while_referrals_are_on(
    world: World, leader: FlaskClient
) -> None:
    assert f'href="{SETTINGS}"' in leader.get("/g/harbour/settings").text
    quiet = world.group("quiet", plugins=())
    page = world.client(world.member(quiet, offices=[Office.PRESIDENT])).get("/g/quiet/settings").text
    assert "/referrals/settings" not in page


def test_the_other_group_keeps_its_own_time(world: World, group: Group, leader: FlaskClient) -> None:
    put(leader, "6")
    mill = world.group("mill")
    page = world.client(world.member(mill, offices=[Office.PRESIDENT])).get("/g/mill/referrals/settings").text
    assert 'value="12"' in page
