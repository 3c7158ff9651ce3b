"""A house with a tablet at its door, for browsers: a server that can be stopped, and one clock for both sides."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Final

from playwright.sync_api import BrowserContext, Locator, Page, expect

from app import create_app
from app.core.clock import FixedClock
from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.core.ids import SeededIds
from app.core.meetings.domain.meeting import Meeting
from app.extensions import db, limiter
from app.plugins.attendance.domain.door import Asks, Door, key_for_personal_codes
from app.plugins.attendance.queries.door import tablets_of
from app.plugins.attendance.queries.roster import Roster, roster_in_address
from app.plugins.attendance.queries.tablet_events import guests_of
from app.plugins.attendance.services.door_keys import code_shown, renew_code, set_pin
from app.plugins.attendance.services.tablets import change_door, revoke_tablet
from tests.support.compiled import compile_once
from tests.support.engines import settings_for
from tests.support.running_house import free_port
from tests.support.server import serving
from tests.support.tablets import Tablet, registered
from tests.support.world import World

TABLET: Final = "/door/harbour/attendance/tablet"
EARLY: Final = datetime(2026, 11, 24, 6, 40, tzinfo=UTC)
"""Twenty minutes before the meeting, which is also its cut-off."""
GIVEN: Final = [
    "Ana",
    "Álvaro",
    "Amélia",
    "Beatriz",
    "Ben",
    "Bruno",
    "Carla",
    "Carlos",
    "Chen",
    "Daniel",
    "Diana",
    "Eduardo",
    "Elena",
    "Fatima",
    "Filipa",
    "Gabriel",
    "Helena",
    "Hugo",
    "Inês",
    "Isabel",
    "Joana",
    "João",
    "Julia",
    "Karim",
    "Laura",
    "Leonor",
    "Luís",
    "Maria",
    "Mariana",
    "Mário",
    "Miguel",
    "Nadia",
]


class RunningClock(FixedClock):
    """A clock that runs as the browser's does, and that a test may put on: readings of both must agree."""

    def __init__(self, instant: datetime) -> None:
        super().__init__(instant)
        self._started = monotonic()

    def now(self) -> datetime:
        return super().now() + timedelta(seconds=monotonic() - self._started)


