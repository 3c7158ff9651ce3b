"""A slip that is typed anywhere arrives once: without network, in another browser, with an answer lost; and the minute to undo it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect
from sqlalchemy.orm import Session

from app.core.notices.outbox import Mail, send_due
from app.core.work import HOUSE, UnitOfWork
from tests.browser.conftest import PHONE, NewPerson
from tests.support.choosing import choose_receiver
from tests.support.door_house import DoorHouse, door_house, worker_is_ready
from tests.support.letters import by_smtp
from tests.support.looking import faults
from tests.support.smtp import running_postbox
from tests.support.world import World

PASS = "/g/harbour/referrals/pass"
GIVEN = "/g/harbour/referrals/given"
WAITING = """(wanted) => new Promise((resolve) => {
  indexedDB.open("waiting slip /g/harbour/referrals/pass").onsuccess = ({ target }) => {
    const count = target.result.transaction("queue").objectStore("queue").count();
    count.onsuccess = () => { target.result.close(); resolve(count.result === wanted); };
  };
})"""
"""Whether so many slips wait on the phone."""
SOON = 25_000
"""Milliseconds within which a phone has noticed that the network is back."""


@pytest.fixture
def house(sqlite_template: Path, tmp_path: Path) -> Iterator[DoorHouse]:
    with door_house(tmp_path, sqlite_template, people=["Ana Sousa", "Ben Okoro", "Rui Almeida"]) as house:
        yield house


@pytest.fixture
def phone(house: DoorHouse, new_person: NewPerson) -> Page:
    """Return Ana's phone, on which the page to pass a slip was open once."""
    page = new_person(house.base_url, size=PHONE, has_touch=True)
    house.enter(page, house.members[0])
    page.goto(PASS)
    worker_is_ready(page)
    page.reload()
    return page


def write_slip(
    page: Page, name: str = "Klara Teixeira", contact: str = "+351 912 345 678", *, agreed: bool = True
) -> None:
    """Fill in a slip to Rui, and do not send it."""
    choose_receiver(page, "Rui Almeida")
    page.get_by_label("Who needs something?").fill(name)
    page.get_by_label("How can they be reached?").fill(contact)
    page.get_by_label("They agreed to be contacted").set_checked(agreed)
    page.get_by_label("What is it about?").fill("New wiring for a workshop.")
    page.get_by_label("I told them why I would choose my colleague").check()
    page.get_by_label("I have seen their work").check()


def press_pass(page: Page) -> None:
    page.get_by_role("button", name="Pass the slip").click()


def sent_by(world: World, postman: Callable[[Mail], None]) -> int:
    """Let the postman take what is due now, and return how many mails left the house."""

    def new_work() -> tuple[Session, UnitOfWork]:
        session = world.held.new_session()
        return session, world.held.work(session, HOUSE)

    return send_due(new_work, postman)


def slips(house: DoorHouse) -> int:
    return house.world.rows("referrals_slip")


def test_a_slip_typed_on_a_phone_without_network_arrives_once(house: DoorHouse, phone: Page) -> None:
    house.stop()
    phone.goto(PASS)
    expect(phone.get_by_text("No network.")).to_be_visible()
    write_slip(phone)
    expect(phone.get_by_text("Kept on this phone,")).to_be_visible()
    assert faults(phone) == []
    phone.reload()
    expect(phone.get_by_label("Who needs something?")).to_have_value("Klara Teixeira")
    expect(phone.get_by_label("I have seen their work")).to_be_checked()
    press_pass(phone)
    expect(phone.get_by_text("Klara Teixeira waits on this phone.")).to_be_visible()
    phone.reload()
    expect(phone.get_by_text("Klara Teixeira waits on this phone.")).to_be_visible()
    assert faults(phone) == []
    house.start()
    expect(phone.get_by_text("Klara Teixeira is passed.")).to_be_visible(timeout=SOON)
    phone.goto(PASS)
    expect(phone.get_by_text("waits on this phone")).to_have_count(0)
    phone.goto(GIVEN)
    expect(phone.locator("main").get_by_text("Klara Teixeira")).to_have_count(1)
    assert slips(house) == 1


