"""A leader brings a roster and half a year of attendance in the browser, and finds both as they were written down.

What is expected was counted while the weeks were planned, before any file was written (`planned_attendance`).
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from app.core.groups.domain.office import Office
from app.core.groups.queries import MemberLine
from tests.browser.conftest import NewPerson
from tests.support.browsing import ServedHouse, served_house
from tests.support.engines import STARTS_AT
from tests.support.planned_attendance import (
    HOLIDAY,
    JOINED_MIDWAY,
    NAMES,
    WEEKS,
    export_grid,
    planned_attendance,
)
from tests.support.planned_roster import HEADER
from tests.support.sheets import Value, spreadsheetml_bytes, xlsx_bytes

PLAN = planned_attendance()
HALF_YEAR = "from=2025-09-01&to=2026-02-28"
LONG_A_MEMBER = dt.date(2019, 3, 4)
FAMILY_FIRST = {("小明", "王"): "王小明"}
"""Whose name is shown as it is said in their language."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def house(sqlite_template: Path, tmp_path: Path) -> Iterator[ServedHouse]:
    with served_house(tmp_path, sqlite_template, STARTS_AT) as house:
        yield house


@pytest.fixture
def leader(house: ServedHouse) -> MemberLine:
    return house.world.member(house.world.group(), "Admin Person", offices=(Office.PRESIDENT,))


def test_a_roster_and_half_a_year_appear_as_they_were_written_down(
    house: ServedHouse, leader: MemberLine, new_person: NewPerson
) -> None:
    page = new_person(house.base_url)
    house.enter(page, leader)

    upload(page, "roster.xlsx", XLSX, xlsx_bytes({"Roster": [HEADER, *roster()]}))
    expect(page.get_by_text(f"{len(NAMES)} people become members.")).to_be_visible()
    assert house.world.rows("member") == 1
    apply(page)
    assert house.world.rows("member") == 1 + len(NAMES)

    upload(page, "palms.xls", "application/vnd.ms-excel", spreadsheetml_bytes(export_grid(PLAN)))
    expect(page.get_by_role("button", name="Import it")).to_be_visible()
    assert house.world.rows("meeting") == 0
    apply(page)

    page.goto(f"/g/harbour/attendance/?{HALF_YEAR}")
    expect_weeks(page)
    page.goto(f"/g/harbour/attendance/palms?{HALF_YEAR}")
    expect_palms(page)


def roster() -> list[Sequence[Value]]:
    """Return a line for each person of the plan, as the roster's header has it."""
    return [
        (
            number,
            "Old Harbour",
            "Trade",
            given,
            family,
            f"{family.strip()} Ltd",
            "",
            "",
            f"roster{number}@harbour.example",
            "Active",
            JOINED_MIDWAY.get(number, LONG_A_MEMBER),
            dt.date(2027, 1, 1),
            "",
        )
        for number, (given, family) in enumerate(NAMES)
    ]


def upload(page: Page, name: str, kind: str, data: bytes) -> None:
    """Choose a file on the import page, send it, and wait for its preview."""
    page.goto("/g/harbour/import")
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": kind, "buffer": data})
    page.get_by_role("button", name="Look at the file").click()
    page.wait_for_url("**/import/*")
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)


def apply(page: Page) -> None:
    """Press the second button, and wait for what was done."""
    page.get_by_role("button", name="Import it").click()
    expect(page.get_by_role("link", name="Undo this import")).to_be_visible()


def expect_weeks(page: Page) -> None:
    """Expect every letter of every week in the grid, and the sums at the end of each row."""
    days = page.locator("thead time")
    held = [week for week in WEEKS if week != HOLIDAY]
    latest_first = [week.isoformat() for week in reversed(held)]
    assert [day.get_attribute("datetime") for day in days.all()] == latest_first
    for place, member in enumerate(PLAN.listed):
        row = row_of(page, place)
        letters = row.locator("td:not(.sum)").all_inner_texts()
        assert letters == [member.letters.get(week, "") for week in reversed(held)]
        assert counted(row.locator("td.sum").all_inner_texts()) == PLAN.letters_of(place)


def expect_palms(page: Page) -> None:
    """Expect the counts of each member, and their sum at the foot."""
    total: Counter[str] = Counter()
    for place in range(len(NAMES)):
        cells = row_of(page, place).locator("td").all_inner_texts()
        assert counted(cells[:5]) == PLAN.letters_of(place)
        total += PLAN.letters_of(place)
    foot = page.locator("tfoot tr td").all_inner_texts()
    assert counted(foot[:5]) == total


def row_of(page: Page, place: int) -> Locator:
    """Return the row whose head is that person's name, as a person would write it."""
    name = FAMILY_FIRST.get(NAMES[place]) or " ".join(" ".join(NAMES[place]).split())
    head = page.locator("th[scope=row]").filter(has_text=re.compile(f"^\\s*{re.escape(name)}\\s*$"))
    return page.locator("tbody tr").filter(has=head)


def counted(sums: Sequence[str]) -> Counter[str]:
    """Return five sums as a count of letters, without those that are nought."""
    return +Counter({letter: int(number) for letter, number in zip("PALMS", sums, strict=True)})
