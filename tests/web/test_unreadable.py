"""The NUL character, which no database keeps as text, anywhere a browser can send it: refused kindly, never a fault."""

from io import BytesIO

import pytest
from werkzeug.routing import Rule

from app.core.groups.domain.office import Office
from tests.support.reading import words
from tests.support.world import World


def _with_nul(rule: Rule, argument: str) -> str:
    address = rule.rule.replace("<group>", "harbour") if argument != "group" else rule.rule
    for other in sorted(rule.arguments - {argument}):
        address = address.replace(f"<{other}>", "x").replace(f"<path:{other}>", "x")
    return address.replace(f"<path:{argument}>", "a%00b").replace(f"<{argument}>", "a%00b")


def test_no_address_with_it_is_there(world: World) -> None:
    president = world.client(world.member(world.group(), offices=(Office.PRESIDENT,)))
    rules = [
        (rule, argument) for rule in world.app.url_map.iter_rules() for argument in sorted(rule.arguments)
    ]
    assert len(rules) > 40
    for rule, argument in rules:
        method = "GET" if "GET" in (rule.methods or set()) else "POST"
        assert president.open(_with_nul(rule, argument), method=method).status_code == 404, rule.rule


@pytest.mark.parametrize(
    "address", ["/account/sign-in", "/account/forgotten", "/g/harbour/members/add", "/g/harbour/import"]
)
def test_no_form_with_it_is_read(world: World, address: str) -> None:
    president = world.client(world.member(world.group(), offices=(Office.PRESIDENT,)))
    fields = {
        "email": "a\x00b@c.example",
        "password": "a\x00b",
        "given_name": "a\x00b",
        "joined_on": "2026-11-24",
    }
    refused = president.post(address, data=fields)
    assert refused.status_code == 400
    assert "cannot read" in words(refused)
    assert president.post(address, data={"file": (BytesIO(b"x"), "a\x00b.csv")}).status_code == 400


def test_no_question_with_it_is_answered(world: World) -> None:
    president = world.client(world.member(world.group(), offices=(Office.PRESIDENT,)))
    assert president.get("/g/harbour/members?former=%00").status_code == 400
    assert president.get("/account/sign-in?next=/%00").status_code == 400
