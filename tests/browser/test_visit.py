"""From the public page to a visit that is called off: at phone width, with the keyboard alone, and nothing that cannot be read."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import NewPerson
from tests.support.browsing import DemoHouse, demo_house
from tests.support.keyboard import Keyboard
from tests.support.looking import faults
from tests.support.reading import column
from tests.support.visiting import links_mailed, visits

BEFORE = datetime(2026, 11, 20, 12, tzinfo=UTC)
PHONE: ViewportSize = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def demo(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoHouse]:
    with demo_house(tmp_path_factory.mktemp("visit"), sqlite_template, BEFORE, weeks=4) as demo:
        yield demo


def submit(keys: Keyboard, page: Page, name: str) -> None:
    """Go to a button and press it."""
    keys.go_to(page.get_by_role("button", name=name, exact=True))
    keys.press("Enter")


def test_a_visitor_registers_and_calls_off_with_the_keyboard_alone(
    demo: DemoHouse, new_person: NewPerson
) -> None:
    page = new_person(demo.base_url)
    page.set_viewport_size(PHONE)
    page.goto("/visit/harbour")
    assert faults(page) == []
    demo.world.pass_time(seconds=30)
    keys = Keyboard(page)
    keys.type_into(page.get_by_label("Your name"), "Layla Haddad-Wolfeschlegelsteinhausen")
    keys.type_into(page.get_by_label("What you do"), "Architect")
    keys.type_into(page.get_by_label("Mail address"), "layla@haddad.example")
    keys.go_to(page.get_by_label("I would rather listen and not speak"))
    keys.press("Space")
    submit(keys, page, "Register")
    expect(page.get_by_role("alert")).to_contain_text("Tick that we may keep")
    assert faults(page) == []
    keys.go_to(page.get_by_label("I agree"))
    keys.press("Space")
    submit(keys, page, "Register")
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert faults(page) == []

    (link,) = links_mailed(demo.world, "layla@haddad.example")
    page.goto(link)
    expect(page.get_by_role("heading", name="You are expected")).to_be_visible()
    assert faults(page) == []
    keys.go_to(page.get_by_text("I cannot come"))
    keys.press("Enter")
    submit(keys, page, "Call off my visit")
    expect(page.get_by_role("heading", name="This visit is called off")).to_be_visible()
    assert faults(page) == []
    (visit,) = [one for one in visits(demo.world) if one.email == "layla@haddad.example"]
    assert (visit.state, visit.listens_only) == ("cancelled", True)
    assert "welcome.visit_called_off" in column(demo.world, "notice", "kind")
