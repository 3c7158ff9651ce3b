"""A newcomer's first ask: ways to help come first, the ask reads “learn about me”, an answer, a thank-you, an introduction."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app.core.groups.queries import MemberLine
from tests.browser.conftest import PHONE, NewPerson
from tests.support.browsing import ServedHouse, served_house
from tests.support.looking import faults_as_it_is

EVENING = datetime(2026, 11, 24, 18, 30, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Three:
    """A house with a newcomer of two weeks and two who have long been there."""

    house: ServedHouse
    newcomer: MemberLine
    helper: MemberLine
    third: MemberLine


@pytest.fixture
def three(sqlite_template: Path, tmp_path: Path) -> Iterator[Three]:
    with served_house(tmp_path, sqlite_template, EVENING) as house:
        group = house.world.group(plugins=("attendance", "referrals", "welcome", "giving"))
        yield Three(
            house=house,
            newcomer=house.world.member(group, "Noa Lindqvist", trade="Restorer", joined=date(2026, 11, 10)),
            helper=house.world.member(group, "Ana Sousa", trade="Interior designer"),
            third=house.world.member(group, "Rui Almeida", trade="Electrician"),
        )


def test_a_newcomers_first_ask_is_answered_thanked_for_and_leads_to_an_introduction(
    three: Three, new_person: NewPerson
) -> None:
    phone = new_person(three.house.base_url, size=PHONE, has_touch=True)
    laptop = new_person(three.house.base_url)
    three.house.enter(phone, three.newcomer)
    three.house.enter(laptop, three.helper)
    asks_to_be_known(phone)
    is_answered(laptop)
    thanks(phone)
    stands_until_it_is_hidden(laptop)
    third = new_person(three.house.base_url)
    three.house.enter(third, three.third)
    are_introduced(three, laptop, phone, third)


def asks_to_be_known(phone: Page) -> None:
    """Find ways to help before the ask box, and ask; no referral is offered in the first months."""
    phone.goto("/g/harbour/")
    expect(phone.get_by_text("Whom do you know that somebody here would be glad to meet?")).to_be_visible()
    phone.locator("main").get_by_role("link", name="Help and ask").tap()
    looks_right(phone, "Help and ask")
    ways = phone.get_by_role("heading", name="Ways you can help this week")
    box = phone.get_by_role("heading", name="Let them learn about you")
    assert top_of(phone, ways.bounding_box()) < top_of(phone, box.bounding_box())
    expect(phone.get_by_label("A referral")).to_have_count(0)
    phone.get_by_role("button", name="Ask the group").tap()
    expect(phone.get_by_role("alert")).to_contain_text("Choose what you ask for.")
    looks_right(phone, "Help and ask")
    phone.get_by_label("Learn about me").check()
    phone.get_by_label("In one line").fill("I restore old chairs, for people who keep things")
    phone.get_by_role("button", name="Ask the group").tap()
    looks_right(phone, "Learn about Noa Lindqvist")


def is_answered(laptop: Page) -> None:
    """Find the ask among the ways to help on the home page, and answer it."""
    laptop.goto("/g/harbour/")
    laptop.get_by_role("link", name="Learn about Noa Lindqvist").click()
    looks_right(laptop, "Learn about Noa Lindqvist")
    laptop.get_by_label("Your words").fill("Come by on Thursday; I show you my workshop.")
    laptop.get_by_role("button", name="Send to Noa").click()
    expect(laptop.get_by_role("heading", name="Your answer")).to_be_visible()


def thanks(phone: Page) -> None:
    """Follow the notice to the answer and publish a thank-you."""
    phone.goto("/g/harbour/notices")
    phone.get_by_role("link", name="Ana Sousa answered your ask.").tap()
    expect(phone.get_by_text("Come by on Thursday")).to_be_visible()
    looks_right(phone, "Learn about Noa Lindqvist")
    phone.get_by_role("link", name="Thank Ana Sousa").tap()
    looks_right(phone, "Thank Ana Sousa")
    phone.get_by_label("Your words").fill("You made my first month easy.")
    phone.get_by_role("button", name="Publish the thank-you").tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Ana Sousa")
    expect(phone.get_by_text("You made my first month easy.")).to_be_visible()


def stands_until_it_is_hidden(laptop: Page) -> None:
    """Find it among one's kind words, and among what one gave; hide it and show it again."""
    laptop.goto("/g/harbour/giving/words")
    looks_right(laptop, "Kind words")
    laptop.get_by_role("button", name="Hide it").click()
    expect(laptop.get_by_text("hidden", exact=True)).to_be_visible()
    laptop.get_by_role("button", name="Show it again").click()
    expect(laptop.get_by_text("on your page", exact=True)).to_be_visible()
    laptop.get_by_role("link", name="What you put in").click()
    expect(laptop.get_by_role("link", name="You answered an ask of Noa Lindqvist")).to_be_visible()
    looks_right(laptop, "What you put in")


def are_introduced(three: Three, laptop: Page, phone: Page, third: Page) -> None:
    """Introduce the newcomer to a third; each sees how to reach the other only once both have said yes."""
    laptop.goto(f"/g/harbour/giving/introductions?with={three.newcomer.public_id}")
    looks_right(laptop, "Introductions")
    laptop.get_by_label("To whom?").select_option(value=three.third.public_id)
    laptop.get_by_label("Why should they know each other?").fill("You both work in old houses.")
    laptop.get_by_role("button", name="Ask them both").click()
    expect(laptop.get_by_text("waits for a yes")).to_be_visible()
    for page, name in ((phone, "Rui Almeida"), (third, "Noa Lindqvist")):
        page.goto("/g/harbour/")
        page.get_by_role("link", name=f"Say whether you would like to be introduced to {name}.").click()
        looks_right(page, f"You and {name}")
        expect(page.locator("main a[href^='mailto:']")).to_have_count(0)
        page.get_by_role("button", name="Yes, gladly").click()
    expect(third.get_by_role("link", name=three.newcomer.email)).to_be_visible()
    phone.reload()
    expect(phone.get_by_role("link", name=three.third.email)).to_be_visible()
    looks_right(phone, "You and Rui Almeida")


def looks_right(page: Page, heading: str) -> None:
    """Wait for the page; see that axe finds nothing on it in light and dark, and nothing runs off it."""
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    assert faults_as_it_is(page) == []
    assert faults_as_it_is(page, "dark") == []


def top_of(page: Page, box: object) -> float:
    """Return how far down the page a box begins."""
    assert isinstance(box, dict), page.url
    return float(box["y"])
