"""The hard moments: a code that is over, a double tap, a refusal, a network that is gone, no script, no mouse."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, NewPerson
from tests.support.browsing import PASSWORD, sign_in
from tests.support.choosing import choose_receiver, chosen, finder
from tests.support.harbour import Harbour, served_harbour
from tests.support.keyboard import Keyboard

SEEN_WITHIN = 20_000
"""Milliseconds within which the room's screen notices that the network is gone, or back."""
MOST_KEYS_TO_SIGN_IN = 8
MOST_KEYS_TO_PASS = 40
PASS = "/g/harbour/referrals/pass"
SLIPS = "referrals_slip"


@pytest.fixture
def harbour(sqlite_template: Path, tmp_path: Path) -> Iterator[Harbour]:
    with served_harbour(tmp_path, sqlite_template) as harbour:
        yield harbour


@pytest.fixture
def giver(harbour: Harbour, new_person: NewPerson) -> Page:
    """Return the giver's phone, signed in."""
    page = new_person(harbour.house.base_url, size=PHONE, has_touch=True)
    harbour.house.enter(page, harbour.giver)
    return page


@pytest.mark.parametrize(
    ("passed", "code", "says"),
    [
        (
            timedelta(seconds=45),
            "",
            "This code is over: it changes every 15 seconds. Scan the one on the screen now.",
        ),
        (
            timedelta(0),
            "AAAA2222",
            "This is not the code on the room's screen. Scan the code on the screen again.",
        ),
    ],
)
def test_a_code_that_is_not_good_says_what_to_do(
    harbour: Harbour, giver: Page, passed: timedelta, code: str, says: str
) -> None:
    shown = code or harbour.code
    harbour.house.world.clock.advance(passed)
    giver.goto(harbour.scan_url(shown))
    expect(giver.get_by_role("alert")).to_contain_text(says)
    giver.goto("/g/harbour/attendance/code")
    giver.get_by_label("code").fill(shown)
    giver.get_by_role("button", name="Go on").tap()
    expect(giver.get_by_role("alert")).to_contain_text(says)
    expect(giver.get_by_label("code")).to_have_value(shown)
    assert harbour.house.world.rows("attendance_mark") == 0


def test_a_meeting_that_is_over_says_whom_to_tell(harbour: Harbour, giver: Page) -> None:
    harbour.house.world.pass_time(hours=5)
    giver.goto(harbour.scan_url(harbour.code))
    expect(giver.get_by_role("alert")).to_contain_text("If you were there, tell a leader.")


def test_a_scan_that_was_not_tapped_in_time_says_to_scan_again(harbour: Harbour, giver: Page) -> None:
    giver.goto(harbour.scan_url(harbour.code))
    harbour.house.world.pass_time(minutes=31)
    giver.get_by_role("button", name="I am here").tap()
    expect(giver.get_by_role("alert")).to_contain_text("Scan the code on the room's screen again.")


@pytest.mark.parametrize("has_script", [True, False])
def test_a_double_click_passes_one_slip(harbour: Harbour, new_person: NewPerson, has_script: bool) -> None:
    page = new_person(harbour.house.base_url, java_script_enabled=has_script)
    harbour.house.enter(page, harbour.giver)
    write_slip(page, harbour)
    page.get_by_role("button", name="Pass the slip").dblclick()
    page.wait_for_url("**/referrals/slips/*")
    page.goto("/g/harbour/referrals/given")
    expect(page.locator("main").get_by_text("Klara Teixeira")).to_have_count(1)
    assert harbour.house.world.rows(SLIPS) == 1


def test_the_same_form_sent_from_two_tabs_passes_one_slip(harbour: Harbour, giver: Page) -> None:
    write_slip(giver, harbour)
    token = giver.locator("input[name=form_token]").input_value()
    copy = giver.context.new_page()
    write_slip(copy, harbour)
    copy.locator("input[name=form_token]").evaluate("(field, token) => { field.value = token; }", token)
    for tab in (giver, copy):
        tab.get_by_role("button", name="Pass the slip").click()
        tab.wait_for_url("**/referrals/slips/*")
    assert giver.url == copy.url
    assert harbour.house.world.rows(SLIPS) == 1


def test_a_refused_slip_keeps_what_was_typed(harbour: Harbour, giver: Page) -> None:
    write_slip(giver, harbour)
    giver.get_by_label("They agreed to be contacted").uncheck()
    giver.get_by_role("button", name="Pass the slip").tap()
    expect(giver.get_by_role("alert")).to_contain_text("They agreed to be contacted")
    expect(giver.get_by_role("alert")).to_be_focused()
    assert chosen(giver) == harbour.receiver.public_id
    expect(giver.get_by_label("Who needs something?")).to_have_value("Klara Teixeira")
    expect(giver.get_by_label("How can they be reached?")).to_have_value("+351 912 345 678")
    expect(giver.get_by_label("What is it about?")).to_have_value("New wiring for a workshop.")
    expect(giver.get_by_label("Inside")).to_be_checked()
    expect(giver.get_by_label("I told them why I would choose my colleague")).to_be_checked()
    assert harbour.house.world.rows(SLIPS) == 0
    giver.get_by_label("They agreed to be contacted").check()
    giver.get_by_role("button", name="Pass the slip").tap()
    giver.wait_for_url("**/referrals/slips/*")
    assert harbour.house.world.rows(SLIPS) == 1


