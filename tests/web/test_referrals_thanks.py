"""Thank-you business and the group's totals in the browser: private to the two, totals without names of thankers."""

from datetime import date
from html import unescape

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.plugins.referrals.domain.slip import Act, SlipState
from tests.support.slips import passed_slip, take
from tests.support.world import World

THANKS = "/g/harbour/referrals/thanks"
TOTALS = "/g/harbour/referrals/totals"
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


def thank(client: FlaskClient, thanked: str, *, amount: str = "1,000.50", **change: str) -> TestResponse:
    form = {"thanked": thanked, "amount": amount, "thanked_on": "2026-11-24", "note": "", "form_token": "one"}
    return client.post(THANKS, data={**form, **change})


def test_thanks_are_kept_and_both_sides_see_them(world: World, ana: MemberLine, rui: MemberLine) -> None:
    of_rui = world.client(rui)
    assert thank(of_rui, ana.public_id, note="For the kitchen").status_code == 303
    page = unescape(of_rui.get(THANKS).text)
    assert "You thanked Ana Sousa" in page
    assert "€1,000.50" in page
    of_ana = unescape(world.client(ana).get(THANKS).text)
    assert "Rui Almeida thanked you" in of_ana
    assert "For the kitchen" in of_ana


@pytest.mark.parametrize("office", [None, Office.PRESIDENT, Office.SECRETARY_TREASURER])
def test_nobody_else_learns_who_thanked_whom(
    world: World, group: Group, ana: MemberLine, rui: MemberLine, office: Office | None
) -> None:
    thank(world.client(rui), ana.public_id)
    other = world.client(world.member(group, offices=[office] if office else []))
    pages = [
        THANKS,
        "/g/harbour/",
        f"/g/harbour/members/{ana.public_id}",
        f"/g/harbour/members/{rui.public_id}",
    ]
    texts = [other.get(address).text for address in pages]
    assert not any("thanked you" in text or "You thanked" in text for text in texts)


def test_a_double_tap_is_one_thank_you(world: World, ana: MemberLine, rui: MemberLine) -> None:
    client = world.client(rui)
    first, second = thank(client, ana.public_id), thank(client, ana.public_id)
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.headers["Location"] == second.headers["Location"]
    assert world.rows("referrals_thank_you") == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"amount": "1.000,50"}, "If “1.000,50” means 1,000.50, write it like that."),
        ({"amount": "abc"}, "“abc” is not an amount."),
        ({"amount": "-5"}, "The amount must be more than zero."),
        ({"amount": ""}, "Write the amount that was invoiced."),
        ({"amount": "9" * 100_000}, "is not an amount"),
        ({"thanked_on": "tomorrow"}, "Give the day of the business, for example 2026-11-24."),
        ({"thanked_on": "2026-11-25"}, "The day lies in the future."),
        ({"note": "n" * 100_000}, "Please shorten this to 2,000 characters"),
    ],
)
def test_refused_thanks_say_why_keep_what_was_typed_and_change_nothing(
    world: World, ana: MemberLine, rui: MemberLine, change: dict[str, str], sentence: str
) -> None:
    answer = thank(world.client(rui), ana.public_id, **change)
    page = unescape(answer.text)
    assert answer.status_code == 422
    assert sentence in page
    assert all(value in page for value in change.values())
    assert f'selected value="{ana.public_id}"' in page
    assert world.rows("referrals_thank_you") == 0


@pytest.mark.parametrize("who", ["oneself", "nobody", "stranger", "other group"])
def test_whom_one_cannot_thank(world: World, group: Group, rui: MemberLine, who: str) -> None:
    whom = {
        "oneself": rui.public_id,
        "nobody": "",
        "stranger": "nobody234567",
        "other group": world.member(world.group("mill")).public_id,
    }
    answer = thank(world.client(rui), whom[who])
    assert answer.status_code == 422
    assert 'value="1,000.50"' in answer.text
    assert world.rows("referrals_thank_you") == 0


