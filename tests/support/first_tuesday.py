"""The house of the first Tuesday: real processes on a calendar that the test turns, and people whose hands are counted."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from time import monotonic, sleep
from typing import Final, Literal

import zxingcpp
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from app.core.local_time import instant_of, local_datetime
from tests.support.engines import migrated_by_owner, settings_for
from tests.support.first_tuesday_people import Somebody
from tests.support.looking import faults_as_it_is
from tests.support.running_house import free_port, running_house
from tests.support.smtp import Postbox, running_postbox

ZONE: Final = "Europe/Lisbon"
SUNDAY: Final = 6
MAIL_COMES_WITHIN: Final = 20.0
"""Seconds; the worker looks every second, and other work may be going on."""


@dataclass(kw_only=True)
class Calendar:
    """The days of the house, which the test turns; the browsers' own clocks go with it."""

    file: Path
    sunday: datetime
    """Sunday evening, aware."""
    pages: list[Page] = field(default_factory=list)

    def turn_to(self, days: int, wall: str) -> datetime:
        """Let it be so many days after the Sunday, at that time on the wall in Lisbon, and return that instant."""
        day = local_datetime(self.sunday, ZONE).date() + timedelta(days=days)
        now = instant_of(day, time.fromisoformat(wall), ZONE)
        self.file.with_suffix(".part").write_text(str((now - datetime.now(UTC)).total_seconds()))
        self.file.with_suffix(".part").rename(self.file)
        for page in self.pages:
            page.clock.set_system_time(now)
        return now

    def day(self, days: int) -> str:
        """Return the day so many days after the Sunday as a date field takes it."""
        return (local_datetime(self.sunday, ZONE).date() + timedelta(days=days)).isoformat()


@dataclass(kw_only=True)
class Tally:
    """What was done by hand from the empty installation on, and what axe found on the pages passed."""

    fields: list[str] = field(default_factory=list)
    taps: list[str] = field(default_factory=list)
    pages: int = 0
    faults: list[str] = field(default_factory=list)
    began: float = field(default_factory=monotonic)


@dataclass(frozen=True, kw_only=True)
class Town:
    """An empty installation, its mail server, its calendar, and what is counted of all who work with it."""

    base_url: str
    postbox: Postbox
    calendar: Calendar
    seen: Tally = field(default_factory=Tally)

    def mail(self, to: Somebody, about: str, *, count: int = 1) -> str:
        """Return the text of the mail to somebody whose subject holds `about`, or of the second of them, once it came."""
        until = monotonic() + MAIL_COMES_WITHIN
        while monotonic() < until:
            found = [one for one in self.postbox.to(to.email) if about in str(one.message["Subject"])]
            if len(found) >= count:
                return found[count - 1].text
            sleep(0.1)
        raise AssertionError(f"No mail about {about!r} came to {to.email}.")

    def wait_until(self, is_so: Callable[[], bool], what: str) -> None:
        """Wait for something that the worker does."""
        until = monotonic() + MAIL_COMES_WITHIN
        while not is_so():
            assert monotonic() < until, what
            sleep(0.1)


