"""A house with its people for browser tests: served from this process, on a clock that the test moves."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from playwright.sync_api import Page

from app import create_app
from app.cli.demo_network import build, plans
from app.core.access.queries import account_of_person
from app.core.access.services.accounts import set_password
from app.core.clock import FixedClock
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine, all_members, group_by_slug
from app.core.ids import SeededIds
from app.core.meetings.domain.meeting import Meeting
from app.core.meetings.queries import meetings_between
from app.extensions import db, limiter
from app.plugins.attendance.domain.room_code import code_in, key_for_room_codes, slot_at
from app.plugins.attendance.domain.ticket import ScanTicket
from app.plugins.attendance.services.signing_in import SignIn, sign_in_by_room_code
from tests.support.compiled import compile_once
from tests.support.engines import settings_for
from tests.support.running_house import free_port
from tests.support.server import serving
from tests.support.world import LONG_AGO, World

DEMO_SEED = 7
PASSWORD = "a-long-enough-password"


@dataclass(frozen=True, kw_only=True)
class ServedHouse:
    """A house that answers real browsers, and the world behind it."""

    world: World
    base_url: str

    def enter(self, page: Page, member: MemberLine) -> None:
        """Let the browser of `page` be signed in as `member`, without typing a password."""
        cookie = self.world.client(member, csrf=True).get_cookie("givefirst")
        if cookie is None:
            raise LookupError(f"{member.name} was not signed in.")
        page.context.add_cookies([{"name": "givefirst", "value": cookie.value, "url": self.base_url}])

    def give_password(self, member: MemberLine) -> MemberLine:
        """Let the member sign in with PASSWORD."""
        work = self.world.work()
        account = account_of_person(work.session, member.person_id)
        if account is None:
            raise LookupError(f"{member.name} has no account.")
        set_password(work, account, PASSWORD)
        return member

    def room_code(self, group: Group, meeting: Meeting) -> str:
        """Return the code that the room's screen shows at this moment."""
        secret = str(self.world.app.config["SECRET_KEY"]).encode()
        return code_in(key_for_room_codes(secret), group.id, meeting.id, slot_at(self.world.now))


@dataclass(frozen=True, kw_only=True)
class DemoHouse(ServedHouse):
    """A served house with the demo network's harbour in it."""

    group: Group
    members: list[MemberLine]
    """Those who are members today, in alphabetical order."""
    meetings: list[Meeting]
    """Those up to today, oldest first."""

    def demo_sign_in(self, name: str) -> MemberLine:
        """Return whom the demo's sign-in is made for: president, secretary, member or newcomer."""
        return next(member for member in self.members if member.email == f"{name}@harbour.example")

    @property
    def meeting(self) -> Meeting:
        """Today's meeting."""
        return self.meetings[-1]

    def scan_and_tap(self, member: MemberLine, scanned_at: datetime) -> None:
        """Let the member sign in to today's meeting by the room's code."""
        ticket = ScanTicket(
            group_slug=self.group.slug, meeting_public_id=self.meeting.public_id, scanned_at=scanned_at
        )
        tap = SignIn(group_id=self.group.id, group_slug=self.group.slug, member_id=member.id, ticket=ticket)
        sign_in_by_room_code(self.world.work(member), tap)


@contextmanager
def served_house(folder: Path, template: Path, at: datetime) -> Iterator[ServedHouse]:
    """Lend an empty house on a copy of the migrated `template`, at the moment `at`."""
    shutil.copyfile(template, folder / "house.db")
    port = free_port()
    settings = settings_for(folder, f"sqlite:///{folder / 'house.db'}", base_url=f"http://127.0.0.1:{port}")
    app = create_app(settings, clock=FixedClock(at), ids=SeededIds(DEMO_SEED), testing=True)
    compile_once(app)
    with app.app_context():
        limiter.reset()
    world = World(app)
    with serving(app, port=port) as base_url:
        yield ServedHouse(world=world, base_url=base_url)
    world.close()
    with app.app_context():
        db.engine.dispose()


@contextmanager
def demo_house(folder: Path, template: Path, at: datetime, *, weeks: int) -> Iterator[DemoHouse]:
    """Lend a house with the demo's harbour and mill, after `weeks` of history."""
    with served_house(folder, template, at) as house:
        work = house.world.work()
        with house.world.app.app_context():  # as under the command that fills it
            for plan in plans(2, None, weeks, DEMO_SEED):
                build(work, house.world.held.registry, plan, DEMO_SEED)
            work.commit()
        yield demo_house_in(house)


def demo_house_in(house: ServedHouse) -> DemoHouse:
    """Return the house with the harbour's people and meetings as they stand now."""
    work = house.world.work()
    group = group_by_slug(work.session, "harbour")
    if group is None:
        raise LookupError("The demo network has no harbour.")
    members = all_members(work.session, group.id)
    today = house.world.now.date()
    meetings = meetings_between(work.session, group.id, LONG_AGO, today)
    work.rollback()
    return DemoHouse(
        world=house.world,
        base_url=house.base_url,
        group=group,
        members=[member for member in members if member.ended_on is None],
        meetings=sorted(meetings, key=lambda meeting: meeting.starts_at_utc),
    )


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    """Sign in by the page, as a person does."""
    page.goto("/account/sign-in")
    page.get_by_label("Mail address").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/account/sign-in" not in url)