def test_a_network_that_comes_and_goes_passes_each_slip_once(house: DoorHouse, phone: Page) -> None:
    house.stop()
    phone.goto(PASS)
    for name, contact in (("Klara Teixeira", "klara@teixeira.example"), ("Café Miramar", "+351 210 000 555")):
        write_slip(phone, name, contact)
        press_pass(phone)
        expect(phone.get_by_text(f"{name} waits on this phone.")).to_be_visible()
        phone.get_by_role("button", name="Write another slip").click()
    for _flap in range(3):
        house.start()
        phone.evaluate("dispatchEvent(new Event('online'))")
        house.stop()
        phone.reload()
    house.start()
    phone.goto(PASS)
    phone.wait_for_function(WAITING, arg=0, timeout=SOON)
    phone.reload()
    phone.wait_for_load_state("networkidle")
    assert slips(house) == 2


def test_an_answer_lost_on_the_way_is_still_one_slip(house: DoorHouse, phone: Page) -> None:
    lost: list[int] = []

    def lose(route: Route) -> None:
        if lost or route.request.method != "POST":
            route.continue_()
            return
        lost.append(route.fetch().status)
        route.abort("connectionreset")

    phone.route("**/referrals/pass**", lose)
    write_slip(phone)
    press_pass(phone)
    expect(phone.get_by_text("Klara Teixeira is passed.")).to_be_visible(timeout=SOON)
    assert lost == [200]
    assert slips(house) == 1


def test_the_network_that_goes_while_the_form_is_open_loses_nothing(house: DoorHouse, phone: Page) -> None:
    write_slip(phone)
    house.stop()
    press_pass(phone)
    expect(phone.get_by_text("Klara Teixeira waits on this phone.")).to_be_visible(timeout=SOON)
    house.start()
    expect(phone.get_by_text("Klara Teixeira is passed.")).to_be_visible(timeout=SOON)
    assert slips(house) == 1


def test_a_slip_that_is_refused_at_last_comes_back_with_all_that_was_typed(
    house: DoorHouse, phone: Page
) -> None:
    house.stop()
    phone.goto(PASS)
    write_slip(phone, agreed=False)
    press_pass(phone)
    house.start()
    refused = phone.locator(".note-warning")
    expect(refused).to_contain_text("Klara Teixeira was not passed.", timeout=SOON)
    expect(refused).to_contain_text("Ask them first whether they may be contacted")
    refused.get_by_role("link", name="Look at it").click()
    expect(phone.get_by_label("Who needs something?")).to_have_value("Klara Teixeira")
    expect(phone.get_by_label("What is it about?")).to_have_value("New wiring for a workshop.")
    phone.get_by_label("They agreed to be contacted").check()
    press_pass(phone)
    phone.wait_for_url("**/referrals/slips/*")
    assert slips(house) == 1
    assert house.world.rows("referrals_draft") == 0


def test_a_draft_typed_in_one_browser_goes_on_in_another(
    house: DoorHouse, phone: Page, new_person: NewPerson
) -> None:
    write_slip(phone)
    expect(phone.get_by_text("Kept as a draft")).to_be_visible()
    phone.close()
    laptop = new_person(house.base_url)
    house.enter(laptop, house.members[0])
    laptop.goto(GIVEN)
    assert faults(laptop) == []
    laptop.get_by_role("link", name="Klara Teixeira").click()
    expect(laptop.get_by_label("How can they be reached?")).to_have_value("+351 912 345 678")
    assert faults(laptop) == []
    press_pass(laptop)
    laptop.wait_for_url("**/referrals/slips/*")
    assert (slips(house), house.world.rows("referrals_draft")) == (1, 0)


def test_what_was_typed_without_network_becomes_a_draft_when_it_is_back(
    house: DoorHouse, phone: Page
) -> None:
    house.stop()
    phone.goto(PASS)
    phone.get_by_label("What is it about?").fill("A kitchen before the summer")
    expect(phone.get_by_text("Kept on this phone,")).to_be_visible()
    house.start()
    with phone.expect_response("**/referrals/drafts?*"):
        phone.goto(PASS)
    phone.goto(GIVEN)
    expect(phone.get_by_role("link", name="A kitchen before the summer")).to_be_visible()
    assert slips(house) == 0