class Hands:
    """Somebody before a browser: each field changed counts as one, each press and each link opened as one tap."""

    def __init__(self, page: Page, town: Town, tally: Tally | None = None) -> None:
        self.page = page
        self.town = town
        self.tally = tally or Tally()
        town.calendar.pages.append(page)
        page.clock.install(time=town.calendar.sunday)

    def open(self, address: str) -> None:
        """Open an address out of a mail or off a screen."""
        self.tally.taps.append(address)
        self.page.goto(address)

    def fill(self, label: str, text: str) -> None:
        """Type into the field with that label."""
        self._count(label)
        self.control(label).fill(text)

    def choose(self, label: str, option: str) -> None:
        """Choose from the list with that label."""
        self._count(label)
        self.control(label).select_option(label=option)

    def press(self, name: str | re.Pattern[str]) -> None:
        """Press a button."""
        self.tally.taps.append(str(name))
        self._go(self.page.get_by_role("button", name=_whole(name)))

    def follow(self, name: str | re.Pattern[str]) -> None:
        """Follow a link."""
        self.tally.taps.append(str(name))
        self._go(self.page.get_by_role("link", name=_whole(name)).first)

    def control(self, label: str) -> Locator:
        """Return the field whose label begins so; what is optional says so behind it."""
        return self.page.get_by_label(re.compile(f"^{re.escape(label)}"))

    def reads(self, text: str | re.Pattern[str]) -> None:
        """Expect to see it on the page, whoever wrote it there."""
        expect(self.page.locator("body")).to_contain_text(text)

    def reads_at_last(self, text: str) -> None:
        """Load the page again until it says so: it tells of what the worker does."""
        self.town.wait_until(lambda: self._loaded_with(text), f"{self.page.url} should say {text!r}.")

    def look(self, *themes: Literal["light", "dark"]) -> None:
        """Look at the page as it is: axe finds nothing, and nothing runs off the side. Light, where nothing is named."""
        for theme in themes or ("light",):
            self.town.seen.faults.extend(faults_as_it_is(self.page, theme))
            self.town.seen.pages += 1

    def _go(self, control: Locator) -> None:
        """Press what leads to a page, and stand before that page."""
        with self.page.expect_navigation(wait_until="load"):
            control.click()

    def _loaded_with(self, text: str) -> bool:
        self.page.reload()
        return text in self.page.locator("body").inner_text()

    def _count(self, label: str) -> None:
        self.tally.fields.append(label)


@contextmanager
def first_tuesday_town(folder: Path) -> Iterator[Town]:
    """Lend an empty installation as `script/server` leaves it, on a Sunday evening, with its worker and its mail server."""
    clock = folder / "clock"
    with running_postbox() as postbox:
        settings = settings_for(
            folder,
            f"sqlite:///{folder / 'givefirst.db'}",
            base_url=f"http://127.0.0.1:{free_port()}",
            mail_url=postbox.url,
        )
        migrated_by_owner(settings)
        calendar = Calendar(file=clock, sunday=next_sunday_evening(datetime.now(UTC)))
        calendar.turn_to(0, "20:00")
        with running_house(
            settings,
            folder / "house.log",
            module="tests.support.moved_wsgi",
            more={"HOUSE_CLOCK": str(clock)},
        ):
            yield Town(base_url=settings.base_url, postbox=postbox, calendar=calendar)


def next_sunday_evening(now: datetime) -> datetime:
    """Return the next Sunday's 20:00 in Lisbon: to come, so that no browser finds its cookies run out."""
    today = local_datetime(now, ZONE).date()
    sundays = (today + timedelta(days=ahead) for ahead in range(15))
    evenings = (instant_of(day, time(20), ZONE) for day in sundays if day.weekday() == SUNDAY)
    return next(evening for evening in evenings if evening > now)


def _whole(name: str | re.Pattern[str]) -> re.Pattern[str]:
    """Return a name as a whole; what only a screen reader says of it may stand a space apart."""
    return name if isinstance(name, re.Pattern) else re.compile(f"^{re.escape(name).replace(':', ' ?:')}$")


def link_in(text: str, *, after: str = "") -> str:
    """Return the first address in a mail, behind the words `after`."""
    found = re.search(r"http://\S+", text.partition(after)[2] if after else text)
    assert found is not None, text
    return found.group(0)


def code_in(text: str) -> str:
    """Return the six digits of a mail."""
    found = re.search(r"^\s+(\d[\d ]{5,7})$", text, re.MULTILINE)
    assert found is not None, text
    return found.group(1).replace(" ", "")


def scanned(screen: Page) -> str:
    """Return the address in the code on the room's screen, read off its picture as a phone's camera does."""
    expect(screen.get_by_role("img").first).to_be_visible()
    found = zxingcpp.read_barcodes(Image.open(BytesIO(screen.screenshot())))
    assert len(found) == 1
    return found[0].text