def test_the_rooms_screen_hides_its_code_while_the_network_is_gone(
    harbour: Harbour, new_person: NewPerson
) -> None:
    screen = new_person(harbour.house.base_url)
    harbour.house.enter(screen, harbour.leader)
    screen.goto(harbour.record_url)
    screen.get_by_role("button", name="Open the room’s screen").click()
    screen.get_by_role("button", name="Show it on this machine").click()
    code, warning = screen.get_by_role("img").first, screen.get_by_text("No connection: the code is hidden")
    expect(code).to_be_visible()
    screen.context.set_offline(True)
    expect(warning).to_be_visible(timeout=SEEN_WITHIN)
    expect(code).to_be_hidden()
    screen.context.set_offline(False)
    expect(code).to_be_visible(timeout=SEEN_WITHIN)
    expect(warning).to_be_hidden()
    harbour.house.world.pass_time(hours=3, minutes=50)
    expect(screen.get_by_text("Sign-in is closed. Who comes now tells a leader.")).to_be_visible(
        timeout=SEEN_WITHIN
    )
    expect(code).to_be_hidden()
    expect(warning).to_be_hidden()


def test_the_main_things_are_done_without_script(harbour: Harbour, new_person: NewPerson) -> None:
    giver, receiver, leader = (
        new_person(harbour.house.base_url, java_script_enabled=False) for _person in range(3)
    )
    sign_in(giver, harbour.giver.email)
    arrive_by_typing(giver, harbour)
    write_slip(giver, harbour)
    giver.get_by_role("button", name="Pass the slip").click()
    giver.wait_for_url("**/referrals/slips/*")

    harbour.house.world.pass_time(
        seconds=66
    )  # until then the giver may undo it, and the receiver knows nothing
    harbour.house.enter(receiver, harbour.receiver)
    receiver.goto(giver.url)
    receiver.get_by_role("button", name="I have it, I will call").click()
    expect(receiver.get_by_role("button", name="I have it, I will call")).to_have_count(0)
    expect(receiver.locator("main").get_by_text("Received", exact=True).first).to_be_visible()

    harbour.house.enter(leader, harbour.leader)
    leader.goto(harbour.record_url)
    leader.get_by_role("button", name="Absent: Rui Almeida").click()
    expect(leader.get_by_role("button", name="Absent: Rui Almeida")).to_have_attribute("aria-pressed", "true")
    present = leader.get_by_role("button", name="Present, on time: Ana Sousa")
    expect(present).to_have_attribute("aria-pressed", "true")


def test_signing_in_takes_a_keyboard_alone(
    harbour: Harbour, new_person: NewPerson, capsys: pytest.CaptureFixture[str]
) -> None:
    page = new_person(harbour.house.base_url)
    page.goto("/account/sign-in")
    keyboard = Keyboard(page)
    keyboard.type_into(page.get_by_label("Mail address"), harbour.giver.email)
    keyboard.type_into(page.get_by_label("Password"), PASSWORD)
    keyboard.press("Enter")
    page.wait_for_url("**/g/harbour/")
    with capsys.disabled():
        print(f"\nsigning in by keyboard: {keyboard.moves} keys and {keyboard.letters} letters", end=" ")
    assert keyboard.moves <= MOST_KEYS_TO_SIGN_IN


def test_passing_a_slip_takes_a_keyboard_alone(
    harbour: Harbour, new_person: NewPerson, capsys: pytest.CaptureFixture[str]
) -> None:
    page = new_person(harbour.house.base_url)
    harbour.house.enter(page, harbour.giver)
    page.goto(PASS)
    keyboard = Keyboard(page)
    keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the page")).to_be_focused()
    keyboard.press("Enter")
    write_slip_by(keyboard, page)
    keyboard.go_to(page.get_by_role("button", name="Pass the slip"))
    keyboard.press("Enter")
    page.wait_for_url("**/referrals/slips/*")
    expect(page.locator("main")).to_contain_text("Rui Almeida")
    with capsys.disabled():
        print(f"\npassing a slip by keyboard: {keyboard.moves} keys and {keyboard.letters} letters", end=" ")
    assert keyboard.moves <= MOST_KEYS_TO_PASS


def write_slip(page: Page, harbour: Harbour) -> None:
    """Fill in a slip to the receiver, and do not send it."""
    page.goto(PASS)
    choose_receiver(page, harbour.receiver.name)
    page.get_by_label("Who needs something?").fill("Klara Teixeira")
    page.get_by_label("How can they be reached?").fill("+351 912 345 678")
    page.get_by_label("They agreed to be contacted").check()
    page.get_by_label("What is it about?").fill("New wiring for a workshop.")
    page.get_by_label("Inside").check()
    page.get_by_label("I told them why I would choose my colleague").check()
    page.get_by_label("I have seen their work").check()


def write_slip_by(keyboard: Keyboard, page: Page) -> None:
    """Fill in a slip with Tab, arrows, Space and letters."""
    keyboard.type_into(finder(page), "ru")
    keyboard.type_into(page.get_by_label("Who needs something?"), "Klara Teixeira")
    keyboard.type_into(page.get_by_label("How can they be reached?"), "+351 912 345 678")
    keyboard.go_to(page.get_by_label("They agreed to be contacted"))
    keyboard.press("Space")
    keyboard.type_into(page.get_by_label("What is it about?"), "New wiring for a workshop.")
    keyboard.go_to(page.get_by_label("Outside"))
    for group in ("How well did you introduce them?", "How do you know the receiver’s work?"):
        keyboard.go_to(page.get_by_role("radiogroup", name=group).get_by_role("radio").first)
        keyboard.press("Space")
        keyboard.press("ArrowDown")


def arrive_by_typing(page: Page, harbour: Harbour) -> None:
    """Type the code off the room's screen, and say with one press: I am here."""
    page.goto("/g/harbour/attendance/code")
    page.get_by_label(re.compile("code", re.IGNORECASE)).fill(harbour.code)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="I am here").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ana")
    expect(page.get_by_text("on time")).to_be_visible()
