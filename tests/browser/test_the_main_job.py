"""The promise of the product, seen by four people at once: sign in at the door, pass a slip, see both in the console.

The real web server and the real worker run beside the browsers, mail leaves by a real SMTP server, the code on the
room's screen is read off its picture as a phone's camera reads it, and nobody reloads a page to see what is new.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from io import BytesIO
from time import sleep

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from app import create_app
from app.core.access.queries import account_of_person
from app.core.access.services.accounts import set_password
from app.core.clock import FixedClock
from app.core.groups.domain.office import Office
from app.core.groups.domain.standing import Group
from app.core.groups.queries import MemberLine
from app.plugins.attendance.services.rule_sets import change_cut_off
from tests.browser.conftest import PHONE, NewPerson
from tests.support.choosing import choose_receiver
from tests.support.engines import migrated_by_owner, settings_for
from tests.support.first_tuesday import Calendar, next_sunday_evening
from tests.support.running_house import free_port, running_house
from tests.support.smtp import Postbox, running_postbox
from tests.support.world import World

MONDAY = 1
PASSWORD = "a-long-enough-password"
SEEN_WITHIN = 10_000
"""Milliseconds within which everybody sees what happened elsewhere, without reloading."""
MORNING, TWO_MINUTES_LATER = "09:00", "09:02"
"""When the meeting begins: an hour at which mail leaves. The giver may undo a slip for a minute, which then is over."""


@dataclass(frozen=True, kw_only=True)
class Town:
    """A group whose meeting has just begun, with a leader and two members who know their passwords."""

    base_url: str
    postbox: Postbox
    calendar: Calendar
    group: Group
    leader: MemberLine
    giver: MemberLine
    receiver: MemberLine


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("house")
    with running_postbox() as postbox:
        settings = settings_for(
            folder,
            f"sqlite:///{folder / 'givefirst.db'}",
            base_url=f"http://127.0.0.1:{free_port()}",
            mail_url=postbox.url,
        )
        migrated_by_owner(settings)
        calendar = Calendar(file=folder / "clock", sunday=next_sunday_evening(datetime.now(UTC)))
        begins = calendar.turn_to(MONDAY, MORNING)
        world = World(create_app(settings, clock=FixedClock(begins)))
        group = world.group("harbour")
        leader = _with_password(world, world.member(group, "Inês Carvalho", offices=(Office.PRESIDENT,)))
        giver = _with_password(world, world.member(group, "Ana Sousa", trade="Interior designer"))
        receiver = _with_password(world, world.member(group, "Rui Almeida", trade="Electrician"))
        today = begins.date()
        change_cut_off(world.work(), group.id, cut_off_minutes=15, effective_on=today, today=today)
        world.meeting(group, today, time.fromisoformat(MORNING))
        world.close()
        with running_house(
            settings,
            folder / "house.log",
            module="tests.support.moved_wsgi",
            more={"HOUSE_CLOCK": str(calendar.file)},
        ):
            yield Town(
                base_url=settings.base_url,
                postbox=postbox,
                calendar=calendar,
                group=group,
                leader=leader,
                giver=giver,
                receiver=receiver,
            )


@dataclass(frozen=True, kw_only=True)
class Browsers:
    """What each has before them: the leader a laptop, the members their phones, the room its screen."""

    leader: Page
    giver: Page
    receiver: Page
    screen: Page


def test_a_meeting_and_a_referral_from_the_door_to_the_result(town: Town, new_person: NewPerson) -> None:
    browsers = Browsers(
        leader=new_person(town.base_url),
        giver=new_person(town.base_url, size=PHONE, has_touch=True),
        receiver=new_person(town.base_url, size=PHONE, has_touch=True),
        screen=new_person(town.base_url),
    )
    town.calendar.pages.extend((browsers.leader, browsers.giver, browsers.receiver, browsers.screen))
    town.calendar.turn_to(MONDAY, MORNING)
    sign_in(browsers.leader, town.leader)
    sign_in(browsers.receiver, town.receiver)
    a_member_arrives(town, browsers)
    a_slip_is_passed(town, browsers)
    its_result_comes_back(town, browsers)
    the_meeting_is_kept(browsers)


def a_member_arrives(town: Town, of: Browsers) -> None:
    """Scan the room's code with a phone that is signed out, sign in, tap once; screen and console show it."""
    of.leader.goto("/g/harbour/")
    open_the_screen(of.leader, of.screen)
    of.leader.goto("/g/harbour/")
    stays_loaded(of.leader)
    of.giver.goto(scanned(of.screen))
    of.giver.get_by_role("link", name="Sign in with your mail").tap()
    fill_in_sign_in(of.giver, town.giver)
    of.giver.get_by_role("button", name="I am here").tap()
    expect(of.giver.get_by_role("heading", level=1)).to_contain_text("Ana")
    expect(of.giver.get_by_text("on time")).to_be_visible()
    expect(of.screen.get_by_text("Ana Sousa")).to_be_visible(timeout=SEEN_WITHIN)
    expect(here(of.leader).get_by_text("Ana Sousa")).to_be_visible(timeout=SEEN_WITHIN)