@dataclass(kw_only=True)
class DoorHouse:
    """The harbour with a tablet, early on the day of a meeting."""

    world: World
    port: int
    group: Group
    leader: MemberLine
    members: list[MemberLine]
    meeting: Meeting
    tablet: Tablet
    pages: list[Page] = field(default_factory=list)
    _server: ExitStack = field(default_factory=ExitStack)

    @property
    def base_url(self) -> str:
        """Where the server answers while it runs."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Let the server answer."""
        self._server.enter_context(serving(self.world.app, port=self.port))

    def stop(self) -> None:
        """Let nobody answer any more."""
        self._server.close()

    def hand_tablet_to(self, context: BrowserContext) -> None:
        """Let the browser be the group's tablet."""
        cookie = self.tablet.client.get_cookie("givefirst_tablet", path="/door/harbour")
        assert cookie is not None
        context.add_cookies(
            [{"name": cookie.key, "value": cookie.value, "domain": "127.0.0.1", "path": "/door/harbour"}]
        )

    def enter(self, page: Page, member: MemberLine) -> None:
        """Let the browser of `page` be signed in as `member`."""
        cookie = self.world.client(member, csrf=True).get_cookie("givefirst")
        assert cookie is not None
        page.context.add_cookies([{"name": "givefirst", "value": cookie.value, "url": self.base_url}])

    def open_tablet(self, context: BrowserContext, *, clock_ahead: timedelta = timedelta()) -> Page:
        """Open the tablet's page; its clock is the world's, or so much ahead of it."""
        page = context.new_page()
        page.clock.install(time=self.world.now + clock_ahead)
        page.goto(TABLET)
        expect(page.locator("h1")).to_be_visible()
        self.pages.append(page)
        return page

    def pass_time(self, page: Page, **duration: float) -> None:
        """Let the same time pass for the server and for the page."""
        self.world.pass_time(**duration)
        page.clock.fast_forward(timedelta(**duration) // timedelta(milliseconds=1))

    def stand_still(self, page: Page) -> None:
        """Stop the page's clock: from now on it goes only as far as a test lets it run, however slow the machine."""
        soon = timedelta(seconds=1)
        page.clock.pause_at(datetime.fromtimestamp(page.evaluate("Date.now()") / 1_000, UTC) + soon)

    @property
    def roster(self) -> Roster:
        """What the record says of everybody."""
        work = self.world.work()
        found = roster_in_address(work.session, self.group.id, self.meeting.public_id)
        work.rollback()
        assert found is not None
        return found

    def links(self) -> dict[str, str]:
        """Return the hash of the event before each event that the server keeps, by its own hash."""
        session = self.world.work().session
        rows = session.connection().exec_driver_sql("SELECT hash, previous FROM attendance_tablet_event")
        found = {str(row[0]): str(row[1]) for row in rows}
        session.rollback()
        return found

    def guests(self) -> list[tuple[str, str]]:
        """Return kind and name of everybody who signed in and is no member."""
        work = self.world.work()
        found = guests_of(work.session, self.group.id, self.meeting.id)
        work.rollback()
        return [(str(one.kind), one.name) for one in found]

    def ask_for_pin(self) -> None:
        """Let the group's tablets ask for a PIN or a personal code."""
        change_door(
            self.world.work(self.leader), self.group.id, Door(asks=Asks.PIN, version=0), seen_version=0
        )

    def give_pin(self, member: MemberLine, pin: str) -> None:
        """Let the member choose a PIN."""
        set_pin(self.world.work(member), self.group.id, member.id, pin=pin, again=pin)

    def personal_code(self, member: MemberLine) -> str:
        """Make the member a personal code and return it."""
        key = key_for_personal_codes(str(self.world.app.config["SECRET_KEY"]).encode())
        renew_code(self.world.work(member), key, self.group.id, member.id)
        work = self.world.work(member)
        code = code_shown(work, key, self.group.id, member.id)
        work.rollback()
        return code

    def revoke_tablet(self) -> None:
        """Let a leader take the tablet's right away."""
        work = self.world.work(self.leader)
        [tablet] = tablets_of(work.session, self.group.id, work.now)
        revoke_tablet(work, self.group.id, tablet.public_id)

    def letters(self, members: Sequence[MemberLine]) -> str:
        """Return the letters of these members in the record, a dot for none."""
        lines = {line.public_id: line for line in self.roster.lines}
        found = [lines[member.public_id].mark.status for member in members]
        return "".join(letter.value if letter else "." for letter in found)


@contextmanager
def door_house(folder: Path, template: Path, *, people: Sequence[str] = GIVEN) -> Iterator[DoorHouse]:
    """Lend the house, its server running."""
    shutil.copyfile(template, folder / "house.db")
    port = free_port()
    settings = settings_for(folder, f"sqlite:///{folder / 'house.db'}", base_url=f"http://127.0.0.1:{port}")
    app = create_app(settings, clock=RunningClock(EARLY), ids=SeededIds(7), testing=True)
    compile_once(app)
    with app.app_context():
        limiter.reset()
    world = World(app)
    group = world.group()
    leader = world.member(group, "Ines Carvalho", offices=(Office.PRESIDENT,))
    members = [world.member(group, name if " " in name else f"{name} Sousa") for name in people]
    meeting = world.meeting(group)
    tablet = registered(world, group, leader)
    app.config["WTF_CSRF_ENABLED"] = True
    house = DoorHouse(
        world=world, port=port, group=group, leader=leader, members=members, meeting=meeting, tablet=tablet
    )
    house.start()
    yield house
    house.stop()
    world.close()
    with app.app_context():
        db.engine.dispose()


def state_of(page: Page) -> Locator:
    """Return the line at the foot of the page that is always there."""
    return page.locator("[data-state]")


def tap_name(page: Page, member: MemberLine) -> None:
    """Find the member with two taps at most, and tap their name."""
    page.bring_to_front()  # a page behind another draws nothing, and waits for its frames
    name = page.locator(f'[data-member="{member.public_id}"]')
    letters = page.locator(f'[data-members~="{member.public_id}"]')
    expect(name.or_(letters)).to_be_visible()
    if letters.count():
        letters.click()
    name.click()


def sign_in(page: Page, member: MemberLine) -> None:
    """Sign in on the tablet, see the greeting, and make room for the next."""
    tap_name(page, member)
    expect(page.get_by_role("heading", level=1)).to_contain_text(f", {member.first_name}.")
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_role("button", name="Done")).to_have_count(0)


def worker_is_ready(page: Page, scope: str = "") -> None:
    """Wait until the worker of the page, or of another address, has everything it opens the page with."""
    page.evaluate(
        """async (scope) => {
          for (;;) {
            const found = await navigator.serviceWorker.getRegistration(scope);
            if (found?.active?.state === "activated") return;
            await new Promise(requestAnimationFrame);
          }
        }""",
        scope or page.url,
    )
