"""Looking at attendance: the grid by arrow keys alone, and the pictures with the same figures in words below them."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import LAPTOP, NewPerson
from tests.support.browsing import DemoHouse, demo_house
from tests.support.looking import faults

AFTER = datetime(2026, 11, 24, 12, tzinfo=UTC)
WEEKS = 12


@pytest.fixture(scope="module")
def demo(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoHouse]:
    with demo_house(tmp_path_factory.mktemp("looking"), sqlite_template, AFTER, weeks=WEEKS) as demo:
        yield demo


@pytest.fixture
def leader(demo: DemoHouse, new_person: NewPerson) -> Page:
    """Return the president's laptop, signed in."""
    page = new_person(demo.base_url, size=LAPTOP)
    demo.enter(page, demo.demo_sign_in("president"))
    return page


def place(page: Page) -> tuple[int, int]:
    """Return row and column of the cell that has the focus, as the table counts them."""
    row, column = page.evaluate(
        "[document.activeElement.parentElement.rowIndex, document.activeElement.cellIndex]"
    )
    return row, column


def test_arrows_lead_through_the_grid_and_enter_opens_the_meeting_at_the_member(
    demo: DemoHouse, leader: Page
) -> None:
    leader.goto("/g/harbour/attendance/")
    grid = leader.get_by_role("grid")
    expect(grid).to_be_visible()
    leader.locator("table.grid tbody td:not(.sum)").first.focus()
    first = place(leader)
    for key in ("ArrowDown", "ArrowDown", "ArrowRight", "ArrowLeft", "ArrowRight"):
        leader.keyboard.press(key)
    assert place(leader) == (first[0] + 2, first[1] + 1)
    leader.keyboard.press("ArrowUp")
    leader.keyboard.press("End")
    assert place(leader) == (first[0] + 1, first[1] + len(demo.meetings) - 1)
    leader.keyboard.press("Control+Home")
    leader.keyboard.press("ArrowUp")
    assert place(leader) == first, "at the edge the focus stays"
    leader.keyboard.press("Control+End")
    assert place(leader) == (leader.locator("table.grid tr").count() - 1, first[1] + len(demo.meetings) - 1)
    leader.keyboard.press("Control+Home")
    assert faults(leader) == []
    leader.locator("table.grid tbody td:not(.sum)").first.focus()
    leader.keyboard.press("Enter")
    leader.wait_for_url(f"**/attendance/meetings/{demo.meeting.public_id}#m-*")


def test_the_strip_says_in_words_what_it_draws(demo: DemoHouse, new_person: NewPerson) -> None:
    page = new_person(demo.base_url)
    demo.enter(page, demo.demo_sign_in("member"))
    page.goto("/g/harbour/attendance/mine")
    picture = page.get_by_role("img", name="arrivals with a known time")
    expect(picture).to_be_visible()
    drawn = picture.locator(".strip-dot").count()
    assert str(picture.get_attribute("aria-label")).startswith(f"{drawn} arrivals")
    assert (
        picture.locator(".strip-dot.L").count()
        == page.locator(".lines-detail", has_text="after the cut-off").count()
    )


def test_a_month_leads_to_its_grid(leader: Page) -> None:
    leader.goto("/g/harbour/attendance/months")
    leader.get_by_role("link", name="Oct 2026").click()
    expect(leader.get_by_label("From")).to_have_value("2026-10-06")
    expect(leader.locator("table.grid thead th a")).to_have_count(4)
