"""A slip to another group of the network and one to somebody in no group, in real browsers, each page looked at on the way."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app.core.groups.domain.office import Office
from app.core.groups.queries import MemberLine
from tests.browser.conftest import PHONE, NewPerson
from tests.support.choosing import finder
from tests.support.harbour import Harbour, served_harbour
from tests.support.looking import faults_as_it_is

PASS = "/g/harbour/referrals/pass"
SEEN_WITHIN = 15_000


@pytest.fixture
def harbour(sqlite_template: Path, tmp_path: Path) -> Iterator[Harbour]:
    with served_harbour(tmp_path, sqlite_template) as harbour:
        yield harbour


@pytest.fixture
def otto(harbour: Harbour) -> MemberLine:
    """Return a member of the mill, who leads it."""
    mill = harbour.house.world.group("mill", zone="Europe/Berlin")
    return harbour.house.world.member(mill, "Otto Müller", trade="Heizungsbauer", offices=(Office.PRESIDENT,))


def test_a_slip_goes_to_another_group_and_the_word_comes_back(
    harbour: Harbour, otto: MemberLine, new_person: NewPerson
) -> None:
    leader, theirs = (new_person(harbour.house.base_url) for _person in range(2))
    phone = new_person(harbour.house.base_url, size=PHONE, has_touch=True)
    for page, member in ((leader, harbour.leader), (theirs, otto), (phone, harbour.giver)):
        harbour.house.enter(page, member)
    phone.goto("/g/harbour/referrals/elsewhere")
    looks_right(phone, "Somebody in another group")
    expect(phone.get_by_text("This group is not found by others")).to_be_visible()
    lets_be_found(leader, "harbour")
    lets_be_found(theirs, "mill")
    is_looked_for(phone)
    phone.get_by_role("link", name="Otto Müller").tap()
    expect(finder(phone)).to_have_value("Otto Müller · Heizungsbauer · Mill Referrals")
    passes(phone)
    looks_right(phone, "Klara Teixeira")
    expect(phone.locator("main")).to_contain_text("Otto Müller (Mill Referrals)")
    harbour.house.world.pass_time(minutes=2)
    answers(theirs)
    expect(phone.locator(".live").get_by_text("Received", exact=True).first).to_be_visible(
        timeout=SEEN_WITHIN
    )


def lets_be_found(leader: Page, group: str) -> None:
    """Switch on in the settings that the group is found by others."""
    leader.goto(f"/g/{group}/settings")
    leader.get_by_label("Members of other groups may find our members").check()
    leader.get_by_role("button", name="Save").click()
    expect(leader.get_by_text("Saved.")).to_be_visible()
    expect(leader.get_by_label("Members of other groups may find our members")).to_be_checked()
    looks_right(leader, "Settings")


def is_looked_for(phone: Page) -> None:
    """Find Otto from the slip's page by a letter of his trade and of his name, without accents."""
    phone.goto(PASS)
    phone.get_by_role("link", name="Somebody in another group").tap()
    looks_right(phone, "Somebody in another group")
    field = phone.get_by_label("Name, trade, firm or group")
    for typed, says in (("o", "Type at least two letters."), ("zzz", "Nobody who can be found")):
        field.fill(typed)
        phone.keyboard.press("Enter")
        expect(phone.get_by_text(says)).to_be_visible()
        looks_right(phone, "Somebody in another group")
    field.fill("heiz mull")
    phone.get_by_role("button", name="Look for them").tap()
    looks_right(phone, "Somebody in another group")


def answers(theirs: Page) -> None:
    """See the slip among those received in one's own group, and say that it arrived."""
    theirs.goto("/g/mill/referrals/")
    theirs.get_by_role("link", name="Klara Teixeira").click()
    looks_right(theirs, "Klara Teixeira")
    expect(theirs.locator("main")).to_contain_text("Ana Sousa (Harbour Referrals)")
    theirs.get_by_role("button", name="I have it, I will call").click()
    expect(theirs.get_by_role("button", name="I have it, I will call")).to_have_count(0)


def test_a_slip_to_somebody_in_no_group_is_told_of_by_its_giver(
    harbour: Harbour, new_person: NewPerson
) -> None:
    phone = new_person(harbour.house.base_url, size=PHONE, has_touch=True)
    harbour.house.enter(phone, harbour.giver)
    phone.goto(PASS)
    name = phone.get_by_label("Their name and firm")
    expect(name).to_be_hidden()
    finder(phone).fill("outside")
    phone.get_by_role("option", name="Somebody outside").tap()
    expect(name).to_be_visible()
    looks_right(phone, "Pass a slip")
    name.fill("Karla Weiss, Weiß Heizung")
    passes(phone)
    looks_right(phone, "Klara Teixeira")
    text = phone.get_by_label("What you could write").input_value()
    assert "I recommended you" in text
    assert "Klara" not in text
    expect(phone.get_by_role("link", name="Write a mail")).to_be_visible()
    phone.locator("summary", has_text="Tell what came of it").tap()
    looks_right(phone, "Klara Teixeira")
    phone.get_by_label("No response: they did not reach them").check()
    phone.get_by_role("button", name="Tell the result").tap()
    expect(phone.locator(".live").get_by_text("No response").first).to_be_visible()
    looks_right(phone, "Klara Teixeira")


def test_a_newcomer_is_asked_about_where_one_is_chosen(harbour: Harbour, new_person: NewPerson) -> None:
    today = harbour.house.world.now.date()
    harbour.house.world.member(harbour.group, "Noa Lindqvist", trade="Restorer", joined=today)
    page = new_person(harbour.house.base_url)
    harbour.house.enter(page, harbour.giver)
    page.goto(PASS)
    asked = page.get_by_label("They are new here. How do you know them?")
    expect(asked).to_be_hidden()
    finder(page).fill("noa")
    page.keyboard.press("Enter")
    expect(asked).to_be_visible()
    looks_right(page, "Pass a slip")
    finder(page).fill("rui")
    page.keyboard.press("Enter")
    expect(asked).to_be_hidden()


def passes(page: Page) -> None:
    """Fill in the rest of the slip and pass it."""
    page.get_by_label("Who needs something?").fill("Klara Teixeira")
    page.get_by_label("How can they be reached?").fill("+351 912 345 678")
    page.get_by_label("They agreed to be contacted").check()
    page.get_by_label("What is it about?").fill("New wiring for a workshop.")
    page.get_by_role("radio", name="Outside").check()
    page.get_by_label("I told them why I would choose my colleague").check()
    page.get_by_label("I have seen their work").check()
    page.get_by_role("button", name="Pass the slip").tap()
    page.wait_for_url("**/referrals/slips/*")


def looks_right(page: Page, heading: str) -> None:
    """Expect the page with this heading, with nothing on it in light and dark, and nothing runs off it."""
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    assert faults_as_it_is(page) == []
    assert faults_as_it_is(page, "dark") == []
