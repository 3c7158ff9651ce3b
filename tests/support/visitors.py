"""People at their browsers: each in a context of their own, watched for errors, and pictured when a test fails."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page
from playwright.sync_api import Error as PlaywrightError

Theme = Literal["light", "dark"]

PHONE: Final = (390, 844)
LAPTOP: Final = (1280, 800)
SOON_MS: Final = 10_000
"""Within this time a change is seen by everybody it concerns, without reloading."""

_NETWORK: Final = "Failed to load resource"
"""What Chromium says of every answer of 4xx and of a network that is off: the tests ask for both on purpose."""


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """One person at one browser, with what its console complained about."""

    name: str
    context: BrowserContext
    page: Page
    complaints: list[str]

    def open_page(self) -> Page:
        """Open another tab of the same browser, watched as well."""
        page = self.context.new_page()
        _watch(page, self.complaints)
        return page


@dataclass(kw_only=True)
class Visitors:
    """Everybody in one test; `base_url` is where relative addresses lead."""

    browser: Browser
    base_url: str
    present: list[Visitor] = field(default_factory=list)

    def arrive(
        self,
        name: str,
        *,
        size: tuple[int, int] = LAPTOP,
        theme: Theme = "light",
        scripts: bool = True,
        cookies: tuple[tuple[str, str], ...] = (),
    ) -> Visitor:
        """Give `name` a browser of their own; a phone's size comes with touch. `cookies` are (name, value)."""
        context = self.browser.new_context(
            base_url=self.base_url,
            viewport={"width": size[0], "height": size[1]},
            has_touch=size == PHONE,
            color_scheme=theme,
            java_script_enabled=scripts,
            locale="en-GB",
            reduced_motion="reduce",
        )
        for cookie, value in cookies:
            context.add_cookies([{"name": cookie, "value": value, "url": self.base_url}])
        complaints: list[str] = []
        page = context.new_page()
        _watch(page, complaints)
        visitor = Visitor(name=name, context=context, page=page, complaints=complaints)
        self.present.append(visitor)
        return visitor

    def keep_evidence(self, folder: Path) -> None:
        """Keep a picture and the text of every open page in `folder`."""
        folder.mkdir(parents=True, exist_ok=True)
        for visitor in self.present:
            for number, page in enumerate(visitor.context.pages):
                _keep(page, folder / f"{_as_file_name(visitor.name)}-{number}", visitor.complaints)

    def leave(self) -> None:
        """Close every browser context."""
        for visitor in self.present:
            visitor.context.close()
        self.present.clear()

    def assert_nothing_complained(self) -> None:
        """Fail where a page broke its content policy, or a script failed."""
        complaints = {one.name: one.complaints for one in self.present if one.complaints}
        assert not complaints, f"The browsers complained: {complaints}"


@contextmanager
def not_reloaded(page: Page) -> Iterator[None]:
    """Fail if the page was loaded again within the block."""
    page.evaluate("() => { window.stillTheSame = true; }")
    yield
    assert page.evaluate("() => window.stillTheSame === true"), f"{page.url} was loaded again."


def until(page: Page, is_so: Callable[[], bool], what: str, *, within_ms: int = SOON_MS) -> None:
    """Wait until `is_so`, letting the page go on meanwhile; fail with `what` after the time."""
    waited = 0
    while not is_so():
        assert waited < within_ms, f"Not within {within_ms / 1000:g} s: {what}"
        page.wait_for_timeout(100)
        waited += 100


def _watch(page: Page, complaints: list[str]) -> None:
    def heard(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith(_NETWORK):
            complaints.append(f"{page.url}: {message.text}")

    page.on("console", heard)
    page.on("pageerror", lambda failure: complaints.append(f"{page.url}: {failure}"))


def _keep(page: Page, stem: Path, complaints: list[str]) -> None:
    try:
        page.screenshot(path=f"{stem}.png", full_page=True, timeout=5_000)
        text = page.locator("body").inner_text(timeout=5_000)
    except PlaywrightError as gone:
        text = f"(the page could not be read: {gone})"
    lines = [page.url, text, *complaints]
    Path(f"{stem}.txt").write_text("\n\n".join(lines), encoding="utf-8")


def _as_file_name(text: str) -> str:
    return re.sub(r"\W+", "-", text).strip("-") or "page"
