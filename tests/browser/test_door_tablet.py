"""The tablet at the door as members meet it: found in two taps, greeted by name and time, with a PIN where the group asks."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from app.core.groups.queries import MemberLine
from tests.browser.conftest import NewPerson
from tests.support.door_house import (
    GIVEN,
    DoorHouse,
    door_house,
    sign_in,
    state_of,
    tap_name,
)
from tests.support.keyboard import Keyboard
from tests.support.looking import THEMES, faults_as_it_is

TABLET_SIZE = {"width": 1024, "height": 768}
SIXTY = [*GIVEN, *(f"{name} Østergård-O’Brien" for name in GIVEN[:28])]
SMALLEST_TARGET = 64
ANSWER_SECONDS = 3
SIZES = ((320, 640), (768, 1024), (1280, 800))
PIN = "8361"
WRONG_PIN = "1638"

_SMALL = """(least) => [...document.querySelectorAll("main button, main select, main input:not([type=radio]), main label:has(input)")]
  .map((one) => [one.textContent || one.name, one.getBoundingClientRect()])
  .filter(([, box]) => box.height && (box.height < least - 0.5 || box.width < least - 0.5 || box.bottom > innerHeight))
  .map(([name, box]) => `${name}: ${Math.round(box.width)} × ${Math.round(box.height)}, ends at ${Math.round(box.bottom)}`)"""


@pytest.fixture
def people() -> list[str]:
    """Return who belongs to the group; a test may have others."""
    return GIVEN[:14]


@pytest.fixture
def house(sqlite_template: Path, tmp_path: Path, people: list[str]) -> Iterator[DoorHouse]:
    with door_house(tmp_path, sqlite_template, people=people) as house:
        yield house


@pytest.fixture
def context(house: DoorHouse, new_person: NewPerson) -> BrowserContext:
    """Return the tablet's browser."""
    page = new_person(house.base_url, size=TABLET_SIZE, has_touch=True)
    house.hand_tablet_to(page.context)
    return page.context


@pytest.fixture
def tablet(house: DoorHouse, context: BrowserContext) -> Page:
    """Return the tablet's page, showing letters."""
    page = house.open_tablet(context)
    expect(page.locator("[data-members]").first).to_be_visible()
    return page


def title(page: Page) -> Locator:
    """Return what fills the screen."""
    return page.get_by_role("heading", level=1)


@pytest.mark.parametrize("people", [SIXTY])
def test_anybody_of_sixty_is_found_in_two_taps(house: DoorHouse, tablet: Page) -> None:
    buckets = tablet.locator("[data-members]")
    expect(buckets.first).to_be_visible()
    found = [str(one.get_attribute("data-members")).split() for one in buckets.all()]
    assert sorted(member for bucket in found for member in bucket) == sorted(
        line.public_id for line in house.roster.lines
    )
    assert max(len(bucket) for bucket in found) <= 10
    for bucket in buckets.all():
        bucket.click()
        assert tablet.evaluate(_SMALL, SMALLEST_TARGET) == []
        tablet.get_by_role("button", name="Back").click()
    twin = next(one for one in house.members if one.name == "Ana Østergård-O’Brien")
    tap_name(tablet, twin)
    expect(title(tablet)).to_have_text("Good morning, Ana.")
    assert letters_once_sent(house, tablet, [twin]) == "P"


def test_the_greeting_tells_name_and_time_and_goes_by_itself(house: DoorHouse, tablet: Page) -> None:
    ana = house.members[0]
    house.stand_still(tablet)
    tap_name(tablet, ana)
    expect(title(tablet)).to_have_text("Good morning, Ana.")
    expect(tablet.get_by_text("06:40", exact=True)).to_be_visible()
    said = tablet.locator("body").inner_text().casefold()
    assert [word for word in ("late", "on time", "punctual", "present") if word in said] == []
    tablet.clock.run_for((ANSWER_SECONDS - 1) * 1_000)
    expect(title(tablet)).to_have_text("Good morning, Ana.")
    tablet.clock.run_for(1_500)
    expect(title(tablet)).to_have_text("Good morning")
    assert letters_once_sent(house, tablet, [ana]) == "P"


def test_somebody_who_is_in_is_told_since_when(house: DoorHouse, tablet: Page) -> None:
    ana = house.members[0]
    sign_in(tablet, ana)
    house.pass_time(tablet, minutes=4)
    tap_name(tablet, ana)
    expect(title(tablet)).to_have_text("Good morning, Ana.")
    expect(tablet.locator(".greeting-note")).to_have_text("You are signed in since 06:40.")
    assert house.world.rows("attendance_tablet_event") == 1


