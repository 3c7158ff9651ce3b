"""Passing a slip in the browser: the form, who may, what is refused, and that what was typed is kept."""

from datetime import date
from html import unescape

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from tests.support.slips import SLIP_FORM
from tests.support.world import World

PASS = "/g/harbour/referrals/pass"
GATE = 3
"""Statements before a page of a group is drawn: the session, the membership, its offices and switches."""


@pytest.fixture
def group(world: World) -> Group:
    return world.group()


@pytest.fixture
def ana(world: World, group: Group) -> MemberLine:
    return world.member(group, "Ana Sousa")


@pytest.fixture
def rui(world: World, group: Group) -> MemberLine:
    return world.member(group, "Rui Almeida", trade="Electrician")


def send(client: FlaskClient, receiver: str, token: str = "one", **change: str) -> TestResponse:
    form = {**SLIP_FORM, "receiver": receiver, "form_token": token, **change}
    return client.post(PASS, data={name: value for name, value in form.items() if value != "-"})


def test_the_form_offers_todays_colleagues_by_name_and_trade(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    world.member(group, "Nuno Barros", ended=date(2026, 11, 1))
    page = world.client(ana).get(PASS).text
    assert "Rui Almeida · Electrician" in page
    assert "Nuno Barros" not in page
    assert f'value="{ana.public_id}"' not in page


def test_the_form_opens_filled_with_the_receiver_named_in_the_address(
    world: World, ana: MemberLine, rui: MemberLine
) -> None:
    page = world.client(ana).get(f"{PASS}?to={rui.public_id}").text
    assert f'selected value="{rui.public_id}"' in page


def test_a_passed_slip_leads_to_its_page(world: World, ana: MemberLine, rui: MemberLine) -> None:
    client = world.client(ana)
    answer = send(client, rui.public_id)
    assert answer.status_code == 303
    page = client.get(answer.headers["Location"])
    assert page.status_code == 200
    assert "Café Miramar" in page.text
    assert "The slip is passed" in page.text


def test_without_the_page_s_own_token_nothing_is_passed(
    world: World, ana: MemberLine, rui: MemberLine
) -> None:
    client = world.client(ana, csrf=True)
    answer = send(client, rui.public_id)
    assert answer.status_code == 400
    assert world.rows("referrals_slip") == 0


def test_a_double_tap_is_one_slip_and_the_same_answer(world: World, ana: MemberLine, rui: MemberLine) -> None:
    client = world.client(ana)
    first, second = send(client, rui.public_id), send(client, rui.public_id)
    assert (first.status_code, first.headers["Location"]) == (second.status_code, second.headers["Location"])
    assert world.rows("referrals_slip") == 1


def test_the_same_token_with_other_words_is_refused_after_success(
    world: World, ana: MemberLine, rui: MemberLine
) -> None:
    client = world.client(ana)
    send(client, rui.public_id)
    assert send(client, rui.public_id, about="Something else").status_code == 422
    assert world.rows("referrals_slip") == 1


def test_a_corrected_form_is_no_conflict(world: World, ana: MemberLine, rui: MemberLine) -> None:
    client = world.client(ana)
    assert send(client, rui.public_id, about="").status_code == 422
    assert send(client, rui.public_id).status_code == 303


REFUSED = [
    ({"agreed": "-"}, "Ask them first whether they may be contacted"),
    ({"prospect_name": "  "}, "Write the name of the person or firm"),
    ({"prospect_contact": ""}, "Give one way to reach them"),
    ({"about": ""}, "Say in a few words what they need"),
    ({"tier": "-"}, "inside) or somebody else (outside)"),
    ({"tier": "both"}, "inside) or somebody else (outside)"),
    ({"how_well": "-"}, "from 1 to 5"),
    ({"how_well": "9"}, "from 1 to 5"),
    ({"basis": "-"}, "Say how you know the receiver’s work"),
    ({"urgency": "yesterday"}, "Choose how soon"),
    ({"about": "ä" * 50_000}, "Please shorten this to 2,000 characters; it has 50,000."),
    ({"prospect_name": "<b>" * 34_000}, "Please shorten this to 200 characters"),
]


@pytest.mark.parametrize(("change", "sentence"), REFUSED)
def test_a_refused_slip_says_why_keeps_what_was_typed_and_changes_nothing(
    world: World, ana: MemberLine, rui: MemberLine, change: dict[str, str], sentence: str
) -> None:
    answer = send(world.client(ana), rui.public_id, **change)
    page = unescape(answer.text)
    assert answer.status_code == 422
    assert sentence in page
    kept = {**SLIP_FORM, **change}
    assert all(
        kept[name] in page for name in ("prospect_name", "prospect_contact", "about") if kept[name].strip()
    )
    assert f'selected value="{rui.public_id}"' in answer.text
    assert (world.rows("referrals_slip"), world.rows("referrals_prospect"), world.rows("notice")) == (0, 0, 0)
    assert world.rows("submission") == 0


def test_an_empty_form_names_everything_at_once(world: World, ana: MemberLine) -> None:
    page = world.client(ana).post(PASS, data={}).text
    assert page.count('class="field-error"') == 8


@pytest.mark.parametrize("who", ["myself", "former", "stranger", "other group", "a key"])
def test_whom_no_slip_can_be_passed_to(
    world: World, group: Group, ana: MemberLine, rui: MemberLine, who: str
) -> None:
    receivers = {
        "myself": (ana.public_id, "A slip goes to somebody else"),
        "former": (
            world.member(group, "Nuno Barros", ended=date(2026, 11, 1)).public_id,
            "Nuno Barros has left the group",
        ),
        "stranger": ("nobody234567", "not a member of this group"),
        "other group": (world.member(world.group("mill")).public_id, "not a member of this group"),
        "a key": (str(rui.id), "not a member of this group"),
    }
    receiver, sentence = receivers[who]
    answer = send(world.client(ana), receiver)
    assert answer.status_code == 422
    assert sentence in unescape(answer.text)
    assert "Café Miramar" in answer.text
    assert world.rows("referrals_slip") == 0


def test_control_characters_are_left_out_and_markup_is_shown_as_text(
    world: World, ana: MemberLine, rui: MemberLine
) -> None:
    client = world.client(ana)
    answer = send(client, rui.public_id, about="One\x07\x1b line\r\n<script>alert(1)</script>")
    page = client.get(answer.headers["Location"]).text
    assert "One line<br>&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_who_opens_the_form(world: World, group: Group, ana: MemberLine) -> None:
    of_mill = world.member(world.group("mill"))
    president = world.member(group, offices=[Office.PRESIDENT])
    assert world.client(ana).get(PASS).status_code == 200
    assert world.client(president).get(PASS).status_code == 200
    assert world.client().get(PASS).status_code == 303
    assert world.client(of_mill).get(PASS).status_code == 404


def test_where_referrals_are_off_there_is_no_form(world: World) -> None:
    quiet = world.group("quiet", plugins=())
    assert world.client(world.member(quiet)).get("/g/quiet/referrals/pass").status_code == 404


def test_the_form_costs_three_statements_after_the_gate(
    world: World, group: Group, ana: MemberLine, rui: MemberLine
) -> None:
    client = world.client(ana)
    with world.statements() as few:
        client.get(PASS)
    for _number in range(5):
        world.member(group)
    with world.statements() as many:
        client.get(PASS)
    assert len(few) == len(many) <= GATE + 3


def test_a_slip_costs_the_same_statements_each_time(world: World, ana: MemberLine, rui: MemberLine) -> None:
    client = world.client(ana)
    counts = []
    for number in range(3):
        with world.statements() as seen:
            answer = send(
                client,
                rui.public_id,
                token=str(number),
                prospect_name=f"Café {number}",
                prospect_contact=f"+351 210 000 10{number}",
            )
        assert answer.status_code == 303
        counts.append(len(seen))
    assert len(set(counts)) == 1
    assert counts[0] <= GATE + 17, "one of them asks for the group's own words of the mail"
