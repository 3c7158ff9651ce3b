"""Every page of the house, as a stranger, a member and a leader meet it: axe finds nothing, and nothing runs off the page.

The pages come from the URL map; each is looked at with real things in its address, on a narrow phone and on a laptop, in light
and dark, which differ in colours alone. The contrast of colours is measured in two of these four looks, crosswise from page to
page: both widths and both themes of every page, all four of what every page has; what looks as it did on a page before is not
measured again. What answers with no page of its own (files, parts of pages, redirects) is left out.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.browser.conftest import NewPerson
from tests.support.browsing import demo_house
from tests.support.furnished_house import House, furnished
from tests.support.furnished_things import HERE
from tests.support.looking import CROSSWISE, LOOKS, THEMES, Look, Measured, faults

DURING = datetime(2026, 11, 24, 7, 4, tzinfo=UTC)
"""Four minutes into the harbour's meeting."""
EVERYBODY = ("president", "member", "stranger", "steward", "claimant", "secretary")
SECONDS_FOR_ALL_PAGES = 900
"""A leader sees more than a hundred pages, each looked at four times: minutes, even on an idle machine."""
NO_PAGES = {
    "static",
    "house.health",
    "calendar.feed",
    "account.data_file",
    "group.panel",
    "group.progress",
    "group.activities.talk_calendar",
    "group.referrals.beside_choice",
    "group.handover_file",
    "group.handover_pack",
    "group.attendance.palms_csv",
    "group.attendance.palms_xlsx",
    "group.attendance.palms_pdf",
    "group.attendance.grid_csv",
    "group.attendance.grid_xlsx",
    "group.attendance.grid_pdf",
    "group.attendance.months_csv",
    "group.attendance.months_xlsx",
    "group.attendance.months_pdf",
    "group.attendance.mine_csv",
    "group.attendance.mine_xlsx",
    "group.attendance.mine_pdf",
    "group.attendance.of_member_csv",
    "group.attendance.of_member_xlsx",
    "group.attendance.of_member_pdf",
    "group.attendance.numbers",
    "group.referrals.inbox_live",
    "group.referrals.outbox_live",
    "group.referrals.slip_live",
    "group.referrals.own_csv",
    "group.referrals.own_xlsx",
    "group.referrals.own_pdf",
    "group.referrals.matrix_csv",
    "group.referrals.matrix_xlsx",
    "group.referrals.matrix_pdf",
    "group.referrals.funnel_csv",
    "group.referrals.funnel_xlsx",
    "group.referrals.funnel_pdf",
    "group.referrals.paper_pdf",
    "group.referrals.everything",
    "group.referrals.answer_csv",
    "group.referrals.answer_xlsx",
    "group.referrals.answer_pdf",
    "group.profiles.photo",
    "group.profiles.recording",
    "group.profiles.own_badge_pdf",
    "group.profiles.blank_badges_pdf",
    "group.profiles.member_badge_pdf",
    "group.profiles.badges_pdf",
    "door.attendance.screen_state",
    "door.attendance.screen_code",
    "door.attendance.steward_screen_state",
    "door.attendance.steward_screen_code",
    "door.attendance.tablet_day",
    "visit.attendance.tablet_manifest",
    "visit.attendance.tablet_worker",
    "visit.attendance.phone_worker",
    "visit.attendance.scan_worker",
    "visit.referrals.slip_worker",
    "visit.attendance.scan",
    "visit.welcome.door_photo",
    "group.welcome.own_photo",
}
"""What answers a GET with a file, a part of a page, or a way on to another page."""
HIDDEN = """() => {
  const hidden = new CSSStyleSheet();
  hidden.replaceSync("main .faint { display: none; color: rgb(128 128 128 / 20%) }");
  document.adoptedStyleSheets.push(hidden);
  const faint = document.querySelector("main h1").insertAdjacentElement("afterend", document.createElement("p"));
  faint.className = "faint";
  faint.textContent = "Hardly to be read";
}"""
"""Puts faint words on a page that nobody sees yet."""


