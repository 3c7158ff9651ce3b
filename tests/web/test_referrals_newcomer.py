"""A slip to a newcomer: the giver is asked how they know them, may leave it out, and both sides read it."""

from datetime import date

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from tests.support.reading import column
from tests.support.slips import SLIP_FORM
from tests.support.world import World

PASS = "/g/harbour/referrals/pass"
ASKED = "They are new here. How do you know them?"
HOW = "From the rowing club, <b>years</b> ago"


@pytest.fixture
def group(world: World) -> Group:
    return world.group()


@pytest.fixture
def ana(world: World, group: Group) -> MemberLine:
    return world.member(group, "Ana Sousa")


@pytest.fixture
def noa(world: World, group: Group) -> MemberLine:
    return world.member(group, "Noa Lindqvist", joined=date(2026, 11, 10))


def send(client: FlaskClient, to: MemberLine, known_how: str) -> TestResponse:
    form = {**SLIP_FORM, "receiver": to.public_id, "form_token": "one", "known_how": known_how}
    return client.post(PASS, data=form)


def test_newcomers_are_marked_in_the_list_until_they_have_settled_in(
    world: World, group: Group, ana: MemberLine, noa: MemberLine
) -> None:
    settled = world.member(group, "Old Hand", joined=date(2026, 8, 25))
    page = world.client(ana).get(PASS).text
    assert ASKED in page
    assert f'<option data-newcomer="" value="{noa.public_id}">' in page
    assert f'<option value="{settled.public_id}">' in page
    world.pass_time(days=91)
    assert "data-newcomer" not in world.client(ana).get(PASS).text


def test_how_the_giver_knows_a_newcomer_stands_on_the_slip_for_its_two_sides(
    world: World, ana: MemberLine, noa: MemberLine
) -> None:
    answer = send(world.client(ana), noa, HOW)
    assert answer.status_code == 303
    world.pass_time(minutes=2)
    shown = "From the rowing club, &lt;b&gt;years&lt;/b&gt; ago"
    given, received = (world.client(one).get(answer.headers["Location"]).text for one in (ana, noa))
    assert shown in given
    assert "How you know them" in given
    assert shown in received
    assert "How the giver knows you" in received


def test_it_may_be_left_out(world: World, ana: MemberLine, noa: MemberLine) -> None:
    answer = send(world.client(ana), noa, "")
    assert answer.status_code == 303
    assert "How you know them" not in world.client(ana).get(answer.headers["Location"]).text


def test_of_somebody_who_is_not_new_it_is_not_kept(world: World, group: Group, ana: MemberLine) -> None:
    assert send(world.client(ana), world.member(group), HOW).status_code == 303
    assert column(world, "referrals_slip", "known_how") == [""]


def test_too_long_a_word_is_refused_and_kept_on_the_page(
    world: World, ana: MemberLine, noa: MemberLine
) -> None:
    answer = send(world.client(ana), noa, "w" * 2_001)
    assert answer.status_code == 422
    assert "Please shorten this to 2,000 characters" in answer.text
    assert "w" * 2_001 in answer.text
    assert world.rows("referrals_slip") == 0


def test_it_is_forgotten_with_the_prospect(world: World, ana: MemberLine, noa: MemberLine) -> None:
    client = world.client(ana)
    slip = send(client, noa, HOW).headers["Location"]
    client.post(f"{slip}/prospect/forget", data={"form_token": "two"})
    assert column(world, "referrals_slip", "known_how") == [""]