def test_whose_name_another_tapped_signs_in_once_it_was_taken_back(house: DoorHouse, tablet: Page) -> None:
    ana = house.members[0]
    sign_in(tablet, ana)
    assert letters_once_sent(house, tablet, [ana]) == "P"
    work = house.world.work()
    work.session.connection().exec_driver_sql(
        "UPDATE attendance_mark SET status = NULL, version = version + 1"
    )
    work.commit()
    house.pass_time(tablet, minutes=9)
    sign_in(tablet, ana)
    assert letters_once_sent(house, tablet, [ana]) == "P"
    assert house.world.rows("attendance_tablet_event") == 2


def test_a_pin_is_asked_where_the_group_asks_and_a_wrong_one_may_be_put_right(
    house: DoorHouse, context: BrowserContext
) -> None:
    house.ask_for_pin()
    ana = house.members[0]
    house.give_pin(ana, PIN)
    tablet = house.open_tablet(context)
    tap_name(tablet, ana)
    type_pin(tablet, WRONG_PIN)
    expect(tablet.get_by_role("alert")).to_be_visible()
    assert house.letters([ana]) == "."
    type_pin(tablet, PIN)
    expect(title(tablet)).to_have_text("Good morning, Ana.")
    expect(tablet.get_by_text("06:40", exact=True)).to_be_visible()
    assert letters_once_sent(house, tablet, [ana]) == "P"


def test_a_pin_typed_without_server_is_sealed_and_judged_later(
    house: DoorHouse, context: BrowserContext
) -> None:
    house.ask_for_pin()
    right, wrong = house.members[:2]
    house.give_pin(right, PIN)
    house.give_pin(wrong, PIN)
    tablet = house.open_tablet(context)
    expect(state_of(tablet)).to_contain_text("online")
    house.stop()
    for member, pin in ((right, PIN), (wrong, WRONG_PIN)):
        tap_name(tablet, member)
        type_pin(tablet, pin)
        expect(tablet.locator(".greeting-note")).to_contain_text("Saved on this device.")
        tablet.get_by_role("button", name="Done").click()
    house.start()
    expect(state_of(tablet)).not_to_contain_text("waiting", timeout=20_000)
    assert house.letters([right, wrong]) == "P."
    assert house.world.rows("attendance_tablet_event") == 2


def test_somebody_comes_for_a_member(house: DoorHouse, tablet: Page) -> None:
    tablet.get_by_role("button", name="I come for a member").click()
    tablet.get_by_role("button", name="I am here").click()
    expect(tablet.get_by_role("alert")).to_have_text("Type your name.")
    tablet.get_by_label("Your name").fill("Nuno Prata")
    tablet.get_by_label("Your firm").fill("Prata & Filhos")
    tablet.get_by_label("For whom do you come?").select_option(label=house.members[3].name)
    tablet.get_by_role("button", name="I am here").click()
    expect(title(tablet)).to_have_text("Good morning, Nuno.")
    assert letters_once_sent(house, tablet, [house.members[3]]) == "S"


@pytest.mark.parametrize("kind", ["Visitor", "Guest", "Observer"])
def test_a_visitor_writes_a_name(house: DoorHouse, tablet: Page, kind: str) -> None:
    tablet.get_by_role("button", name="I am a visitor or guest").click()
    tablet.get_by_label("Your name").fill("Olga Ivanova")
    tablet.get_by_label(kind).check()
    tablet.get_by_role("button", name="I am here").click()
    expect(title(tablet)).to_have_text("Good morning, Olga.")
    expect(state_of(tablet)).not_to_contain_text("waiting")
    assert house.guests() == [(kind.lower(), "Olga Ivanova")]


def test_names_are_there_from_an_hour_before_until_two_hours_after(
    house: DoorHouse, context: BrowserContext
) -> None:
    house.world.clock.advance(timedelta(hours=-1))
    tablet = house.open_tablet(context)
    expect(title(tablet)).to_have_text("The next meeting")
    expect(tablet.get_by_text("Tuesday 24 November, 07:00")).to_be_visible()
    expect(tablet.get_by_text("Names are shown here from 06:00.")).to_be_visible()
    assert [
        one.first_name for one in house.members if one.first_name in tablet.locator("main").inner_text()
    ] == []
    house.stop()  # it needs no network for that
    house.pass_time(tablet, minutes=21)
    expect(tablet.locator("[data-members]").first).to_be_visible()
    house.pass_time(tablet, hours=4, minutes=31)
    expect(tablet.locator("[data-members]")).to_have_count(0)
    expect(title(tablet)).to_have_text("Welcome")


