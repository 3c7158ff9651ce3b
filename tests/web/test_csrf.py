"""A form that comes from elsewhere is refused: every POST of the URL map without its token, and with a strange one."""

import re

from werkzeug.routing import Rule

from app.core.access.domain.permission import TABLET
from app.core.groups.domain.office import Office
from tests.support.access_matrix import doors
from tests.support.reading import words
from tests.support.tablets import registered
from tests.support.world import World


def posts(world: World, *, of_tablets: bool = False) -> list[str]:
    """Return an address of the harbour for every POST there is: of forms, or of the tablet's script."""
    return [
        door.address.format(group="harbour")
        for door in doors(world.app, with_head=False)
        if door.method == "POST"
        and (door.rule.permission == TABLET) is of_tablets
        and door.endpoint
        != "stop.stop"  # pressed by mail programs, which have no token: its address is the key
    ]


def test_every_post_without_a_token_is_refused(world: World) -> None:
    president = world.client(world.member(world.group(), offices=(Office.PRESIDENT,)), csrf=True)
    before = world.rows("ledger_entry"), world.rows("account_session")
    addresses = posts(world)
    assert len(addresses) > 20
    for address in addresses:
        refused = president.post(address)
        assert refused.status_code == 400, address
        assert "too old or came from elsewhere" in words(refused)
    assert (world.rows("ledger_entry"), world.rows("account_session")) == before


def test_a_token_of_another_browser_opens_nothing(world: World) -> None:
    group = world.group()
    president = world.client(world.member(group, offices=(Office.PRESIDENT,)), csrf=True)
    other = world.client(world.member(group), csrf=True)
    token = _token(other.get("/g/harbour/").text)
    assert {president.post(address, data={"csrf_token": token}).status_code for address in posts(world)} == {
        400
    }


def test_the_token_of_the_page_lets_its_form_through(world: World) -> None:
    president = world.client(world.member(world.group(), offices=(Office.PRESIDENT,)), csrf=True)
    token = _token(president.get("/g/harbour/settings").text)
    sent = president.post("/g/harbour/settings/referrals", data={"csrf_token": token, "to": "off"})
    assert sent.status_code == 303
    assert president.get("/g/harbour/referrals/").status_code == 404


def test_a_stranger_signs_in_with_the_token_of_the_page(world: World) -> None:
    client = world.client(csrf=True)
    body = {"email": "nobody@harbour.example", "password": "not a password"}
    assert client.post("/account/sign-in", data=body).status_code == 400
    token = _token(client.get("/account/sign-in").text)
    assert client.post("/account/sign-in", data={**body, "csrf_token": token}).status_code == 422


def test_a_refused_form_is_met_before_the_gate_tells_anything(world: World) -> None:
    stranger = world.client(csrf=True)
    assert {stranger.post(address).status_code for address in posts(world)} == {400}


def test_what_a_form_can_send_is_refused_to_a_tablet(world: World) -> None:
    """Its page, kept for months, can hold no token: only what is declared as JSON is read, which no form can declare."""
    group = world.group()
    tablet = registered(world, group, world.member(group, offices=(Office.PRESIDENT,)))
    world.app.config["WTF_CSRF_ENABLED"] = True
    addresses = posts(world, of_tablets=True)
    assert len(addresses) == 2
    for address in addresses:
        for kind in ("application/x-www-form-urlencoded", "multipart/form-data", "text/plain", ""):
            body = '{"boot": "' + "0" * 32 + '", "m": 1, "events": []}'
            answer = tablet.client.post(address, data=body, content_type=kind)
            assert (answer.status_code, answer.json) == (400, {"code": "json"}), (address, kind)
    assert tablet.contact().status_code == 200


def _token(text: str) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', text)
    assert found is not None
    return found[1]


def test_no_address_takes_a_method_that_carries_no_token(world: World) -> None:
    assert [rule for rule in world.app.url_map.iter_rules() if _writes_by_other_means(rule)] == []


def _writes_by_other_means(rule: Rule) -> bool:
    return not (rule.methods or set()) <= {"GET", "HEAD", "OPTIONS", "POST"}