@pytest.fixture(scope="module")
def house(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with demo_house(tmp_path_factory.mktemp("pages"), sqlite_template, DURING, weeks=12) as demo:
        yield furnished(demo)


@pytest.mark.timeout(SECONDS_FOR_ALL_PAGES)
@pytest.mark.parametrize("person", ["stranger", "steward", "claimant", "member", "president"])
def test_every_page_can_be_read_by_everybody(house: House, new_person: NewPerson, person: str) -> None:
    page = new_person(house.demo.base_url)
    house.walk_in(page, person)
    found: list[str] = []
    measured: dict[Look, Measured] = {}
    for number, address in enumerate(house.pages(page)):
        page.goto(address)
        page.locator("h1:visible").first.wait_for()  # a screen of the door draws its own
        found += faults(page, CROSSWISE[number % 2], measured)
    assert found == []


def test_a_page_that_cannot_be_read_is_found(house: House, new_person: NewPerson) -> None:
    page = new_person(house.demo.base_url)
    page.goto("/account/sign-in")
    page.evaluate("document.querySelectorAll('main label').forEach((label) => label.remove())")
    page.evaluate("document.querySelector('main h1').style.inlineSize = '400px'")
    found = faults(page)
    at_fault = [fault for fault in found if " light, 320 px: " in fault]
    assert any("label at " in fault for fault in at_fault)
    assert any("scrolls sideways" in fault for fault in at_fault)


@pytest.mark.parametrize("looks", CROSSWISE)
def test_faint_words_are_found_in_the_looks_that_were_named(
    house: House, new_person: NewPerson, looks: frozenset[tuple[int, str]]
) -> None:
    page = new_person(house.demo.base_url)
    page.goto("/account/sign-in")
    page.evaluate("document.querySelector('main h1').style.color = 'rgb(128 128 128 / 20%)'")
    found = [fault for fault in faults(page, contrast_in=looks) if "color-contrast" in fault]
    named = {f" {theme}, {width} px: " for width, theme in looks}
    assert len(found) == len(named)
    assert all(any(look in fault for fault in found) for look in named)


def test_faint_words_are_found_in_a_cell_that_looks_like_no_other(
    house: House, new_person: NewPerson
) -> None:
    page = new_person(house.demo.base_url)
    house.walk_in(page, "member")
    page.goto(f"{HERE}/members")
    page.evaluate(
        "document.querySelectorAll('main li bdi, main td bdi')[7].style.color = 'rgb(128 128 128 / 20%)'"
    )
    found = [fault for fault in faults(page) if "color-contrast" in fault]
    assert len(found) == len(THEMES) * 2


class Told(set[str]):
    """What was measured, and of how many things each time."""

    def __init__(self) -> None:
        super().__init__()
        self.counts: list[int] = []

    def update(self, *more: Iterable[str]) -> None:
        super().update(*more)
        self.counts += [len(list(some)) for some in more]


def test_what_looks_as_on_the_page_before_is_measured_once(house: House, new_person: NewPerson) -> None:
    page = new_person(house.demo.base_url)
    house.walk_in(page, "member")
    told: dict[Look, Told] = {look: Told() for look in LOOKS}
    measured: dict[Look, Measured] = {**told}
    page.goto(f"{HERE}/members")
    assert faults(page, measured=measured) == []
    page.reload()
    assert faults(page, measured=measured) == []
    assert all(first > 0 == again for first, again in (one.counts for one in told.values()))


@pytest.mark.parametrize(
    "change",
    [
        "document.querySelector('main h1').style.color = 'rgb(128 128 128 / 20%)'",
        """() => {
          const faint = new CSSStyleSheet();
          faint.replaceSync("body:has(h1) main h1 { color: rgb(128 128 128 / 20%) }");
          document.adoptedStyleSheets.push(faint);
        }""",
        """() => {
          const shown = new CSSStyleSheet();
          shown.replaceSync("main .faint { display: block !important }");
          document.adoptedStyleSheets.push(shown);
        }""",
    ],
    ids=["of its own", "of a style", "shown"],
)
def test_what_looks_otherwise_than_on_the_page_before_is_measured(
    house: House, new_person: NewPerson, change: str
) -> None:
    page = new_person(house.demo.base_url)
    house.walk_in(page, "member")
    measured: dict[Look, Measured] = {}
    for _time in range(2):
        page.goto(f"{HERE}/members")
        page.evaluate(HIDDEN)
        assert faults(page, measured=measured) == []
    page.evaluate(change)
    found = [fault for fault in faults(page, measured=measured) if "color-contrast" in fault]
    assert len(found) == len(LOOKS)


@pytest.mark.timeout(SECONDS_FOR_ALL_PAGES)
def test_no_page_is_left_out(house: House, new_person: NewPerson) -> None:
    shown: set[str] = set()
    for person in EVERYBODY:
        page = new_person(house.demo.base_url)
        house.walk_in(page, person)
        shown |= house.endpoints(page, but={"static", *shown})
    answered_in_parts = {
        rule.endpoint
        for rule in house.demo.world.app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and rule.endpoint not in shown
    }
    assert answered_in_parts == NO_PAGES


@pytest.mark.parametrize(
    ("person", "address", "status"),
    [
        ("stranger", "/nowhere", 404),
        ("member", f"{HERE}/nowhere", 404),
        ("member", f"{HERE}/settings", 403),
        ("stranger", f"{HERE}/panels", 404),
    ],
)
def test_pages_of_failure_can_be_read_by_everybody(
    house: House, new_person: NewPerson, person: str, address: str, status: int
) -> None:
    page = new_person(house.demo.base_url)
    house.walk_in(page, person)
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == status
    assert faults(page) == []


@pytest.mark.parametrize(
    ("person", "address", "button"),
    [
        ("stranger", "/account/sign-in", "Sign in"),
        ("member", f"{HERE}/referrals/pass?later=1", "Pass the slip"),
        ("member", f"{HERE}/referrals/thanks", ""),
        ("member", f"{HERE}/attendance/code", ""),
        ("president", f"{HERE}/members/add", ""),
        ("president", f"{HERE}/import", "Look at the file"),
    ],
)
def test_refused_forms_can_be_read_by_everybody(
    house: House, new_person: NewPerson, person: str, address: str, button: str
) -> None:
    page = new_person(house.demo.base_url)
    house.walk_in(page, person)
    page.goto(address)
    buttons = page.locator("main form.form button[type=submit]")
    with page.expect_navigation() as answered:
        buttons.filter(has_text=button).first.click()
    assert answered.value is not None
    assert answered.value.status == 422
    assert faults(page) == []


def test_pages_that_refuse_an_act_can_be_read_by_everybody(house: House, new_person: NewPerson) -> None:
    page = new_person(house.demo.base_url)
    house.walk_in(page, "president")
    over = house.demo.meetings[0].public_id
    changes = {
        f"form => form.action = '{HERE}/attendance/meetings/{over}/screen'": 422,
        "form => form.elements.csrf_token.value = 'old'": 400,
    }
    for change, status in changes.items():
        page.goto(f"{HERE}/attendance/meetings/{house.demo.meeting.public_id}")
        button = page.get_by_role("button", name="Open the room’s screen")
        button.evaluate(f"button => ({change})(button.form)")
        with page.expect_navigation() as answered:
            button.click()
        assert answered.value is not None
        assert answered.value.status == status
        assert faults(page) == []