def test_a_clock_that_is_off_is_told_and_changes_nothing(house: DoorHouse, context: BrowserContext) -> None:
    tablet = house.open_tablet(context, clock_ahead=timedelta(hours=3, minutes=2))
    expect(state_of(tablet)).to_have_text("online · clock off by 3 h 2 min")
    tap_name(tablet, house.members[0])
    expect(tablet.get_by_text("06:40", exact=True)).to_be_visible()
    assert letters_once_sent(house, tablet, house.members[:1]) == "P"


def test_the_page_comes_back_from_whatever_was_left_open(tablet: Page) -> None:
    tablet.get_by_role("button", name="I am a visitor or guest").click()
    tablet.get_by_label("Your name").fill("Ol")
    tablet.clock.run_for(61_000)
    expect(title(tablet)).to_have_text("Good morning")
    tablet.get_by_role("button", name="I am a visitor or guest").click()
    expect(tablet.get_by_label("Your name")).to_have_value("")
    tablet.keyboard.press("Escape")
    expect(title(tablet)).to_have_text("Good morning")


def test_signing_in_takes_a_keyboard_alone(house: DoorHouse, context: BrowserContext) -> None:
    house.ask_for_pin()
    ana = house.members[0]
    house.give_pin(ana, PIN)
    tablet = house.open_tablet(context)
    keyboard = Keyboard(tablet)
    keyboard.go_to(tablet.locator(f'[data-members~="{ana.public_id}"]'))
    keyboard.press("Enter")
    keyboard.go_to(tablet.locator(f'[data-member="{ana.public_id}"]'))
    keyboard.press("Enter")
    expect(title(tablet)).to_be_focused()
    tablet.keyboard.type(PIN)
    keyboard.press("Enter")
    expect(tablet.get_by_text("06:40", exact=True)).to_be_visible()
    expect(tablet.locator("[data-said]")).to_have_text("Good morning, Ana. 06:40")
    assert letters_once_sent(house, tablet, [ana]) == "P"


def test_every_screen_is_sound_in_both_themes_at_every_width(
    house: DoorHouse, context: BrowserContext
) -> None:
    house.ask_for_pin()
    house.world.clock.advance(timedelta(minutes=1))
    sign_in_by_leader(house)
    tablet = house.open_tablet(context)
    found = [
        fault
        for width, height in SIZES
        for name in ("front", "names", "pad", "come for", "visitor", "answer")
        for fault in faults_of_screen(tablet, house, name, width, height)
    ]
    assert found == []


def faults_of_screen(page: Page, house: DoorHouse, name: str, width: int, height: int) -> list[str]:
    """Return what is wrong with one screen at one size, in both themes, and go back to the front."""
    page.set_viewport_size({"width": width, "height": height})
    if name in {"come for", "visitor"}:
        page.get_by_role("button", name=name).click()
    elif name != "front":
        page.locator(f'[data-members~="{house.members[0].public_id}"]').click()
    if name in {"pad", "answer"}:
        page.locator(f'[data-member="{house.members[1 if name == "pad" else 0].public_id}"]').click()
    small: list[str] = page.evaluate(_SMALL, SMALLEST_TARGET)
    faults = [fault for theme in THEMES for fault in faults_as_it_is(page, theme)]
    page.keyboard.press("Escape")
    expect(page.locator("[data-members]").first).to_be_visible()
    return [f"{name} at {width} px: {fault}" for fault in (*faults, *small)]


def letters_once_sent(house: DoorHouse, page: Page, members: list[MemberLine]) -> str:
    """Return the letters of these members once nothing waits on the tablet."""
    expect(state_of(page)).not_to_contain_text("waiting")
    return house.letters(members)


def type_pin(page: Page, pin: str) -> None:
    """Type a PIN on the page's own keys."""
    keys = page.get_by_role("group", name="Digits of your PIN")
    for digit in pin:
        keys.get_by_role("button", name=digit, exact=True).click()
    keys.get_by_role("button", name="Sign in").click()


def sign_in_by_leader(house: DoorHouse) -> None:
    """Let a leader have written the first member down already."""
    leader = house.world.client(house.leader)
    address = f"/g/harbour/attendance/meetings/{house.meeting.public_id}/members/{house.members[0].public_id}"
    assert leader.post(address, data={"status": "P", "seen_version": "0"}).status_code == 303
    house.world.app.config["WTF_CSRF_ENABLED"] = True
