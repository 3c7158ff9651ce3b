"""Business told with the result: every way of writing an amount, any currency, two at once, to whoever gave the slip."""

from datetime import date
from html import unescape

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update
from werkzeug.test import TestResponse

from app.core.groups.domain.standing import Group
from app.core.groups.models import GroupRow
from app.core.groups.queries import MemberLine
from app.core.groups.services import end_membership
from app.plugins.referrals.domain.slip import SlipState
from app.plugins.referrals.models import SlipRow
from tests.support.reading import column
from tests.support.slips import passed_slip, slip_of
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


@pytest.fixture
def slip(world: World, group: Group, ana: MemberLine, rui: MemberLine) -> str:
    return passed_slip(world, group, ana, rui)


def won(client: FlaskClient, slip: str, **typed: str) -> TestResponse:
    fields = {"version": "1", "form_token": "one", "result": "won", **typed}
    data = {f"close-{name}": value for name, value in fields.items()}
    return client.post(f"{HERE}/slips/{slip}/steps/close", data=data)


def write_as(world: World, locale: str) -> None:
    """Let the group write its amounts as they do there."""
    work = world.work()
    work.session.execute(update(GroupRow).values(locale=locale))
    work.commit()


def kept(world: World) -> list[tuple[object, object]]:
    minors = column(world, "referrals_thank_you", "amount_minor")
    return list(zip(minors, column(world, "referrals_thank_you", "currency"), strict=True))


WRITTEN = [
    ("de-DE", "1.234,56", "EUR", 123_456),
    ("pt-PT", "1234,56", "EUR", 123_456),
    ("en-GB", "1,234.56", "EUR", 123_456),
    ("en-US", "$1,234.56", "USD", 123_456),
    ("fr-FR", "1 234,56", "EUR", 123_456),
    ("fr-FR", "1\u202f234,56 €", "EUR", 123_456),
    ("sv-SE", "1\u00a0234,56", "EUR", 123_456),
    ("de-CH", "1'234.56", "CHF", 123_456),
    ("de-CH", "CHF 1’234.56", "CHF", 123_456),
    ("en-IN", "1,23,456.78", "INR", 12_345_678),
    ("ar-EG", "١٬٢٣٤٫٥٦", "EGP", 123_456),
    ("de-DE", "1.234", "JPY", 1_234),
    ("en-GB", "JP¥1,234", "JPY", 1_234),
    ("fr-FR", "1 234", "JPY", 1_234),
    ("de-DE", "1.234,567", "KWD", 1_234_567),
    ("en-GB", "1,234.5", "KWD", 1_234_500),
    ("de-CH", "1'234.567", "KWD", 1_234_567),
]


@pytest.mark.parametrize(("locale", "typed", "currency", "minor"), WRITTEN)
def test_an_amount_is_read_as_the_group_writes_it_and_kept_in_whole_minor_units(
    world: World, rui: MemberLine, slip: str, locale: str, typed: str, currency: str, minor: int
) -> None:
    write_as(world, locale)
    answer = won(world.client(rui), slip, amount=typed, currency=currency)
    assert answer.status_code == 303, unescape(answer.text)
    assert kept(world) == [(minor, currency)]


REFUSED = [
    ("en-GB", "1.234,56", "EUR", "If “1.234,56” means 1,234.56, write it like that."),
    ("de-DE", "1,234.56", "EUR", "If “1,234.56” means 1.234,56, write it like that."),
    ("en-GB", "10.5", "JPY", "JPY"),
    ("en-GB", "1.2345", "KWD", "KWD"),
    ("en-GB", "12 EUR", "JPY", "This amount is taken in JPY."),
    ("en-GB", "12", "DEM", "Choose a currency from the list."),
    ("en-GB", "12", "<b>", "Choose a currency from the list."),
    ("en-GB", "0", "EUR", "The amount must be more than zero."),
]


@pytest.mark.parametrize(("locale", "typed", "currency", "sentence"), REFUSED)
@pytest.mark.parametrize("place", ["", "_2"])
def test_what_cannot_be_read_is_said_beside_its_own_field_and_nothing_is_told(
    world: World,
    group: Group,
    rui: MemberLine,
    slip: str,
    locale: str,
    typed: str,
    currency: str,
    sentence: str,
    place: str,
) -> None:
    write_as(world, locale)
    fields = {f"amount{place}": typed, f"currency{place}": currency}
    answer = won(world.client(rui), slip, **fields)
    page = unescape(answer.text)
    named = "currency" if "Choose a currency" in sentence else "amount"
    said = page.partition(f'id="close-{named}{place}-error">')[2].partition("</p>")[0]
    assert answer.status_code == 422
    assert sentence in said
    assert f'value="{typed}"' in page
    assert slip_of(world, group, slip, rui).slip.state is SlipState.PASSED
    assert kept(world) == []


def test_two_amounts_in_two_currencies_are_told_in_one_go(
    world: World, ana: MemberLine, rui: MemberLine, slip: str
) -> None:
    two = {"amount": "1,000.50", "currency": "EUR", "amount_2": "5000", "currency_2": "JPY"}
    assert won(world.client(rui), slip, **two).status_code == 303
    assert kept(world) == [(100_050, "EUR"), (5_000, "JPY")]
    page = world.client(ana).get(f"{HERE}/slips/{slip}").text
    assert "€1,000.50" in page
    assert "JP¥5,000" in page


def test_every_amount_that_is_wrong_is_said_at_once(world: World, rui: MemberLine, slip: str) -> None:
    page = unescape(won(world.client(rui), slip, amount="abc", amount_2="-5", currency_2="JPY").text)
    assert "“abc” is not an amount." in page
    assert "The amount must be more than zero." in page
    assert 'selected value="JPY"' in page


def test_an_amount_without_a_win_is_refused_at_its_own_field(
    world: World, rui: MemberLine, slip: str
) -> None:
    page = won(world.client(rui), slip, result="lost", amount_2="5").text
    assert "An amount belongs to business that was won." in page.partition('id="close-amount_2-error"')[2]


def test_the_group_s_own_currency_is_chosen_already(world: World, rui: MemberLine, slip: str) -> None:
    page = world.client(rui).get(f"{HERE}/slips/{slip}").text
    assert page.count('<option selected value="EUR">') == 2


def test_a_giver_who_has_left_is_thanked(
    world: World, group: Group, ana: MemberLine, rui: MemberLine, slip: str
) -> None:
    work = world.work()
    end_membership(work, group_id=group.id, member_id=ana.id, last_day=date(2026, 11, 23), reason="left")
    work.commit()
    assert won(world.client(rui), slip, amount="10").status_code == 303
    assert column(world, "referrals_thank_you", "thanked_member_id") == [ana.id]


def test_a_giver_outside_the_group_is_thanked_by_name(world: World, rui: MemberLine, slip: str) -> None:
    work = world.work()
    work.session.execute(update(SlipRow).values(giver_member_id=None, giver_outside="Zoë Fisher"))
    work.commit()
    client = world.client(rui)
    assert won(client, slip, amount="10").status_code == 303
    assert column(world, "referrals_thank_you", "thanked_outside") == ["Zoë Fisher"]
    assert "You thanked Zoë Fisher" in client.get(f"{HERE}/thanks").text