def a_slip_is_passed(town: Town, of: Browsers) -> None:
    """Pass a slip; after its minute the receiver sees it, and is mailed a link without the prospect."""
    of.receiver.goto("/g/harbour/referrals/")
    stays_loaded(of.receiver)
    pass_a_slip(of.giver, to=town.receiver)
    stays_loaded(of.giver)
    town.calendar.turn_to(MONDAY, TWO_MINUTES_LATER)
    expect(of.receiver.get_by_text("Klara Teixeira")).to_be_visible(timeout=SEEN_WITHIN)
    assert was_not_reloaded(of.receiver)
    mail = the_mail_to(town, town.receiver)
    assert "Klara" not in mail
    assert "+351 912 345 678" not in mail
    of.receiver.goto(link_in(mail, town.base_url))


def its_result_comes_back(town: Town, of: Browsers) -> None:
    """Acknowledge the slip and close it as won with an amount; giver and leader see each step as it happens."""
    of.receiver.get_by_role("button", name="I have it, I will call").tap()
    expect_passed_count(of.leader, 1)
    received = of.giver.locator("main").get_by_text("Received", exact=True).first
    expect(received).to_be_visible(timeout=SEEN_WITHIN)
    close_as_won(of.receiver, amount="1250.50")
    expect(of.giver.locator("main").get_by_text("Won").first).to_be_visible(timeout=SEEN_WITHIN)
    expect(of.leader.get_by_text("€1,250.50")).to_be_visible(timeout=SEEN_WITHIN)
    assert was_not_reloaded(of.leader)
    assert was_not_reloaded(of.giver)
    assert len(the_mails_to(town, town.giver, count=2)) == 2


def the_meeting_is_kept(of: Browsers) -> None:
    """Submit the record; PALMS counts who came, the referral on both sides, and the thank-you business."""
    submit_the_record(of.leader)
    of.leader.goto("/g/harbour/attendance/palms")
    assert palms_of(of.leader, "Ana Sousa") == ["1", "0", "0", "0", "0", "0", "1", "0", "0", "€1,250.50"]
    assert palms_of(of.leader, "Rui Almeida") == ["0", "1", "0", "0", "0", "0", "0", "0", "1", "€0.00"]


def stays_loaded(page: Page) -> None:
    """Mark the page as it is loaded now; loading it again wipes the mark."""
    page.evaluate("window.loadedOnce = true")


def was_not_reloaded(page: Page) -> bool:
    """Return whether the page is still the one that was marked."""
    return bool(page.evaluate("window.loadedOnce === true"))


def submit_the_record(of_leader: Page) -> None:
    """Submit the record of the meeting; those without a mark are confirmed as absent."""
    of_leader.get_by_role("link", name="Keep the record").click()
    of_leader.get_by_role("link", name="Submit the record").click()
    of_leader.get_by_role("button", name="Submit the record").click()
    expect(of_leader.get_by_text("submitted", exact=True)).to_be_visible()


