"""Looking at referrals: the matrix by arrow keys alone, both ways round; and the link by which a prospect objects."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from app.plugins.referrals.models import SlipRow
from tests.browser.conftest import LAPTOP, NewPerson
from tests.support.browsing import DemoHouse, demo_house
from tests.support.looking import faults

AFTER = datetime(2026, 11, 24, 12, tzinfo=UTC)
HERE = "/g/harbour/referrals"


@pytest.fixture(scope="module")
def demo(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoHouse]:
    with demo_house(tmp_path_factory.mktemp("referrals"), sqlite_template, AFTER, weeks=12) as demo:
        demo.world.app.config["WTF_CSRF_ENABLED"] = True
        yield demo


def place(page: Page) -> tuple[int, int]:
    """Return row and column of the cell that has the focus, as the table counts them."""
    row, column = page.evaluate(
        "[document.activeElement.parentElement.rowIndex, document.activeElement.cellIndex]"
    )
    return row, column


def test_arrows_lead_through_the_matrix_both_ways_round(demo: DemoHouse, new_person: NewPerson) -> None:
    leader = new_person(demo.base_url, size=LAPTOP)
    demo.enter(leader, demo.demo_sign_in("president"))
    leader.goto(f"{HERE}/matrix")
    for name in ("Who passed slips to whom", "Who received slips from whom"):
        expect(leader.get_by_role("heading", name=name)).to_be_visible()
        expect(leader.get_by_role("grid")).to_be_visible()
        leader.locator("table.grid tbody td:not(.sum)").first.focus()
        first = place(leader)
        for key in ("ArrowDown", "ArrowDown", "ArrowRight", "ArrowUp"):
            leader.keyboard.press(key)
        assert place(leader) == (first[0] + 1, first[1] + 1)
        leader.keyboard.press("Control+End")
        rows = leader.locator("table.grid tbody tr").count()
        assert place(leader) == (rows, first[1] + rows - 1), "as many columns as rows"
        leader.keyboard.press("Control+Home")
        assert place(leader) == first
        leader.get_by_role("link", name="Turn it round").click()
    expect(leader.get_by_role("heading", name="Who passed slips to whom")).to_be_visible()
    assert faults(leader) == []


def test_a_prospect_sees_and_deletes_what_is_kept_by_the_link_that_the_giver_passes_on(
    demo: DemoHouse, new_person: NewPerson
) -> None:
    me = demo.demo_sign_in("member")
    with demo.world.held.new_session() as session:
        slip = session.scalars(
            select(SlipRow.public_id).where(
                SlipRow.giver_member_id == me.id, SlipRow.prospect_id.is_not(None)
            )
        ).first()
    giver = new_person(demo.base_url)
    demo.enter(giver, me)
    giver.goto(f"{HERE}/slips/{slip}")
    name = giver.get_by_role("heading", level=1).inner_text()
    giver.get_by_role("link", name="A link with which they see").click()
    text = giver.get_by_label("What you could write").input_value()
    assert faults(giver) == []

    prospect = new_person(demo.base_url)
    prospect.goto(text.split()[-1])
    expect(prospect.get_by_role("heading", name="What is kept about you")).to_be_visible()
    expect(prospect.get_by_text(name, exact=True)).to_be_visible()
    assert faults(prospect) == []
    prospect.get_by_role("button", name="Delete what is kept about me").click()
    expect(prospect.get_by_role("heading", name="Nothing is kept about you")).to_be_visible()
    assert faults(prospect) == []

    giver.goto(f"{HERE}/slips/{slip}")
    expect(giver.get_by_text("No contact is kept.")).to_be_visible()
    expect(giver.get_by_text(name, exact=True)).to_have_count(0)