def test_signing_out_takes_along_what_the_phone_knows_of_people(house: DoorHouse, phone: Page) -> None:
    databases = "indexedDB.databases().then((all) => all.map((one) => one.name.split(' ')[0]).sort())"
    assert phone.evaluate(databases) == ["personal", "waiting"]
    phone.get_by_role("button", name="More").click()
    phone.get_by_role("button", name="Sign out").click()
    phone.wait_for_url(lambda url: "/g/harbour" not in url)
    assert phone.evaluate(databases) == ["waiting"]
    house.stop()
    phone.goto(PASS)
    expect(phone.get_by_text("Open this page once with a connection")).to_be_visible()


def test_a_slip_is_never_passed_in_the_name_of_another_who_uses_the_phone(
    house: DoorHouse, phone: Page
) -> None:
    house.stop()
    phone.goto(PASS)
    write_slip(phone)
    press_pass(phone)
    expect(phone.get_by_text("waits on this phone")).to_be_visible()
    house.start()
    house.enter(phone, house.members[1])
    phone.goto(PASS)
    phone.wait_for_timeout(1_000)
    expect(phone.get_by_text("Klara")).to_have_count(0)
    assert slips(house) == 0
    house.enter(phone, house.members[0])
    phone.goto(PASS)
    expect(phone.get_by_text("Klara Teixeira is passed.")).to_be_visible(timeout=SOON)
    assert slips(house) == 1


def test_a_private_window_says_that_it_keeps_nothing_and_passes_slips(
    house: DoorHouse, new_person: NewPerson
) -> None:
    page = new_person(house.base_url, size=PHONE)
    page.add_init_script("Object.defineProperty(globalThis, 'indexedDB', { value: undefined })")
    house.enter(page, house.members[0])
    page.goto(PASS)
    expect(page.get_by_text("This browser keeps nothing")).to_be_visible()
    write_slip(page)
    press_pass(page)
    page.wait_for_url("**/referrals/slips/*")
    assert slips(house) == 1


def test_undone_in_time_nobody_hears_of_it(house: DoorHouse, phone: Page, new_person: NewPerson) -> None:
    receiver = new_person(house.base_url)
    house.enter(receiver, house.members[2])
    write_slip(phone)
    press_pass(phone)
    phone.wait_for_url("**/referrals/slips/*")
    assert faults(phone) == []
    slip = phone.url
    phone.get_by_role("button", name="Take it back, nobody has been told").click()
    expect(phone.get_by_text("Nobody has been told, and nobody will be.")).to_be_visible()
    assert faults(phone) == []
    house.world.pass_time(hours=2)
    receiver.goto("/g/harbour/referrals/")
    expect(receiver.get_by_text("No slip has reached you yet.")).to_be_visible()
    answer = receiver.goto(slip)
    assert answer is not None
    assert answer.status == 404
    with running_postbox() as postbox:
        assert sent_by(house.world, by_smtp(postbox)) == 0
        assert postbox.messages == ()


def test_the_button_leaves_with_the_minute_and_too_late_is_said_in_plain_words(
    house: DoorHouse, phone: Page
) -> None:
    phone.clock.install()
    write_slip(phone)
    press_pass(phone)
    phone.wait_for_url("**/referrals/slips/*")
    button = phone.get_by_role("button", name="Take it back, nobody has been told")
    expect(button).to_be_visible()
    house.world.pass_time(seconds=70)
    button.click()
    expect(phone.get_by_role("alert")).to_contain_text("The minute is over, and the receiver has been told.")
    assert faults(phone) == []


def test_the_minute_is_over_on_the_page_too(house: DoorHouse, phone: Page) -> None:
    phone.clock.install()
    write_slip(phone)
    press_pass(phone)
    phone.wait_for_url("**/referrals/slips/*")
    expect(phone.get_by_text("Take the slip back")).to_be_hidden()
    phone.clock.fast_forward(61_000)
    expect(phone.get_by_role("button", name="Take it back, nobody has been told")).to_be_hidden()
    expect(phone.get_by_text("The minute is over: Rui Almeida is being told.")).to_be_visible()
    expect(phone.get_by_text("Take the slip back")).to_be_visible()