def palms_of(of_leader: Page, name: str) -> list[str]:
    """Return the figures of one member's row: P A L M S RGI RGO RRI RRO and thank-you business."""
    row = of_leader.get_by_role("row", name=re.compile(name))
    return [text.strip() for text in row.get_by_role("cell").all_inner_texts()]


def sign_in(page: Page, member: MemberLine) -> None:
    """Sign in by the page, as a person does."""
    page.goto("/account/sign-in")
    fill_in_sign_in(page, member)


def fill_in_sign_in(page: Page, member: MemberLine) -> None:
    """Type address and password on the sign-in page at hand, and send them."""
    page.get_by_label("Mail address").fill(member.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/account/sign-in" not in url)


def open_the_screen(of_leader: Page, screen: Page) -> None:
    """Let the leader open the room's screen, and another machine take it over by its one-time address."""
    of_leader.get_by_role("button", name="Open the room’s screen").click()
    screen.goto(of_leader.url)
    screen.get_by_role("button").first.click()
    screen.wait_for_url("**/door/harbour/attendance/screen")


def scanned(screen: Page) -> str:
    """Return the address in the code on the room's screen, read off its picture."""
    picture = screen.get_by_role("img").first
    expect(picture).to_be_visible()
    found = zxingcpp.read_barcodes(Image.open(BytesIO(picture.screenshot())))
    assert len(found) == 1
    return found[0].text


def here(of_leader: Page) -> Locator:
    """Return the part of the console that says who is at the meeting."""
    return of_leader.locator(".panel-first")


def pass_a_slip(page: Page, *, to: MemberLine) -> None:
    """Pass a slip on its one screen."""
    page.goto("/g/harbour/referrals/pass")
    choose_receiver(page, to.name)
    page.get_by_label("Who needs something?").fill("Klara Teixeira")
    page.get_by_label("How can they be reached?").fill("+351 912 345 678")
    page.get_by_label("They agreed to be contacted").check()
    page.get_by_label("What is it about?").fill("New wiring for a workshop.")
    page.get_by_label("Outside").check()
    page.get_by_label("I told them why I would choose my colleague").check()
    page.get_by_label("I have seen their work").check()
    page.get_by_role("button", name="Pass the slip").click()
    page.wait_for_url("**/referrals/slips/*")


def close_as_won(page: Page, *, amount: str) -> None:
    """Tell that the slip was won, and the business there was."""
    won = page.get_by_role("radio", name=re.compile("^Won"))
    if not won.is_visible():
        page.get_by_text("Tell what came of it").click()
    won.check()
    page.get_by_label("Business invoiced").fill(amount)
    page.get_by_role("button", name="Tell the result").click()
    expect(page.locator("main").get_by_text("Won").first).to_be_visible()


def expect_passed_count(of_leader: Page, count: int) -> None:
    """Expect the console to count the slips passed, without reloading."""
    figure = of_leader.locator(".counts-item", has_text="passed").locator(".counts-value").first
    expect(figure).to_have_text(str(count), timeout=SEEN_WITHIN)


def the_mail_to(town: Town, member: MemberLine) -> str:
    """Return the text of the first mail that the worker sent to `member`."""
    return the_mails_to(town, member, count=1)[0]


def the_mails_to(town: Town, member: MemberLine, *, count: int) -> list[str]:
    """Return the texts of the mails to `member` as soon as `count` have come."""
    until = datetime.now(UTC) + timedelta(milliseconds=SEEN_WITHIN)
    while datetime.now(UTC) < until:
        mails = town.postbox.to(member.email)
        if len(mails) >= count:
            return [mail.text for mail in mails]
        sleep(0.1)
    raise AssertionError(f"{count} mails should have reached {member.email}, {len(mails)} did.")


def link_in(text: str, base_url: str) -> str:
    """Return the address in a mail."""
    found = re.search(rf"{re.escape(base_url)}\S+", text)
    assert found is not None
    return found.group(0)


def _with_password(world: World, member: MemberLine) -> MemberLine:
    work = world.work()
    account = account_of_person(work.session, member.person_id)
    assert account is not None
    set_password(work, account, PASSWORD)
    return member
