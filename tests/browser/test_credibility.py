"""Records in a real browser, in the demo's harbour: the sum follows from the page, each act takes a keyboard alone, all can be read."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from app.core.access.queries import account_of_person
from app.core.access.services.accounts import open_account
from app.core.groups.queries import MemberLine
from app.core.ids import MemberId
from app.plugins.credibility.models_appeals import AppealRow, DeciderRow
from app.plugins.credibility.queries.shown import Own, Surfaced, own_of, shown_of
from tests.browser.conftest import LAPTOP, PHONE, NewPerson
from tests.support.browsing import DemoHouse, demo_house
from tests.support.choosing import finder
from tests.support.keyboard import Keyboard
from tests.support.looking import CROSSWISE, faults
from tests.support.sheet_by_hand import estimate_by_hand
from tests.support.slips import acting

AFTER = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
WEEKS = 40
OWN = "/g/harbour/credibility/"
PASS = "/g/harbour/referrals/pass"
SECONDS_FOR_ALL_LOOKS = 300


class Harbour:
    """The demo's harbour, and its members by their first names."""

    def __init__(self, demo: DemoHouse) -> None:
        self.demo = demo
        self.by_name: Mapping[str, MemberLine] = {one.first_name: one for one in demo.members}
        self.by_id: Mapping[MemberId, MemberLine] = {one.id: one for one in demo.members}

    def enter(self, page: Page, member: MemberLine) -> Page:
        """Let the browser be the member's, who has been invited."""
        work = self.demo.world.work()
        if account_of_person(work.session, member.person_id) is None:
            open_account(work, person_id=member.person_id, email=f"{member.public_id}@harbour.example")
            work.commit()
        work.rollback()
        self.demo.enter(page, member)
        return page

    def own(self, member: MemberLine) -> Own:
        """Return what the member sees of themselves."""
        with acting(self.demo.world, member) as work:
            return own_of(work, self.demo.group, member.id)

    def is_shown(self, member: MemberLine) -> bool:
        """Return whether the group sees the member's record."""
        with acting(self.demo.world) as work:
            return isinstance(shown_of(work, self.demo.group, member.id), Surfaced)

    def disagreement(self) -> tuple[str, MemberLine, list[MemberLine]]:
        """Return the demo's disagreement: its address, whose it is, and who was asked to decide."""
        with acting(self.demo.world) as work:
            appeal = work.session.execute(
                select(AppealRow.id, AppealRow.public_id, AppealRow.about_member_id)
                .where(AppealRow.group_id == self.demo.group.id)
                .order_by(AppealRow.id)
            ).first()
            assert appeal is not None
            asked = select(DeciderRow.member_id).where(
                DeciderRow.group_id == self.demo.group.id, DeciderRow.appeal_id == appeal.id
            )
            deciders = [self.by_id[MemberId(one)] for one in work.session.scalars(asked)]
        return f"{OWN}appeals/{appeal.public_id}", self.by_id[appeal.about_member_id], deciders


@pytest.fixture(scope="module")
def harbour(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Harbour]:
    with demo_house(tmp_path_factory.mktemp("records"), sqlite_template, AFTER, weeks=WEEKS) as demo:
        yield Harbour(demo)


def cells(page: Page, frame: str) -> list[list[str]]:
    """Return the words of each row below the head of a table."""
    rows = page.locator(f"#{frame} tr").filter(has_not=page.locator("thead th[scope=col]"))
    found: list[list[str]] = rows.evaluate_all(
        "rows => rows.filter((row) => row.closest('thead') === null)"
        ".map((row) => [...row.cells].map((cell) => cell.textContent.trim().replace(/\\s+/g, ' ')))"
    )
    return found


@pytest.mark.parametrize("name", ["Ana", "Henrik", "Katarzyna"])
def test_sum_recomputed_from_the_pages_own_numbers_gives_the_value_shown(
    harbour: Harbour, new_person: NewPerson, name: str
) -> None:
    member = harbour.by_name[name]
    page = harbour.enter(new_person(harbour.demo.base_url), member)
    page.goto(OWN)
    expect(page.locator("#sheet-sum")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator("#sheet-sum")).to_be_visible()
    page.emulate_media(media="screen")
    page.get_by_text("The sum, to check by hand").click()
    fold = page.locator("details.fold").filter(has=page.locator("#sheet-sum"))
    found = harbour.own(member)
    counted = [row for row in found.rows if not row.is_frozen]
    reports = cells(page, "sheet-reports")
    assert len(reports) == len(counted) > 0
    p = estimate_by_hand(
        reports, cells(page, "sheet-colleagues"), " ".join(fold.inner_text().split()), AFTER.date()
    )
    assert p == pytest.approx(found.estimate.p, abs=0.015)
    expect(fold).to_contain_text(f"by these it is {found.estimate.p:.2f}.")
    sees = page.get_by_role("region", name="What your group sees")
    if harbour.is_shown(member):
        expect(sees).to_contain_text(f"About {round(found.estimate.p * 10)} in 10 would refer again.")
    else:
        expect(sees).to_contain_text("A blank, like everyone else’s.")
        expect(sees).not_to_contain_text("in 10 would refer again")


