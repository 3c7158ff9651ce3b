"""The leader's console during a meeting: what the README shows, and that all of it is there.

With `--picture` the picture in `docs/images` is made anew; house, clock and people are the same each time.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import LAPTOP, NewPerson
from tests.support.browsing import DemoHouse, demo_house

DURING = datetime(2026, 11, 24, 7, 4, tzinfo=UTC)
"""Four minutes into the harbour's meeting."""
KEPT = Path(__file__).parents[2] / "docs" / "images" / "console.png"
MOST_BYTES = 300_000
COLOURS = 128
EVERY_FIFTH = 5
BETWEEN_TWO = timedelta(seconds=66)


@pytest.fixture
def demo(sqlite_template: Path, tmp_path: Path) -> Iterator[DemoHouse]:
    with demo_house(tmp_path, sqlite_template, DURING, weeks=40) as demo:
        came = [member for number, member in enumerate(demo.members) if number % EVERY_FIFTH]
        for number, member in enumerate(reversed(came), 1):
            demo.scan_and_tap(member, DURING - BETWEEN_TWO * number)
        yield demo


def test_console_shows_the_meeting_what_waits_and_the_grid(
    demo: DemoHouse, new_person: NewPerson, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    page = new_person(demo.base_url, size=LAPTOP, color_scheme="light", reduced_motion="reduce")
    demo.enter(page, demo.demo_sign_in("president"))
    page.goto("/g/harbour/")
    expect_all_of_the_console(page, demo)
    target = KEPT if request.config.getoption("--picture") else tmp_path / "console.png"
    keep_picture(page, target)
    with Image.open(target) as picture:
        assert picture.size == (LAPTOP["width"], LAPTOP["height"])
    assert target.stat().st_size <= MOST_BYTES


def expect_all_of_the_console(page: Page, demo: DemoHouse) -> None:
    """Expect who is in and who is missing, what waits for the office, and the grid, all on one page."""
    expect(page.get_by_role("heading", level=1)).to_contain_text("24 November 2026")
    today = page.get_by_role("region", name="Today", exact=True)
    expect(today.get_by_text("20 of 26", exact=True)).to_be_visible()
    expect(today.get_by_role("heading", name="Not here yet")).to_be_visible()
    for member in demo.members:
        expect(today.get_by_text(member.name, exact=True)).to_be_visible()
    expect(page.get_by_role("region", name="What waits for you")).to_be_visible()
    expect(page.get_by_role("region", name="The last 10 meetings")).to_be_visible()


def keep_picture(page: Page, target: Path) -> None:
    """Keep what the laptop shows, in few colours."""
    target.parent.mkdir(parents=True, exist_ok=True)
    page.evaluate("document.fonts.ready")
    page.screenshot(path=target, animations="disabled", caret="hide")
    with Image.open(target) as picture:
        few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(target, optimize=True)
