"""The days after the first Tuesday: PALMS as a file, a sheet brought and undone, an office handed over, a lost phone."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, NewPerson
from tests.support.browsing import sign_in
from tests.support.harbour import Harbour, served_harbour
from tests.support.looking import faults_as_it_is
from tests.support.reading_files import cells_of_xlsx, text_of_pdf

HAND_KEPT = """Our attendance;10/11/2026;17/11/2026
Ana Sousa;P;L
Inês Carvalho;P;P
Rui Almeyda;A;P
"""
"""A leader's own sheet, with a name that is nobody's."""


@pytest.fixture
def harbour(sqlite_template: Path, tmp_path: Path) -> Iterator[Harbour]:
    with served_harbour(tmp_path, sqlite_template) as harbour:
        yield harbour


@pytest.fixture
def leader(harbour: Harbour, new_person: NewPerson) -> Page:
    """Return the leader's laptop, signed in."""
    page = new_person(harbour.house.base_url)
    harbour.house.enter(page, harbour.leader)
    return page


def test_palms_is_taken_home_as_files_that_open(harbour: Harbour, leader: Page) -> None:
    leader.goto("/g/harbour/attendance/palms")
    told = {str(cell) for row in cells_of_xlsx(downloaded(leader, "XLSX")) for cell in row}
    assert {"Ana Sousa", "Inês Carvalho", "Rui Almeida"} <= told
    assert "Rui Almeida" in text_of_pdf(downloaded(leader, "PDF"))
    assert "Ana Sousa" in downloaded(leader, "CSV").decode("utf-8-sig")


def test_a_hand_kept_sheet_is_brought_in_and_undone_whole(harbour: Harbour, leader: Page) -> None:
    leader.goto("/g/harbour/import")
    leader.locator("input[type=file]").set_input_files(
        {"name": "ours.csv", "mimeType": "text/csv", "buffer": HAND_KEPT.encode()}
    )
    leader.get_by_role("button", name="Look at the file").click()
    expect(leader.get_by_role("heading", name="Names to settle")).to_be_visible()
    assert faults_as_it_is(leader) == []
    leader.get_by_label("Rui Almeyda").select_option(label="Rui Almeida")
    leader.get_by_role("button", name="Import it").click()
    undo = leader.get_by_role("link", name="Undo this import")
    expect(undo).to_be_visible()
    assert letters(leader) == {"Ana Sousa": "LP", "Inês Carvalho": "PP", "Rui Almeida": "PA"}
    leader.go_back()
    undo.click()
    assert faults_as_it_is(leader) == []
    leader.get_by_role("button", name="Undo it whole").click()
    expect(leader.get_by_role("link", name="Bring a file")).to_be_visible()
    assert set(letters(leader).values()) <= {""}


def test_an_office_changes_hands_and_the_successor_finds_what_is_open(
    harbour: Harbour, leader: Page, new_person: NewPerson
) -> None:
    harbour.house.world.pass_time(hours=4)
    leader.goto("/g/harbour/offices")
    leader.get_by_role("link", name="Hand over").click()
    leader.get_by_label("Who follows").select_option(label="Ana Sousa")
    assert faults_as_it_is(leader) == []
    leader.get_by_role("button", name="Hand over").click()
    successor = new_person(harbour.house.base_url)
    harbour.house.enter(successor, harbour.giver)
    successor.goto("/g/harbour/notices")
    successor.locator("main").get_by_role("link").first.click()
    expect(successor.get_by_role("heading", level=1)).to_contain_text("What is open")
    expect(successor.locator(".tasks")).to_contain_text("record")
    assert faults_as_it_is(successor) == []
    successor.goto(harbour.record_url)
    successor.get_by_role("button", name="Present, on time: Rui Almeida").click()
    expect(successor.get_by_role("button", name="Present, on time: Rui Almeida")).to_have_attribute(
        "aria-pressed", "true"
    )


def test_a_lost_phone_is_signed_out_from_another_browser(harbour: Harbour, new_person: NewPerson) -> None:
    phone = new_person(harbour.house.base_url, size=PHONE, has_touch=True)
    laptop = new_person(harbour.house.base_url)
    for page in (phone, laptop):
        sign_in(page, harbour.giver.email)
    laptop.goto("/account/")
    assert faults_as_it_is(laptop) == []
    laptop.get_by_role("button", name="Sign out there").click()
    laptop.get_by_text("That device is signed out.").wait_for()
    phone.reload()
    phone.wait_for_url(re.compile("/account/sign-in"))
    laptop.reload()
    expect(laptop.get_by_role("heading", name="Your account")).to_be_visible()


def downloaded(page: Page, kind: str) -> bytes:
    """Return the file behind the link of that kind."""
    with page.expect_download() as given:
        page.get_by_role("link", name=kind, exact=True).click()
    return Path(given.value.path()).read_bytes()


def letters(page: Page) -> dict[str, str]:
    """Return the letters of each member in the grid of that November, the latest first."""
    page.goto("/g/harbour/attendance/?from=2026-11-01&to=2026-11-20")
    rows = page.locator("tbody tr").all()
    return {
        row.locator("th").inner_text().strip(): "".join(row.locator("td:not(.sum)").all_inner_texts())
        for row in rows
    }
