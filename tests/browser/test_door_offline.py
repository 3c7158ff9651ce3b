"""A tablet without network, for real: the server stopped, the page loaded anew or killed, two tabs, the queue sent twice."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from app.plugins.attendance.web.tablet_words import tablet_words
from tests.browser.conftest import NewPerson
from tests.support.door_house import TABLET, DoorHouse, door_house, sign_in, state_of, worker_is_ready

TABLET_SIZE = {"width": 1024, "height": 768}
COMES_BACK_WITHIN = 20_000
"""Milliseconds within which a page notices by itself that the server is back."""


@pytest.fixture
def house(sqlite_template: Path, tmp_path: Path) -> Iterator[DoorHouse]:
    with door_house(tmp_path, sqlite_template) as house:
        yield house


@pytest.fixture
def context(house: DoorHouse, new_person: NewPerson) -> BrowserContext:
    """Return the tablet's browser."""
    page = new_person(house.base_url, size=TABLET_SIZE, has_touch=True)
    context = page.context
    house.hand_tablet_to(context)
    page.close()
    return context


@pytest.fixture
def tablet(house: DoorHouse, context: BrowserContext) -> Page:
    """Return the tablet's page, which can be opened without network from now on."""
    page = house.open_tablet(context)
    expect(state_of(page)).to_contain_text("online")
    worker_is_ready(page)
    return page


def test_thirty_sign_ins_survive_a_reload_and_a_killed_page_without_server(
    house: DoorHouse, context: BrowserContext, tablet: Page
) -> None:
    house.stop()
    early, after_reload, after_kill = house.members[:10], house.members[10:20], house.members[20:30]
    for member in early:
        sign_in(tablet, member)
    expect(state_of(tablet)).to_contain_text("saved on this device, 10 waiting")
    tablet.reload()
    for member in after_reload:
        sign_in(tablet, member)
    tablet.close()
    reopened = house.open_tablet(context)
    expect(state_of(reopened)).to_contain_text("saved on this device, 20 waiting")
    house.pass_time(reopened, minutes=5)
    for member in after_kill:
        sign_in(reopened, member)
    assert house.world.rows("attendance_mark") == 0

    house.pass_time(reopened, minutes=5)
    house.start()
    expect(state_of(reopened)).not_to_contain_text("waiting", timeout=COMES_BACK_WITHIN)
    assert house.letters(house.members[:30]) == "P" * 30
    assert house.world.rows("attendance_mark") == 30
    assert house.world.rows("attendance_tablet_event") == 30
    house.world.assert_ledger_whole(house.group)


def test_the_moment_of_the_tap_decides_not_that_of_the_upload(house: DoorHouse, tablet: Page) -> None:
    house.stop()
    house.pass_time(tablet, minutes=18)
    for member in house.members[:4]:
        sign_in(tablet, member)
    house.pass_time(tablet, minutes=5)
    for member in house.members[4:8]:
        sign_in(tablet, member)
    house.pass_time(tablet, minutes=20)
    house.start()
    expect(state_of(tablet)).not_to_contain_text("waiting", timeout=COMES_BACK_WITHIN)
    assert house.letters(house.members[:8]) == "PPPPLLLL"


def test_two_tabs_share_one_queue_and_one_chain(
    house: DoorHouse, context: BrowserContext, tablet: Page
) -> None:
    other = house.open_tablet(context)
    house.stop()
    for first, second in zip(house.members[:5], house.members[5:10], strict=True):
        sign_in(tablet, first)
        sign_in(other, second)
    house.pass_time(other, minutes=1)
    house.start()
    for page in (tablet, other):
        page.bring_to_front()
        expect(state_of(page)).not_to_contain_text("waiting", timeout=COMES_BACK_WITHIN)
    assert house.letters(house.members[:10]) == "P" * 10
    assert house.world.rows("attendance_tablet_event") == 10
    links = house.links()
    assert len(set(links.values())) == len(links) == 10
    assert set(links.values()) - set(links) == {""}


