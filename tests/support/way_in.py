"""The way into a group as people walk it: a house on a travelling clock, real mail, and somebody with a phone and keys alone."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Final

from playwright.sync_api import Locator, Page, ViewportSize, expect

from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine, all_members
from app.core.local_time import instant_of
from app.core.notices.postman import SmtpPostman
from app.plugin_runtime.jobs import core_jobs, run_all
from app.plugins.firstyear.queries.stays import stay_of_member
from tests.support.browsing import ServedHouse, served_house
from tests.support.keyboard import Keyboard
from tests.support.letters import SENDER
from tests.support.looking import faults_in_both_themes, runs_off_the_side
from tests.support.smtp import Postbox, running_postbox
from tests.support.world import World

ZONE: Final = "Europe/Lisbon"
PHONE: Final[ViewportSize] = {"width": 360, "height": 740}
FRIDAY: Final = datetime(2026, 11, 20, 12, tzinfo=UTC)
MEETING_DAY: Final = date(2026, 11, 24)
PLUGINS: Final = (
    "attendance",
    "referrals",
    "activities",
    "giving",
    "welcome",
    "profiles",
    "joining",
    "firstyear",
)
LONG_AGO: Final = date(2024, 8, 6)
INSIDE: Final = "/g/harbour"
_TELLING: Final = frozenset({"mail", "events", "digests"})


@dataclass(frozen=True, kw_only=True)
class Way:
    """The house with its people, the mail that came out of it, and what was found wrong on its pages."""

    house: ServedHouse
    postbox: Postbox
    group: Group
    leader: MemberLine
    host: MemberLine
    greeter: MemberLine
    committee: tuple[MemberLine, MemberLine]
    mentor: MemberLine
    faults: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    """The address of each page that was looked at."""

    @property
    def world(self) -> World:
        """The world behind the house."""
        return self.house.world

    def newcomer(self) -> MemberLine:
        """Return the one who joined last, as a member."""
        work = self.world.work()
        found = all_members(work.session, self.group.id)
        work.rollback()
        return max(found, key=lambda one: one.id)

    def keeper(self) -> MemberLine:
        """Return who of the committee looks after the newcomer."""
        work = self.world.work()
        stay = stay_of_member(work.session, self.group.id, self.newcomer().id)
        work.rollback()
        assert stay is not None
        return next(one for one in self.committee if one.id == stay.keeper_id)

    def turn_to(self, day: date, wall: str) -> None:
        """Make it that time of that day in the group, and let happen what is due by then."""
        self.world.clock.move_to(instant_of(day, time.fromisoformat(wall), ZONE))
        self.let_happen()

    def let_happen(self) -> None:
        """Let the worker do everything that is due, until the last mail about it has left."""
        app = self.world.app
        with app.app_context():
            jobs = core_jobs(self.world.held, SmtpPostman(self.postbox.url, SENDER))
            own = [job for job in jobs if "." in job.name]
            told = [job for job in jobs if job.name in _TELLING]
            run_all([*told, *own, *told])

    def mail(self, address: str, about: str) -> str:
        """Return the text of the newest mail to an address whose subject holds `about`, once the worker has sent it."""
        self.let_happen()
        found = [one for one in self.postbox.to(address) if about in str(one.message["Subject"])]
        subjects = [str(one.message["Subject"]) for one in self.postbox.to(address)]
        assert found, f"no mail about {about!r} came to {address}, only {subjects}"
        return found[-1].text


class Reader:
    """Somebody with a phone 360 pixels wide and a keyboard, who never uses a finger."""

    def __init__(self, page: Page, way: Way) -> None:
        page.set_viewport_size(PHONE)
        self.page, self.way = page, way

    def enter(self, member: MemberLine) -> None:
        """Be signed in as `member` from now on."""
        self.page.context.clear_cookies()
        self.way.house.enter(self.page, member)

    def open(self, address: str) -> None:
        """Open an address out of a mail, or one that is known, and look at the page."""
        self.page.goto(address)
        self.look()

    def look(self) -> None:
        """See that nobody is shut out from the page in either theme, and that it does not run off 320 pixels."""
        self.way.faults.extend(faults_in_both_themes(self.page))
        self.way.faults.extend(runs_off_the_side(self.page, 320))
        self.way.seen.append(self.page.url)

    def type(self, label: str, text: str) -> None:
        """Type into the field whose label begins so, instead of what stands there."""
        self.type_into(self.control(label), text)

    def type_into(self, control: Locator, text: str) -> None:
        """Type into a field, instead of what stands there."""
        Keyboard(self.page).go_to(control)
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.type(text)

    def type_time(self, label: str, wall: str) -> None:
        """Type a time of the day into its field, with 24 hours or with twelve as this browser writes it."""
        control, at = self.control(label), time.fromisoformat(wall)
        Keyboard(self.page).go_to(control)
        for order in ("%I%M%p", "%H%M"):
            for _part in range(3):
                self.page.keyboard.press("ArrowLeft")
            self.page.keyboard.type(at.strftime(order))
            if control.input_value() == wall:
                return
        raise AssertionError(f"{wall} cannot be typed into {label}: {control.input_value()}")

    def type_day(self, label: str, day: date) -> None:
        """Type a day into its field, in the order in which this browser writes days."""
        control = self.control(label)
        Keyboard(self.page).go_to(control)
        for order in ("%m%d%Y", "%d%m%Y"):
            for _part in range(3):
                self.page.keyboard.press("ArrowLeft")
            self.page.keyboard.type(day.strftime(order))
            if control.input_value() == day.isoformat():
                return
        raise AssertionError(f"{day} cannot be typed into {label}: {control.input_value()}")

    def tick(self, label: str) -> None:
        """Go to a box, or to one of several choices, and press Space; arrows lead from choice to choice."""
        wanted = self.page.get_by_label(label)
        if wanted.get_attribute("type") == "radio":
            group = self.page.locator(f"input[name={wanted.get_attribute('name')}]")
            first = group.locator("nth=0") if not group.and_(self.page.locator(":checked")).count() else None
            Keyboard(self.page).go_to(first or group.and_(self.page.locator(":checked")))
            self.page.keyboard.press("Space")
            for _step in range(group.count()):
                if wanted.is_checked():
                    break
                self.page.keyboard.press("ArrowDown")
        else:
            Keyboard(self.page).go_to(wanted)
            self.page.keyboard.press("Space")
        expect(wanted).to_be_checked()

    def choose(self, label: str, option: str) -> None:
        """Choose from a list with the arrow keys."""
        Keyboard(self.page).choose(self.control(label), option)

    def press(self, name: str) -> None:
        """Go to a button whose name begins so, press Enter, and look at the page that comes."""
        self._go(self.page.get_by_role("button", name=_beginning(name)).first)

    def follow(self, name: str) -> None:
        """Go to a link whose name begins so, press Enter, and look at the page that comes."""
        self._go(self.page.locator("main").get_by_role("link", name=_beginning(name)).first)

    def control(self, label: str) -> Locator:
        """Return the field whose label begins so; what is optional says so behind it."""
        return self.page.get_by_label(re.compile(f"^{re.escape(label)}")).first

    def reads(self, *texts: str) -> None:
        """Expect to see it on the page."""
        for text in texts:
            expect(self.page.locator("main")).to_contain_text(text)

    def _go(self, control: Locator) -> None:
        Keyboard(self.page).go_to(control)
        with self.page.expect_navigation(wait_until="load"):
            self.page.keyboard.press("Enter")
        self.look()


def _beginning(name: str) -> re.Pattern[str]:
    """Return how a name begins; what only a screen reader says of it may stand a space apart."""
    return re.compile(f"^{re.escape(name).replace(':', ' ?:')}")


@contextmanager
def way_in(folder: Path, template: Path) -> Iterator[Way]:
    """Lend a group of six on a Friday in November, before its public page is open."""
    with running_postbox() as postbox, served_house(folder, template, FRIDAY) as house:
        world = house.world
        group = world.group(plugins=PLUGINS)
        for day in (MEETING_DAY, date(2026, 12, 1), date(2026, 12, 8)):
            world.meeting(group, day)
        committee = [Office.MEMBERSHIP_COMMITTEE]

        def member(name: str, trade: str, *offices: Office) -> MemberLine:
            return world.member(group, name, trade=trade, offices=offices, joined=LONG_AGO)

        yield Way(
            house=house,
            postbox=postbox,
            group=group,
            leader=member("Lea Dent", "Notary", Office.PRESIDENT),
            host=member("Tom Reis", "Baker", Office.VISITOR_HOST),
            greeter=member("Ana Sousa", "Restorer"),
            committee=(
                member("Carla Nunes", "Tax adviser", *committee),
                member("Ben Ferreira", "Roofer", *committee),
            ),
            mentor=member("Marta Luz", "Printer", Office.MENTOR),
        )


def link_in(text: str, path: str) -> str:
    """Return the address in a mail that leads to a page below `path`."""
    found = re.search(rf"http://\S+{re.escape(path)}\S+", text)
    assert found is not None, text
    return found.group(0).rstrip(".,;)")


def members_let_themselves_be_met(way: Way) -> None:
    """Let three members tell what they like to talk about and be named to visitors, as their pages do."""
    told = {
        way.committee[0]: "Lighthouses and how to tax an architect",
        way.committee[1]: "Roofs that an architect would like",
        way.mentor: "Paper",
    }
    for member, words in told.items():
        client = way.world.client(member)
        fields = {"talk_to_me_about": words, "shows_talk_to_me_about": "y", "version": "0"}
        assert client.post(f"{INSIDE}/profiles/own", data=fields).status_code == 303
        assert client.post(f"{INSIDE}/welcome/spoke/shown", data={"is_shown": "y"}).status_code == 303
