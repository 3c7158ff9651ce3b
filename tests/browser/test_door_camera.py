"""A personal code before the tablet's camera: read by the packaged decoder, sealed, and taken for whose it is."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.chromium import find
from tests.support.door_house import DoorHouse, door_house, state_of, tap_name
from tests.support.fake_camera import film_of, flags_for

_NOTE_THE_CAMERA = """() => {
  const lend = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  const note = (track) => { document.documentElement.dataset.camera = track.readyState; };
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    const stream = await lend(wanted);
    stream.getTracks().forEach((track) => setInterval(note, 50, track));
    return stream;
  };
  globalThis.BarcodeDetector = class {
    static getSupportedFormats = async () => ["qr_code"];
    detect = async () => [];
  };
}"""
"""Writes on the page whether the camera is lent, and sees no code before it."""


@pytest.fixture
def house(sqlite_template: Path, tmp_path: Path) -> Iterator[DoorHouse]:
    with door_house(tmp_path, sqlite_template, people=["Ana Sousa", "Ben Okoro"]) as house:
        house.ask_for_pin()
        yield house


@pytest.fixture
def tablet(house: DoorHouse, chromium: Browser, tmp_path: Path) -> Iterator[Page]:
    """Yield the tablet's page in a Chromium whose camera sees Ana's personal code."""
    film = film_of(house.personal_code(house.members[0]), tmp_path / "code.y4m")
    arguments = find().launch_arguments()
    arguments["args"] = [*arguments.get("args", []), *flags_for(film)]
    with chromium.browser_type.launch(**arguments) as browser:
        context = browser.new_context(base_url=house.base_url, permissions=["camera"], locale="en-GB")
        house.hand_tablet_to(context)
        yield house.open_tablet(context)
        context.close()


def test_a_code_before_the_camera_signs_its_member_in(house: DoorHouse, tablet: Page) -> None:
    assert tablet.evaluate("typeof BarcodeDetector") == "undefined"  # so the packaged decoder reads it
    tablet.get_by_role("button", name="Show your code").click()
    expect(tablet.get_by_role("heading", level=1)).to_have_text("Good morning, Ana.")
    expect(state_of(tablet)).not_to_contain_text("waiting")
    assert house.letters(house.members) == "P."


def test_a_code_beside_another_name_is_that_of_nobody_there(house: DoorHouse, tablet: Page) -> None:
    ana, ben = house.members
    tap_name(tablet, ben)
    tablet.get_by_role("button", name="Show your code").click()
    expect(tablet.get_by_role("alert")).to_be_visible()
    assert house.letters([ana, ben]) == ".."


def test_the_camera_is_let_go_of_when_the_screen_changes(tablet: Page) -> None:
    tablet.evaluate(_NOTE_THE_CAMERA)
    note = tablet.locator("html")
    tablet.get_by_role("button", name="Show your code").click()
    expect(note).to_have_attribute("data-camera", "live")
    tablet.get_by_role("button", name="Back").click()
    expect(note).to_have_attribute("data-camera", "ended")


def test_only_the_tablets_page_may_ask_for_the_camera(house: DoorHouse) -> None:
    door = house.tablet.client.get("/door/harbour/attendance/tablet")
    assert "camera=(self)" in door.headers["Permissions-Policy"]
    assert "microphone=()" in door.headers["Permissions-Policy"]
    other = house.world.client().get("/account/sign-in")
    assert "camera=()" in other.headers["Permissions-Policy"]
