"""Thank-yous in full: any currency, several for a slip, to those who left and to outsiders, corrected and taken back."""

from datetime import date
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.plugins.referrals.domain.slip import Act, SlipState
from tests.support.reading import column
from tests.support.slips import passed_slip, take
from tests.support.world import World

HERE = "/g/harbour/referrals"
THANKS = f"{HERE}/thanks"


@pytest.fixture
def group(world: World) -> Group:
    return world.group()


@pytest.fixture
def ana(world: World, group: Group) -> MemberLine:
    return world.member(group, "Ana Sousa")


@pytest.fixture
def rui(world: World, group: Group) -> MemberLine:
    return world.member(group, "Rui Almeida")


def thank(client: FlaskClient, thanked: str, **change: Any) -> TestResponse:
    form = {"thanked": thanked, "amount": "1,000.50", "thanked_on": "2026-11-24", "form_token": "one"}
    return client.post(THANKS, data={**form, **change})


def correct(client: FlaskClient, thanks: str, *, version: int = 1, **change: Any) -> TestResponse:
    form = {
        "amount": "900",
        "currency": "EUR",
        "thanked_on": "2026-11-23",
        "note": "Less tax",
        "version": version,
    }
    return client.post(f"{THANKS}/{thanks}", data={**form, **change})


def take_back(client: FlaskClient, thanks: str, version: int = 1) -> TestResponse:
    return client.post(f"{THANKS}/{thanks}/take-back", data={"take-back-version": version})


def given(world: World, rui: MemberLine, ana: MemberLine, **change: str) -> tuple[FlaskClient, str]:
    """Let Rui thank Ana; return his browser and the thank-you's public id."""
    client = world.client(rui)
    assert thank(client, ana.public_id, **change).status_code == 303
    return client, str(column(world, "referrals_thank_you", "public_id")[-1])


@pytest.mark.parametrize(
    ("currency", "typed", "minor", "shown"),
    [
        ("JPY", "150,000", 150_000, "JP¥150,000"),
        ("KWD", "12.345", 12_345, "KWD12.345"),
        ("CHF", "80.05", 8_005, "CHF80.05"),
        ("ISK", "9000", 9_000, "ISK9,000"),
    ],
)
def test_an_amount_is_whole_in_the_minor_units_of_its_currency(
    world: World, ana: MemberLine, rui: MemberLine, currency: str, typed: str, minor: int, shown: str
) -> None:
    client, _thanks = given(world, rui, ana, currency=currency, amount=typed)
    assert column(world, "referrals_thank_you", "amount_minor") == [minor]
    assert shown in unescape(client.get(THANKS).text).replace("\u00a0", "")


@pytest.mark.parametrize(
    ("currency", "typed", "sentence"),
    [
        ("JPY", "10.5", "JPY"),
        ("KWD", "1.2345", "KWD"),
        ("XXX", "10", "Choose a currency from the list."),
        ("DEM", "10", "Choose a currency from the list."),
        ("<b>", "10", "Choose a currency from the list."),
    ],
)
def test_what_a_currency_does_not_have_is_refused(
    world: World, ana: MemberLine, rui: MemberLine, currency: str, typed: str, sentence: str
) -> None:
    answer = thank(world.client(rui), ana.public_id, currency=currency, amount=typed)
    assert answer.status_code == 422
    assert sentence in unescape(answer.text)
    assert world.rows("referrals_thank_you") == 0


