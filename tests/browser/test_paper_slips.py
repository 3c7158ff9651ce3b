"""Slips on paper: five typed in by keyboard with counted keys, and the sheet as it looks and as it is printed."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import LAPTOP, PHONE, NewPerson
from tests.support.browsing import DemoHouse, demo_house
from tests.support.looking import faults
from tests.support.reading_files import pages_in

AFTER = datetime(2026, 11, 24, 12, tzinfo=UTC)
HERE = "/g/harbour/referrals"
MOST_KEYS_A_SLIP: Final = 13
"""Eight Tabs, a key for each of three lists, Space for the tick, Enter to the next slip."""
SLIPS: Final = 5


@pytest.fixture(scope="module")
def demo(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoHouse]:
    with demo_house(tmp_path_factory.mktemp("paper"), sqlite_template, AFTER, weeks=12) as demo:
        demo.world.app.config["WTF_CSRF_ENABLED"] = True
        yield demo


class Typist:
    """Two hands on a keyboard before the page; every key but the letters of the slips is counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.keys = 0

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.keys += 1

    def text(self, text: str) -> None:
        self.page.keyboard.type(text)

    def slip(self, giver: str, receiver: str, prospect: str) -> None:
        """Type one slip from its first field on, and go to the next."""
        for words in (giver, receiver, prospect, f"{prospect}@mail.example", "A new kitchen"):
            self.text(words)
            self.press("Tab")
        for key in ("o", "3", "w"):
            self.press(key)
            self.press("Tab")
        self.press("Space")
        self.press("Enter")


def shortest_of(demo: DemoHouse, number: int) -> list[tuple[str, str]]:
    """Return members with the fewest letters of their name that mean them alone, as it is completed on the page."""
    names = [one.name for one in demo.members]
    found = []
    for name in names:
        others = [word.lower() for other in names if other != name for word in other.split()]
        begun = next(name[:size] for size in range(1, len(name) + 1) if _is_alone(name[:size], others, names))
        found.append((name, begun))
    return found[:number]


def _is_alone(begun: str, others: list[str], names: list[str]) -> bool:
    clashes = [name for name in names if name.lower().startswith(begun.lower())]
    return len(clashes) == 1 and not any(word.startswith(begun.lower()) for word in others)


def test_five_slips_are_typed_in_by_keyboard_within_thirteen_keys_each(
    demo: DemoHouse, new_person: NewPerson, pytestconfig: pytest.Config
) -> None:
    secretary = demo.demo_sign_in("secretary")
    page = new_person(demo.base_url, size=LAPTOP)
    demo.enter(page, secretary)
    before = demo.world.rows("referrals_slip")
    page.goto(f"{HERE}/paper/type-in")
    people = shortest_of(demo, SLIPS + 1)
    page.get_by_role("group", name="Slip 1", exact=True).get_by_label("From").focus()
    typist = Typist(page)
    for place in range(SLIPS):
        typist.slip(people[place][1], people[place + 1][1], f"firm{place}")
    for place in range(SLIPS):
        slip = page.get_by_role("group", name=f"Slip {place + 1}", exact=True)
        expect(slip.get_by_label("From")).to_have_value(people[place][0])
        expect(slip.get_by_label("To", exact=True)).to_have_value(people[place + 1][0])
        expect(slip.get_by_label("They agreed")).to_be_checked()
    expect(page.get_by_role("group", name="Slip 6", exact=True).get_by_label("From")).to_be_focused()
    if pytestconfig.get_verbosity() >= 0:
        print(f"\ntyping in {SLIPS} slips by keyboard: {typist.keys} keys beside their letters", end=" ")
    assert typist.keys <= MOST_KEYS_A_SLIP * SLIPS
    page.get_by_role("button", name="Pass these slips").press("Enter")
    expect(page.get_by_text("5 slips are passed.")).to_be_visible()
    assert demo.world.rows("referrals_slip") == before + SLIPS


def test_what_is_wrong_with_a_pile_is_seen_and_read_by_everybody(
    demo: DemoHouse, new_person: NewPerson
) -> None:
    page = new_person(demo.base_url, size=LAPTOP)
    demo.enter(page, demo.demo_sign_in("secretary"))
    page.goto(f"{HERE}/paper/type-in")
    assert faults(page) == []
    page.get_by_role("group", name="Slip 2", exact=True).get_by_label("From").fill("Nobody at all")
    page.get_by_role("button", name="Pass these slips").click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("alert")).to_contain_text("Nobody in the group is called “Nobody at all”")
    assert faults(page) == []
    page.get_by_role("alert").get_by_role("link", name="Slip 2").click()
    expect(page.get_by_role("group", name="Slip 2", exact=True).get_by_label("From")).to_be_in_viewport()


def test_the_sheet_prints_four_slips_on_one_page_and_reads_well_on_a_phone(
    demo: DemoHouse, new_person: NewPerson
) -> None:
    page = new_person(demo.base_url, size=PHONE)
    demo.enter(page, demo.demo_sign_in("member"))
    page.goto(f"{HERE}/paper?mine=1")
    expect(page.get_by_text("Who needs something")).to_have_count(4)
    expect(page.get_by_text("Who needs something").nth(0)).to_be_visible()
    expect(page.get_by_text("Who needs something").nth(1)).to_be_hidden()
    assert faults(page) == []
    for paper in ("A4", "Letter"):
        assert pages_in(page.pdf(format=paper)) == 1, paper
