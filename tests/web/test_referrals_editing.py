"""A slip put right before it is had, and one that may be the same as another."""

from html import unescape

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.plugins.referrals.domain.slip import Act
from tests.support.slips import SLIP_FORM, passed_slip, slip_of, take
from tests.support.world import World

HERE = "/g/harbour/referrals"


@pytest.fixture
def group(world: World) -> Group:
    return world.group()


@pytest.fixture
def ana(world: World, group: Group) -> MemberLine:
    return world.member(group, "Ana Sousa")


@pytest.fixture
def rui(world: World, group: Group) -> MemberLine:
    return world.member(group, "Rui Almeida")


def send(client: FlaskClient, path: str, token: str = "one", **change: str) -> TestResponse:
    form = {**SLIP_FORM, "form_token": token, **change}
    return client.post(f"{HERE}/{path}", data=form)


def test_giver_puts_a_slip_right_and_the_receiver_sees_it(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    slip = passed_slip(world, group, ana, rui)
    giver = world.client(ana)
    assert f"slips/{slip}/edit" in giver.get(f"{HERE}/slips/{slip}").text
    page = unescape(giver.get(f"{HERE}/slips/{slip}/edit").text)
    assert "Rui Almeida has not had it yet" in page
    answer = send(
        giver, f"slips/{slip}/edit", version="1", about="Two windows, not one.", prospect_contact=""
    )
    assert answer.status_code == 303
    view = slip_of(world, group, slip, rui)
    assert (view.about, view.slip.version, view.slip.state.value) == ("Two windows, not one.", 2, "passed")
    receiver = world.client(rui)
    assert "Two windows, not one." in receiver.get(f"{HERE}/slips/{slip}").text
    assert "Ana Sousa put a slip right" in receiver.get("/g/harbour/notices").text
    opened = receiver.post(f"{HERE}/slips/{slip}/prospect")
    assert SLIP_FORM["prospect_contact"] in opened.text
    world.assert_ledger_whole(group)


def test_contact_is_never_shown_by_the_form(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    slip = passed_slip(world, group, ana, rui)
    assert SLIP_FORM["prospect_contact"] not in world.client(ana).get(f"{HERE}/slips/{slip}/edit").text


def test_what_the_receiver_has_is_not_changed_any_more(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    slip = passed_slip(world, group, ana, rui)
    take(world, group, slip, rui, Act.ACKNOWLEDGE)
    giver = world.client(ana)
    assert giver.get(f"{HERE}/slips/{slip}/edit").status_code == 303
    stale = send(giver, f"slips/{slip}/edit", version="1", about="Kept words")
    assert stale.status_code == 422
    assert "Kept words" in stale.text
    late = send(giver, f"slips/{slip}/edit", version="2", about="Kept words")
    assert late.status_code == 422
    assert "the slip moved on" in late.text
    assert slip_of(world, group, slip, ana).about != "Kept words"


def test_only_the_giver_puts_a_slip_right(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    slip = passed_slip(world, group, ana, rui)
    for other in (rui, world.member(group, "Eva Maia")):
        assert world.client(other).get(f"{HERE}/slips/{slip}/edit").status_code == 404
        assert send(world.client(other), f"slips/{slip}/edit", version="1").status_code == 404


def test_everything_wrong_is_said_and_kept(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    slip = passed_slip(world, group, ana, rui)
    change = {"prospect_name": "", "about": "", "agreed_how": "by-owl", "agreed_on": "2027-01-01"}
    answer = send(world.client(ana), f"slips/{slip}/edit", version="1", **change)
    assert answer.status_code == 422
    text = unescape(answer.text)
    for said in ("Write the name", "Say in a few words", "Choose from the list how", "lies in the last year"):
        assert said in text
    assert slip_of(world, group, slip, ana).slip.version == 1


def test_how_and_when_the_prospect_agreed_stands_on_the_slip(
    world: World, ana: MemberLine, rui: MemberLine
) -> None:
    giver = world.client(ana)
    answer = send(giver, "pass", receiver=rui.public_id, agreed_how="by-phone", agreed_on="2026-11-20")
    assert "On the phone, 20 Nov" in giver.get(answer.headers["Location"]).text


def test_a_likely_twin_is_pointed_out_once_and_never_refused(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    giver = world.client(ana)
    first = send(giver, "pass", "one", receiver=rui.public_id)
    assert first.status_code == 303
    asked = send(giver, "pass", "two", receiver=rui.public_id, about="Another job")
    assert asked.status_code == 422
    assert "Is this the same referral?" in asked.text
    assert "Another job" in asked.text
    assert world.rows("referrals_slip") == 1
    twin = first.headers["Location"].rpartition("/")[2]
    again = send(giver, "pass", "two", receiver=rui.public_id, about="Another job", twins=twin)
    assert again.status_code == 303
    assert world.rows("referrals_slip") == 2


def test_no_twin_for_another_receiver_another_giver_or_a_month_later(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    eva = world.member(group, "Eva Maia")
    giver = world.client(ana)
    assert send(giver, "pass", "one", receiver=rui.public_id).status_code == 303
    assert send(giver, "pass", "two", receiver=eva.public_id).status_code == 303
    assert send(world.client(eva), "pass", "three", receiver=rui.public_id).status_code == 303
    world.pass_time(days=31)
    assert send(world.client(ana), "pass", "four", receiver=rui.public_id).status_code == 303
