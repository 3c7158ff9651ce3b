"""A member's own phone without network: the page opens, one tap is kept, and a leader decides once it has been sent."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, NewPerson
from tests.support.door_house import DoorHouse, door_house, worker_is_ready
from tests.support.looking import faults

CODE = "/g/harbour/attendance/code"
SCAN = "/visit/harbour/attendance/scan/"


@pytest.fixture
def house(sqlite_template: Path, tmp_path: Path) -> Iterator[DoorHouse]:
    with door_house(tmp_path, sqlite_template, people=["Ana Sousa", "Ben Okoro"]) as house:
        yield house


@pytest.fixture
def phone(house: DoorHouse, new_person: NewPerson) -> Page:
    """Return Ana's phone, on which the page for the code was open once."""
    page = new_person(house.base_url, size=PHONE, has_touch=True)
    house.enter(page, house.members[0])
    page.goto(CODE)
    worker_is_ready(page)
    return page


def test_a_tap_without_network_is_kept_and_waits_for_a_leader_once_sent(
    house: DoorHouse, phone: Page
) -> None:
    house.stop()
    phone.goto(CODE)
    expect(phone.get_by_role("heading", level=1)).to_have_text("No network")
    phone.get_by_role("button", name="I am here").tap()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Saved on this phone")
    phone.reload()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Saved on this phone")
    assert faults(phone) == []
    house.start()
    phone.reload()
    expect(phone.get_by_text("What you tapped without network has been sent.")).to_be_visible()
    line = house.roster.line_of(house.members[0].public_id)
    assert line is not None
    assert line.claim is not None
    assert (line.claim.how, line.claim.waits) == ("offline", True)
    phone.reload()
    expect(phone.get_by_label("code")).to_be_visible()
    assert house.world.rows("attendance_claim") == 1


def test_who_scans_the_rooms_code_without_network_may_tap_too(house: DoorHouse, phone: Page) -> None:
    worker_is_ready(phone, SCAN)
    house.stop()
    phone.goto(f"{SCAN}{house.meeting.public_id}/anything")
    expect(phone.get_by_role("heading", level=1)).to_have_text("No network")
    phone.get_by_role("button", name="I am here").tap()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Saved on this phone")
    house.start()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Sent", timeout=20_000)
    assert house.world.rows("attendance_claim") == 1


def test_it_is_sent_by_itself_while_the_page_stays_open(house: DoorHouse, phone: Page) -> None:
    house.stop()
    phone.goto(CODE)
    phone.get_by_role("button", name="I am here").tap()
    house.start()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Sent", timeout=20_000)
    assert house.world.rows("attendance_claim") == 1


def test_a_tap_is_never_sent_in_the_name_of_another_who_uses_the_phone(house: DoorHouse, phone: Page) -> None:
    house.stop()
    phone.goto(CODE)
    phone.get_by_role("button", name="I am here").tap()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Saved on this phone")
    phone.goto("about:blank")  # else the open page sends it, in its own name, as soon as it can
    house.start()
    house.enter(phone, house.members[1])
    with phone.expect_response("**/code"):
        phone.goto(CODE)
    phone.wait_for_timeout(500)
    assert house.world.rows("attendance_claim") == 0


def test_the_page_for_no_network_names_nobody(house: DoorHouse, phone: Page) -> None:
    kept: str = phone.evaluate(
        "caches.match('/visit/harbour/attendance/offline').then((page) => page.text())"
    )
    assert "I am here" in kept
    assert [member.name for member in (house.leader, *house.members) if member.name in kept] == []
