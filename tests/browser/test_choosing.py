"""Finding the receiver of a slip by name or trade, by keyboard and by finger, and the phone's own contacts."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app.core.groups.queries import MemberLine
from tests.browser.conftest import PHONE, NewPerson
from tests.support.choosing import chosen, finder
from tests.support.harbour import Harbour, served_harbour
from tests.support.looking import faults_as_it_is

PASS = "/g/harbour/referrals/pass"
CONTACTS = """
  const picked = {name: ["Klara Teixeira"], tel: [" ", "+351 912 345 678"], email: ["klara@workshop.example"]};
  Object.defineProperty(navigator, "contacts", {value: {
    select: async (properties, options) => {
      window.asked = [properties, options];
      if (window.refuses) throw new TypeError("no");
      return window.picksNobody ? [] : [window.hasNoNumber ? {...picked, tel: []} : picked];
    },
  }});
"""


@pytest.fixture
def harbour(sqlite_template: Path, tmp_path: Path) -> Iterator[Harbour]:
    with served_harbour(tmp_path, sqlite_template) as harbour:
        yield harbour


@pytest.fixture
def joao(harbour: Harbour) -> MemberLine:
    return harbour.house.world.member(harbour.group, "João Antunes", trade="Jardinière & maçon")


@pytest.fixture
def page(harbour: Harbour, joao: MemberLine, new_person: NewPerson) -> Page:
    page = new_person(harbour.house.base_url, size=PHONE, has_touch=True)
    harbour.house.enter(page, harbour.giver)
    page.goto(PASS)
    return page


def shown(page: Page) -> list[str]:
    """Return the names that the list offers at the moment."""
    return page.get_by_role("option").locator("bdi").all_inner_texts()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("joao", ["João Antunes"]),
        ("JARDIN", ["João Antunes"]),
        ("macon jo", ["João Antunes"]),
        ("tric", ["Rui Almeida"]),
        ("a", ["Rui Almeida", "João Antunes", "Inês Carvalho"]),
        ("nobody at all", []),
        ("<b>", []),
    ],
)
def test_a_receiver_is_found_by_name_or_trade_whatever_the_accents(
    page: Page, typed: str, found: list[str]
) -> None:
    finder(page).fill(typed)
    assert shown(page) == found
    says_nobody = page.get_by_text("Nobody in the group is called that, or does that.")
    expect(says_nobody).to_have_count(0 if found else 1)


def test_the_list_is_walked_with_arrows_taken_with_enter_and_left_with_escape(
    harbour: Harbour, page: Page
) -> None:
    field, keys = finder(page), page.keyboard
    field.focus()
    expect(field).to_have_attribute("aria-expanded", "false")
    keys.press("ArrowDown")
    expect(field).to_have_attribute("aria-expanded", "true")
    keys.press("ArrowDown")
    first = field.get_attribute("aria-activedescendant")
    expect(page.locator(f"#{first}")).to_have_attribute("aria-selected", "true")
    keys.press("ArrowUp")
    assert field.get_attribute("aria-activedescendant") != first
    keys.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)
    assert chosen(page) == ""
    keys.type("rui")
    keys.press("Enter")
    assert chosen(page) == harbour.receiver.public_id
    expect(field).to_have_value("Rui Almeida · Electrician")
    assert page.url.endswith(PASS)
    keys.type("x")
    keys.press("Escape")
    expect(field).to_have_value("")
    assert chosen(page) == ""


def test_tab_takes_the_first_that_fits_and_goes_on(harbour: Harbour, page: Page) -> None:
    finder(page).focus()
    page.keyboard.type("elec")
    page.keyboard.press("Tab")
    assert chosen(page) == harbour.receiver.public_id
    expect(finder(page)).not_to_be_focused()


def test_a_tap_takes_a_choice_and_a_text_that_means_nobody_chooses_nobody(
    page: Page, joao: MemberLine
) -> None:
    finder(page).tap()
    page.get_by_role("option", name="João Antunes").tap()
    assert chosen(page) == joao.public_id
    finder(page).fill("al")
    page.get_by_role("heading", level=1).tap()
    expect(page.get_by_role("listbox")).to_have_count(0)
    assert chosen(page) == ""
    page.get_by_role("button", name="Pass the slip").tap()
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("Choose the member who receives the slip.")
    summary.get_by_role("link", name="Who is it for?").click()
    expect(finder(page)).to_be_focused()
    expect(finder(page)).to_have_attribute("aria-invalid", "true")


def test_the_open_list_can_be_read_by_everybody(page: Page) -> None:
    finder(page).fill("a")
    expect(page.get_by_role("listbox")).to_be_visible()
    assert faults_as_it_is(page) == []
    assert faults_as_it_is(page, "dark") == []


def test_without_script_the_receiver_is_chosen_from_the_list(
    harbour: Harbour, joao: MemberLine, new_person: NewPerson
) -> None:
    page = new_person(harbour.house.base_url, java_script_enabled=False)
    harbour.house.enter(page, harbour.giver)
    page.goto(PASS)
    page.get_by_label("Who is it for?").select_option(label="João Antunes · Jardinière & maçon")
    assert chosen(page) == joao.public_id
    expect(page.get_by_role("button", name="Take them from my contacts")).to_have_count(0)


def test_the_phones_contacts_fill_in_a_name_and_one_way_to_reach_them(page: Page) -> None:
    page.add_init_script(CONTACTS)
    page.goto(PASS)
    button = page.get_by_role("button", name="Take them from my contacts")
    button.tap()
    expect(page.get_by_label("Who needs something?")).to_have_value("Klara Teixeira")
    expect(page.get_by_label("How can they be reached?")).to_have_value("+351 912 345 678")
    expect(page.get_by_text("Name and contact are filled in below.")).to_be_visible()
    assert page.evaluate("window.asked") == [["name", "tel", "email"], {"multiple": False}]
    page.evaluate("window.hasNoNumber = true")
    button.tap()
    expect(page.get_by_label("How can they be reached?")).to_have_value("klara@workshop.example")
    assert faults_as_it_is(page) == []


@pytest.mark.parametrize("flag", ["refuses", "picksNobody"])
def test_who_picks_nobody_keeps_what_was_typed(page: Page, flag: str) -> None:
    page.add_init_script(CONTACTS)
    page.goto(PASS)
    page.evaluate(f"window.{flag} = true")
    page.get_by_label("Who needs something?").fill("Typed")
    page.get_by_role("button", name="Take them from my contacts").tap()
    page.wait_for_function("window.asked")
    expect(page.get_by_label("Who needs something?")).to_have_value("Typed")


def test_where_the_browser_has_no_contacts_there_is_no_button(page: Page) -> None:
    expect(page.get_by_role("button", name="Take them from my contacts")).to_have_count(0)
