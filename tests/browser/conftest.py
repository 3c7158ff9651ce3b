"""A real Chromium, a context for each person, and pages that fail loudly on script errors and refused content."""

from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.support.chromium import NoChromiumError, find
from tests.support.missing import skip_or_fail

PHONE = {"width": 390, "height": 844}
LAPTOP = {"width": 1280, "height": 900}

NewPerson = Callable[..., Page]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the picture of the README be made anew: `script/test tests/browser/test_picture.py --picture`."""
    parser.addoption("--picture", action="store_true", help="keep the console's picture for the README")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder as one that needs a browser."""
    for item in items:
        if "/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)


FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Note on the test that it failed, so that its pages can be pictured before they close."""
    report = yield
    if report.when == "call" and report.failed:
        item.stash[FAILED] = True
    return report


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Lend a real Chromium for the whole run; skip, or fail in CI, where there is none."""
    try:
        arguments = find().launch_arguments()
    except NoChromiumError as fault:
        skip_or_fail(str(fault))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**arguments)
        yield browser
        browser.close()


@pytest.fixture
def new_person(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[NewPerson]:
    """Yield a maker of browsers: each call is another person's, with cookies of its own.

    After a failed test each page's picture lies in `test-results/`. A script error, or content that the policy
    refused, fails the test.
    """
    contexts: list[BrowserContext] = []
    pages: list[Page] = []
    complaints: list[str] = []

    def make(base_url: str, *, size: dict[str, int] = LAPTOP, **options: Any) -> Page:
        context = chromium.new_context(
            base_url=base_url,
            viewport={"width": size["width"], "height": size["height"]},
            locale="en-GB",
            **options,
        )
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.on("console", lambda message: _note_refusal(complaints, page, message.text))
        contexts.append(context)
        pages.append(page)
        return page

    yield make
    if request.node.stash.get(FAILED, False):
        _keep_pictures(pages, request.node.name)
    for context in contexts:
        context.close()
    assert complaints == []


def _note_refusal(complaints: list[str], page: Page, text: str) -> None:
    if "Content Security Policy" in text:
        complaints.append(f"{page.url}: {text}")


def _keep_pictures(pages: list[Page], name: str) -> None:
    folder = Path("test-results")
    folder.mkdir(exist_ok=True)
    for number, page in enumerate(pages, 1):
        if not page.is_closed():
            page.screenshot(path=folder / f"{name}-{number}.png", full_page=True)
