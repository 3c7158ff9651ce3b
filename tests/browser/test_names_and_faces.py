"""One's own words, a photo, and one's name spoken into the page; the cards by keyboard; everything readable by everybody."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, Page, expect

from app.core.groups.domain.office import Office
from app.core.groups.queries import MemberLine
from tests.browser.conftest import PHONE, NewPerson
from tests.support.browsing import ServedHouse, served_house
from tests.support.chromium import find
from tests.support.engines import STARTS_AT
from tests.support.looking import faults
from tests.support.profiles import picture

HERE: Final = "/g/harbour/profiles"
_MICROPHONE: Final = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")


@pytest.fixture
def house(sqlite_template: Path, tmp_path: Path) -> Iterator[ServedHouse]:
    with served_house(tmp_path, sqlite_template, STARTS_AT) as served:
        yield served


@pytest.fixture
def people(house: ServedHouse) -> list[MemberLine]:
    group = house.world.group(plugins=("attendance", "welcome", "profiles"))
    house.world.meeting(group)
    return [
        house.world.member(group, "Ana Sousa", trade="Restorer"),
        house.world.member(group, "Ben O’Brien-Østergård", trade="Photographer"),
        house.world.member(group, "Lea Dent", offices=[Office.PRESIDENT]),
        house.world.member(group, "小明 王", trade="Tea"),
    ]


@pytest.fixture
def phone(house: ServedHouse, chromium: Browser) -> Iterator[Page]:
    """Yield a phone whose microphone hears a beep."""
    arguments = find().launch_arguments()
    arguments["args"] = [*arguments.get("args", []), *_MICROPHONE]
    with chromium.browser_type.launch(**arguments) as browser:
        context = browser.new_context(
            base_url=house.base_url,
            permissions=["microphone"],
            locale="en-GB",
            viewport=PHONE,  # type: ignore[arg-type]  # a size by name, as the other browsers take it
        )
        context.set_default_timeout(15_000)
        yield context.new_page()
        context.close()


def test_a_name_is_spoken_into_the_page_and_a_large_photo_travels_small(
    house: ServedHouse, people: list[MemberLine], phone: Page, tmp_path: Path
) -> None:
    house.enter(phone, people[0])
    phone.goto(f"{HERE}/own")
    phone.get_by_label("How to say your name").fill("AH-na")
    phone.get_by_label("Talk to me about").fill("Old lighthouses")
    large = tmp_path / "large.png"
    large.write_bytes(picture("PNG", (4000, 3000)))
    phone.get_by_label("Your photo").set_input_files(large)
    expect(phone.get_by_label("Your photo")).to_have_js_property("value", "C:\\fakepath\\photo.jpg")
    phone.get_by_role("button", name="Record it now").click()
    expect(phone.get_by_role("status").filter(has_text="Say your name")).to_be_visible()
    phone.wait_for_timeout(1200)
    phone.get_by_role("button", name="Stop").click()
    expect(phone.get_by_role("status").filter(has_text="It is kept when you save")).to_be_visible()
    phone.get_by_role("button", name="Save").click()
    expect(phone.get_by_text("Kept. This is how the group reads it.")).to_be_visible()
    expect(phone.get_by_text("Old lighthouses")).to_be_visible()
    spoken = phone.locator("audio")
    spoken.evaluate("audio => { audio.preload = 'auto'; audio.load(); }")
    expect(spoken).to_have_js_property("readyState", 4)
    assert spoken.evaluate("audio => audio.error") is None
    assert phone.locator("main img").evaluate("img => img.naturalWidth") == 640
    phone.goto(f"{HERE}/own")
    assert faults(phone) == []
    phone.get_by_role("button", name="Remove the recording").click()
    expect(phone.get_by_text("Your recording is gone.")).to_be_visible()


def tell(page: Page, *, photo: Path | None = None) -> None:
    """Let oneself be practised."""
    page.goto(f"{HERE}/own")
    page.get_by_label("Others may practise my name").check()
    if photo:
        page.get_by_label("Your photo").set_input_files(photo)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Kept. This is how the group reads it.")).to_be_visible()


def test_cards_are_turned_by_keyboard_alone_and_every_page_can_be_read(
    house: ServedHouse, people: list[MemberLine], new_person: NewPerson, tmp_path: Path
) -> None:
    face = tmp_path / "face.png"
    face.write_bytes(picture("PNG", (600, 700)))
    for member, photo in ((people[0], face), (people[1], None), (people[3], None)):
        theirs = new_person(house.base_url)
        house.enter(theirs, member)
        tell(theirs, photo=photo)
    page = new_person(house.base_url, size=PHONE)
    house.enter(page, people[2])
    page.goto(HERE + "/")
    cards = page.locator("details.face")
    expect(cards).to_have_count(3)
    page.locator("summary").first.focus()
    page.keyboard.press("Enter")
    expect(cards.first.locator(".face-name")).to_be_visible()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    expect(cards.nth(1).locator(".face-name")).to_be_visible()
    expect(cards.first.locator(".face-name")).to_be_hidden()
    cards.evaluate_all("(all) => { for (const card of all) card.querySelector('summary').click(); }")
    expect(page.locator("details.face[open]")).to_have_count(1)
    expect(cards.last.locator(".face-name")).to_be_visible()
    assert faults(page) == []
    page.get_by_role("link", name="Name badges for this meeting").click()
    expect(page.get_by_text("a line to write on")).to_be_visible()
    assert faults(page) == []
    page.goto(f"/g/harbour/members/{people[0].public_id}")
    assert faults(page) == []