def test_other_currencies_stand_in_the_groups_totals_without_names(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    given(world, rui, ana, currency="JPY", amount="5000")
    leader = world.client(world.member(group, offices=[Office.PRESIDENT]))
    html = unescape(leader.get(f"{HERE}/totals").text)
    assert "which PALMS leaves out: JP¥5,000" in html


def test_a_slip_is_thanked_for_several_times(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    slip = passed_slip(world, group, ana, rui)
    take(world, group, slip, rui, Act.CLOSE, result=SlipState.WON)
    client = world.client(rui)
    for number in range(3):
        assert thank(client, "", slip=slip, form_token=str(number)).status_code == 303
    assert unescape(client.get(f"{HERE}/slips/{slip}").text).count("€1,000.50") == 3


def test_somebody_who_left_and_somebody_outside_can_be_thanked(
    world: World, group: Group, rui: MemberLine
) -> None:
    gone = world.member(group, "Eva Gone", ended=date(2026, 6, 30))
    client = world.client(rui)
    assert "Eva Gone, no longer a member" in client.get(THANKS).text
    assert thank(client, gone.public_id).status_code == 303
    outsider = {"thanked_outside": "Zoë Fisher", "form_token": "two"}
    assert thank(client, "outside", **outsider).status_code == 303
    html = unescape(client.get(THANKS).text)
    assert "You thanked Eva Gone" in html
    assert "You thanked Zoë Fisher" in html
    assert world.rows("outgoing_mail") == 0


def test_an_outsider_needs_a_name(world: World, rui: MemberLine) -> None:
    client = world.client(rui)
    nameless = thank(client, "outside")
    assert nameless.status_code == 422
    assert "Write the name of the person whom you thank." in nameless.text
    assert thank(client, "outside", thanked_outside="n" * 201).status_code == 422
    assert world.rows("referrals_thank_you") == 0


def test_a_correction_keeps_what_was_said_before_for_the_two(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    client, thanks = given(world, rui, ana, note="For the kitchen")
    assert correct(client, thanks).status_code == 303
    for viewer in (rui, ana):
        html = unescape(world.client(viewer).get(f"{THANKS}/{thanks}").text)
        assert "€900.00" in html
        assert "€1,000.50" in html
        assert "For the kitchen" in html
    assert "corrected a thank-you to you" in unescape(world.client(ana).get("/g/harbour/notices").text)
    leader = world.client(world.member(group, offices=[Office.PRESIDENT]))
    totals = leader.get(f"{HERE}/totals?from=2026-11-01&to=2026-11-30").text
    assert "€900.00" in totals
    assert "1,000.50" not in totals
    world.assert_ledger_whole(group)


def test_two_windows_lose_no_correction(world: World, ana: MemberLine, rui: MemberLine) -> None:
    client, thanks = given(world, rui, ana)
    assert correct(client, thanks, amount="900").status_code == 303
    stale = correct(client, thanks, amount="800", form_token="other")
    html = unescape(stale.text)
    assert stale.status_code == 422
    assert "in another window meanwhile" in html
    assert "€900.00" in html
    assert 'value="800"' in html
    assert column(world, "referrals_thank_you", "amount_minor") == [90_000]


def test_taken_back_it_counts_nowhere_and_both_still_see_it(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    client, thanks = given(world, rui, ana)
    assert take_back(client, thanks).status_code == 303
    assert "Taken back" in world.client(ana).get(THANKS).text
    assert "It counts no more." in world.client(ana).get(f"{THANKS}/{thanks}").text
    leader = world.client(world.member(group, offices=[Office.PRESIDENT]))
    assert "1,000.50" not in leader.get(f"{HERE}/totals").text
    assert "1,000.50" not in leader.get(f"{HERE}/since").text
    assert "1,000.50" not in world.client(ana).get(f"{HERE}/own").text
    again = take_back(client, thanks, version=2)
    assert again.status_code == 422
    assert "You took this thank-you back." in unescape(again.text)
    assert correct(client, thanks, version=2).status_code == 422


def test_only_its_thanker_changes_a_thank_you_and_only_the_two_see_it(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    _client, thanks = given(world, rui, ana)
    of_ana = world.client(ana)
    assert "Correct it" not in of_ana.get(f"{THANKS}/{thanks}").text
    assert correct(of_ana, thanks).status_code == 404
    assert take_back(of_ana, thanks).status_code == 404
    third = world.client(world.member(group, offices=[Office.PRESIDENT]))
    assert third.get(f"{THANKS}/{thanks}").status_code == 404
    assert correct(third, thanks).status_code == 404
    assert column(world, "referrals_thank_you", "version") == [1]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"amount": "abc"}, "“abc” is not an amount."),
        ({"amount": ""}, "Write the amount that was invoiced."),
        ({"thanked_on": "2026-11-25"}, "The day lies in the future."),
        ({"currency": "XYZ"}, "Choose a currency from the list."),
        ({"note": "n" * 2_001}, "Please shorten this"),
    ],
)
def test_a_refused_correction_says_why_and_changes_nothing(
    world: World, ana: MemberLine, rui: MemberLine, change: dict[str, Any], sentence: str
) -> None:
    client, thanks = given(world, rui, ana)
    answer = correct(client, thanks, **change)
    assert answer.status_code == 422
    assert sentence in unescape(answer.text)
    assert column(world, "referrals_thank_you", "version") == [1]
    assert world.rows("referrals_thank_you_version") == 0