def test_taking_part_takes_a_keyboard_alone(harbour: Harbour, new_person: NewPerson) -> None:
    beatriz = harbour.by_name["Beatriz"]
    page = harbour.enter(new_person(harbour.demo.base_url, size=PHONE), beatriz)
    page.goto(OWN)
    keyboard = Keyboard(page)
    keyboard.go_to(page.locator("input[name=says]").first)
    keyboard.press("Space")
    keyboard.go_to(page.get_by_role("button", name="Keep it"))
    keyboard.press("Enter")
    expect(page.get_by_text("Kept. You can change it at any time.")).to_be_visible()
    expect(page.locator("input[name=says]").first).to_be_checked()
    assert harbour.own(beatriz).says == "yes"


def test_disagreeing_takes_a_keyboard_alone(harbour: Harbour, new_person: NewPerson) -> None:
    _address, henrik, _deciders = harbour.disagreement()
    page = harbour.enter(new_person(harbour.demo.base_url), henrik)
    page.goto(OWN)
    keyboard = Keyboard(page)
    keyboard.go_to(page.get_by_role("link", name="I disagree").first)
    keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("I disagree")
    keyboard.type_into(page.locator("textarea[name=reason]"), "It was another customer.")
    keyboard.go_to(page.get_by_role("button", name="Ask for a decision"))
    keyboard.press("Enter")
    expect(page.get_by_text("This is being decided.")).to_be_visible()
    expect(page.locator("main")).to_contain_text("It was another customer.")


def test_deciding_takes_a_keyboard_alone_and_begins_at_home(harbour: Harbour, new_person: NewPerson) -> None:
    address, henrik, deciders = harbour.disagreement()
    page = harbour.enter(new_person(harbour.demo.base_url), deciders[0])
    page.goto("/g/harbour/")
    task = page.locator(f"main a[href$='{address}']")
    expect(task).to_have_text("Decide on a report that a member disagrees with.")
    task.click()
    expect(page.locator("main")).to_contain_text(f"What {henrik.name} writes")
    keyboard = Keyboard(page)
    keyboard.go_to(page.locator("input[name=says]").first)
    keyboard.press("Space")
    keyboard.type_into(page.locator("textarea[name=reason]"), "The slip holds the call.")
    keyboard.go_to(page.get_by_role("button", name="Decide"))
    keyboard.press("Enter")
    expect(page.get_by_text("Thank you. Your word is kept.")).to_be_visible()
    expect(page.get_by_role("button", name="Decide")).to_have_count(0)


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no-script"])
def test_record_of_the_receiver_stands_beside_the_choice(
    harbour: Harbour, new_person: NewPerson, has_script: bool
) -> None:
    secretary = harbour.demo.demo_sign_in("secretary")
    page = harbour.enter(
        new_person(harbour.demo.base_url, size=PHONE, java_script_enabled=has_script), secretary
    )
    beside = page.locator("[data-beside]")
    for name in ("Ana", "Wei"):
        member = harbour.by_name[name]
        page.goto(f"{PASS}?later=1")
        if has_script:
            finder(page).fill(member.name)
            page.keyboard.press("Enter")
        else:
            chooser = page.locator("select[name=receiver]")
            chooser.select_option(label=chooser.locator("option", has_text=member.name).inner_text())
            page.get_by_role("button", name="Show what lies between you").click()
        expect(beside).to_contain_text(f"Between you and {name}")
        assert harbour.is_shown(member) is (name == "Ana")
        expect(beside.get_by_role("heading", name="How referrals are handled")).to_have_count(
            1 if name == "Ana" else 0
        )
        expect(beside.locator("svg.interval-line")).to_have_count(1 if name == "Ana" else 0)


@pytest.mark.timeout(SECONDS_FOR_ALL_LOOKS)
def test_whole_records_can_be_read_by_everybody(harbour: Harbour, new_person: NewPerson) -> None:
    """At both widths and in both themes; the house of all pages is too young to have any."""
    address, _henrik, deciders = harbour.disagreement()
    ana = harbour.by_name["Ana"]
    pages = (
        (ana, OWN),
        (deciders[-1], address),
        (harbour.demo.demo_sign_in("secretary"), f"/g/harbour/members/{ana.public_id}"),
        (harbour.demo.demo_sign_in("secretary"), f"{PASS}?to={ana.public_id}&later=1"),
    )
    found: list[str] = []
    for number, (member, where) in enumerate(pages):
        page = harbour.enter(new_person(harbour.demo.base_url, size=LAPTOP), member)
        page.goto(where)
        page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true })")
        found += faults(page, contrast_in=CROSSWISE[number % 2])
        page.close()
    assert found == []
