"""A slip to somebody in no group: it counts as given, the giver tells what came of it, and the house writes to nobody."""

from datetime import date
from html import unescape

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.plugins.referrals.interface import PalmsReferrals
from app.plugins.referrals.queries.totals import PalmsTotals
from tests.support.reading import column, words
from tests.support.slips import SLIP_FORM, reading
from tests.support.world import World

PASS = "/g/harbour/referrals/pass"
KARLA = "Karla Weiss, Weiß Heizung"


@pytest.fixture
def group(world: World) -> Group:
    return world.group()


@pytest.fixture
def ana(world: World, group: Group) -> MemberLine:
    return world.member(group, "Ana Sousa")


def send(client: FlaskClient, token: str = "one", **change: str) -> TestResponse:
    form = {**SLIP_FORM, "receiver": "outside", "receiver_outside": KARLA, "form_token": token}
    return client.post(PASS, data={**form, **change})


def passed(world: World, ana: MemberLine) -> str:
    """Pass the slip and return its address."""
    return send(world.client(ana)).headers["Location"]


def close(client: FlaskClient, slip: str, result: str, token: str = "two", **change: str) -> TestResponse:
    version = unescape(client.get(slip).text).partition('name="close-version" type="hidden" value="')[2][:1]
    form = {"close-version": version, "close-result": result, "close-note": "", "close-form_token": token}
    return client.post(f"{slip}/steps/close", data={**form, **change})


def test_it_is_kept_with_the_name_and_tells_the_giver_to_let_them_know(world: World, ana: MemberLine) -> None:
    client = world.client(ana)
    answer = send(client)
    assert answer.status_code == 303
    page = words(client.get(answer.headers["Location"]))
    assert f"Let {KARLA} know: the house writes to nobody outside." in page
    assert "Result to come" in page
    assert "I recommended you to somebody who needs what you do" in page
    assert "Café Miramar" not in page.partition("What you could write")[2].partition("</textarea>")[0]
    assert (world.rows("notice"), world.rows("outgoing_mail")) == (0, 0)


def test_it_counts_as_given_by_its_giver_and_received_by_nobody(
    world: World, group: Group, ana: MemberLine
) -> None:
    passed(world, ana)
    day = date(2026, 11, 24)
    with reading(world) as session:
        totals = PalmsTotals(session, world.now).palms_totals(group.id, day, day, group.zone)
    assert totals == {ana.id: PalmsReferrals(rgo=1)}


@pytest.mark.parametrize(
    ("result", "says"),
    [
        ("won", "Won"),
        ("no-response", "No response"),
        ("wrong-fit", "Wrong fit"),
        ("not-ready", "Not ready yet"),
    ],
)
def test_its_giver_tells_the_result_and_may_take_it_up_again(
    world: World, ana: MemberLine, result: str, says: str
) -> None:
    slip, client = passed(world, ana), world.client(ana)
    assert "Wrong fit: not something they do" in words(client.get(slip))
    answer = close(client, slip, result)
    assert answer.status_code == 303
    page = words(client.get(slip))
    assert says in page
    assert "Saved." in page
    assert "The other side has been told" not in page
    reopened = client.post(f"{slip}/steps/reopen", data={"reopen-version": "2", "reopen-form_token": "three"})
    assert reopened.status_code == 303
    assert column(world, "referrals_slip", "state") == ["in-progress"]
    assert (world.rows("notice"), world.rows("outgoing_mail")) == (0, 0)


def test_no_result_and_an_amount_are_refused(world: World, ana: MemberLine) -> None:
    slip, client = passed(world, ana), world.client(ana)
    assert "Choose what came of it" in words(close(client, slip, "", "a"))
    refused = close(client, slip, "won", "b", **{"close-amount": "100"})
    assert refused.status_code == 422
    assert "they are in no group here" in words(refused)
    assert column(world, "referrals_slip", "state") == ["passed"]


@pytest.mark.parametrize("act", ["acknowledge", "try", "decline"])
def test_what_only_a_receiver_can_say_nobody_says(world: World, ana: MemberLine, act: str) -> None:
    slip = passed(world, ana)
    answer = world.client(ana).post(f"{slip}/steps/{act}", data={f"{act}-version": "1"})
    assert answer.status_code == 422
    assert column(world, "referrals_slip", "state") == ["passed"]


def test_nobody_reports_on_it(world: World, ana: MemberLine) -> None:
    slip, client = passed(world, ana), world.client(ana)
    close(client, slip, "won")
    assert client.post(f"{slip}/report", data={"answer": "yes", "form_token": "x"}).status_code == 404
    assert world.rows("referrals_report") == 0


BAD_NAMES = [
    ("", "Write the name of the person whom you recommended"),
    ("n" * 201, "Please shorten this to 200 characters; it has 201."),
]


@pytest.mark.parametrize(("name", "sentence"), BAD_NAMES)
def test_a_bad_name_is_refused_and_everything_typed_is_kept(
    world: World, ana: MemberLine, name: str, sentence: str
) -> None:
    answer = send(world.client(ana), receiver_outside=name, about="")
    page = words(answer)
    assert answer.status_code == 422
    assert sentence in page
    assert "Say in a few words what they need" in page
    assert "Café Miramar" in page
    assert 'selected value="outside"' in answer.text
    assert world.rows("referrals_slip") == 0


def test_markup_in_the_name_is_shown_as_text(world: World, ana: MemberLine) -> None:
    client = world.client(ana)
    slip = send(client, receiver_outside="<b>Karla</b>").headers["Location"]
    assert "&lt;b&gt;Karla&lt;/b&gt;" in client.get(slip).text
    assert "<b>Karla</b>" not in client.get("/g/harbour/referrals/given").text


def test_the_same_prospect_to_the_same_person_is_pointed_out_once(world: World, ana: MemberLine) -> None:
    client = world.client(ana)
    first = send(client, "one").headers["Location"].rpartition("/")[2]
    again = send(client, "two")
    assert again.status_code == 422
    assert "Is this the same referral?" in words(again)
    assert send(client, "three", twins=first).status_code == 303
    assert send(client, "four", receiver_outside="Somebody else").status_code == 303


def test_to_everybody_else_it_does_not_exist(world: World, group: Group, ana: MemberLine) -> None:
    slip = passed(world, ana)
    president = world.member(group, "Inês Carvalho", offices=[Office.PRESIDENT])
    stranger = world.client()
    assert world.client(ana).get(slip).status_code == 200
    assert world.client(president).get(slip).status_code == 404
    assert world.client(world.member(world.group("mill"))).get(slip).status_code == 404
    assert stranger.get(slip).status_code == 303
    assert close(world.client(president), slip, "won").status_code in {404, 422}
    assert column(world, "referrals_slip", "state") == ["passed"]


def test_it_is_read_out_by_name_and_waits_for_nobody(world: World, group: Group, ana: MemberLine) -> None:
    passed(world, ana)
    president = world.member(group, "Inês Carvalho", offices=[Office.PRESIDENT])
    assert "Karla Weiss" in words(world.client(president).get("/g/harbour/referrals/since?since=2026-11-20"))
    assert "waits for" not in words(world.client(ana).get("/g/harbour/")).partition("My open slips")[0]