def test_thanks_for_a_won_slip_name_its_giver(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    slip = passed_slip(world, group, ana, rui)
    take(world, group, slip, rui, Act.CLOSE, result=SlipState.WON)
    client = world.client(rui)
    assert f"{THANKS}?slip={slip}" in client.get(f"/g/harbour/referrals/slips/{slip}").text
    assert "to Ana Sousa." in unescape(client.get(f"{THANKS}?slip={slip}").text)
    assert thank(client, "", slip=slip).status_code == 303
    assert "Rui Almeida thanked you" in world.client(ana).get(f"/g/harbour/referrals/slips/{slip}").text


def test_another_persons_slip_is_no_reason_for_thanks(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    slip = passed_slip(world, group, ana, rui)
    third = world.client(world.member(group))
    assert "Miramar" not in third.get(f"{THANKS}?slip={slip}").text
    answer = thank(third, ana.public_id, slip=slip)
    assert answer.status_code == 422
    assert "The slip belongs to the two others." in answer.text
    assert world.rows("referrals_thank_you") == 0


def test_who_opens_the_thanks(world: World, ana: MemberLine) -> None:
    assert world.client(ana).get(THANKS).status_code == 200
    assert world.client().get(THANKS).status_code == 303
    assert world.client(world.member(world.group("mill"))).get(THANKS).status_code == 404


def test_the_page_costs_two_statements_after_the_gate(world: World, ana: MemberLine, rui: MemberLine) -> None:
    client = world.client(rui)
    with world.statements() as few:
        client.get(THANKS)
    for number in range(3):
        thank(client, ana.public_id, form_token=str(number))
    with world.statements() as many:
        client.get(THANKS)
    assert len(few) == len(many) <= GATE + 2


def test_totals_are_for_leaders(world: World, group: Group, ana: MemberLine) -> None:
    president = world.member(group, offices=[Office.PRESIDENT])
    mentor = world.member(group, offices=[Office.MENTOR])
    assert world.client(president).get(TOTALS).status_code == 200
    assert world.client(mentor).get(TOTALS).status_code == 403
    assert world.client(ana).get(TOTALS).status_code == 403
    assert world.client().get(TOTALS).status_code == 303
    assert (
        world.client(world.member(world.group("mill"), offices=[Office.PRESIDENT])).get(TOTALS).status_code
        == 404
    )


def test_totals_name_members_but_no_slip_and_no_thanker(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    left = world.member(group, "Nuno Barros", ended=date(2026, 9, 1))
    slip = passed_slip(world, group, ana, rui)
    take(world, group, slip, rui, Act.CLOSE, result=SlipState.WON, amount="250")
    thank(world.client(rui), left.public_id, amount="75")
    president = world.client(world.member(group, "Inês Carvalho", offices=[Office.PRESIDENT]))
    page = unescape(president.get(f"{TOTALS}?from=2026-11-24&to=2026-11-24").text)
    row_of = {
        name: page.split(name)[1].split("</tr>")[0]
        for name in ("Ana Sousa", "Rui Almeida", "No longer members")
    }
    assert "€250.00" in row_of["Ana Sousa"]
    assert "€0.00" in row_of["Rui Almeida"]
    assert "€75.00" in row_of["No longer members"]
    assert "€325.00" in page
    assert "Miramar" not in page


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("from=yesterday", "“yesterday” is not a day."),
        ("from=9999-12-31&to=9999-12-31", "is not a day."),
        ("from=0001-01-01", "5 years at most"),
        ("from=0001-01-01&to=0001-01-07", "is not a day."),
        ("from=2026-11-24&to=2026-11-01", "The period ends before"),
    ],
)
def test_days_that_cannot_be_shown_are_explained(
    world: World, group: Group, query: str, sentence: str
) -> None:
    president = world.client(world.member(group, offices=[Office.PRESIDENT]))
    answer = president.get(f"{TOTALS}?{query}")
    assert answer.status_code == 422
    assert sentence in unescape(answer.text)


def test_totals_cost_five_statements_after_the_gate(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    president = world.client(world.member(group, offices=[Office.PRESIDENT]))
    passed_slip(world, group, ana, rui)
    with world.statements() as seen:
        president.get(TOTALS)
    assert len(seen) <= GATE + 5