def test_a_queue_that_was_sent_and_not_answered_is_sent_again_and_counts_once(
    house: DoorHouse, tablet: Page
) -> None:
    tablet.context.route("**/sign-ins", lambda route: (route.fetch(), route.abort()))
    for member in house.members[:3]:
        sign_in(tablet, member)
    expect(state_of(tablet)).to_contain_text("3 waiting")
    while house.world.rows("attendance_tablet_event") < 3:
        tablet.wait_for_timeout(100)  # lets the requests through; the test's own time-out ends it
    expect(state_of(tablet)).to_contain_text("3 waiting")
    tablet.context.unroute("**/sign-ins")
    expect(state_of(tablet)).not_to_contain_text("waiting", timeout=COMES_BACK_WITHIN)
    assert house.world.rows("attendance_mark") == house.world.rows("attendance_tablet_event") == 3


def test_a_revoked_tablet_forgets_every_name(house: DoorHouse, context: BrowserContext, tablet: Page) -> None:
    sign_in(tablet, house.members[0])
    assert house.members[5].name in kept_on(tablet)
    house.revoke_tablet()
    tablet.reload()
    expect(tablet.get_by_role("heading", level=1)).to_have_text("This tablet is no longer the group’s")
    assert kept_on(tablet) == "[[],[],[]]"
    assert house.members[5].first_name not in tablet.content()


def test_only_the_shell_is_in_the_workers_cache(house: DoorHouse, tablet: Page) -> None:
    sign_in(tablet, house.members[0])
    tablet.reload()
    expect(tablet.get_by_role("heading", level=1)).to_have_text("Good morning")
    told: list[int] = tablet.evaluate(_THROUGH_THE_WORKER, f"{TABLET}/day")
    assert told == [200, 200]
    addresses: list[str] = tablet.evaluate(_CACHED)
    assert [one for one in addresses if not one.startswith(("/static/", TABLET))] == []
    assert [one for one in addresses if one.startswith(TABLET)] == [TABLET]
    text: str = tablet.evaluate("caches.match(location.pathname).then((kept) => kept.text())")
    assert [member.name for member in house.members if member.name in text] == []


def test_a_changed_page_is_taken_when_nobody_is_in_the_middle_of_something(
    house: DoorHouse, tablet: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    before: list[str] = tablet.evaluate("caches.keys()")
    monkeypatch.setattr("app.plugins.attendance.web.tablet_shell.tablet_words", changed_words)
    tablet.evaluate("navigator.serviceWorker.ready.then((own) => own.update())")
    expect(tablet.get_by_text("Tap a letter.")).to_be_visible(timeout=COMES_BACK_WITHIN)
    after: list[str] = tablet.evaluate("caches.keys()")
    assert len(before) == len(after) == 1
    assert before != after


def changed_words() -> dict[str, str]:
    """Return the page's sentences as the next version might have them."""
    return tablet_words() | {"tap_letter": "Tap a letter."}


def kept_on(page: Page) -> str:
    """Return everything that the page keeps on the device, as text."""
    found: str = page.evaluate(_KEPT, f"door {TABLET}")
    return found


_THROUGH_THE_WORKER = """async (address) => {
  const ask = async () => (await fetch(address, { headers: { Accept: "application/json" } })).status;
  await navigator.serviceWorker.ready;
  const first = await ask();
  return [first, await ask()];
}"""
_CACHED = """async () => {
  const shelves = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
  const requests = (await Promise.all(shelves.map((shelf) => shelf.keys()))).flat();
  return requests.map((one) => new URL(one.url).pathname);
}"""
_KEPT = """async (name) => {
  const answered = (request) => new Promise((done) => { request.onsuccess = () => done(request.result); });
  const db = await answered(indexedDB.open(name));
  const all = [...db.objectStoreNames].map((store) => answered(db.transaction(store).objectStore(store).getAll()));
  return JSON.stringify(await Promise.all(all));
}"""
