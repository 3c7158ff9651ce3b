"""What stands on the pages of the first Tuesday, and the sheet typed in by somebody who has a keyboard and no mouse."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from playwright.sync_api import Page, expect

from tests.support.keyboard import Keyboard

MEANING: Final = {
    "Where you meet": "place",
    "Place": "place",
    "Call link": "call",
    "Link of the call": "call",
}
"""Labels that ask for the same in other words."""
OF_A_MEMBER: Final = frozenset({"Mail address"})
"""A member's address is another for each member."""


def typed_with_keys_alone(page: Page, typed: Mapping[str, str]) -> int:
    """Type the sheet in as it lies beside the keyboard, Enter after each line; the rest was absent. Return the keys."""
    keyboard = Keyboard(page)
    for line in page.locator(".entry-lines li").all():
        field = line.get_by_role("textbox")
        expect(field).to_be_focused()
        page.keyboard.type(typed.get(line.locator("bdi").first.inner_text(), ""))
        keyboard.press("Enter")
    expect(page.get_by_label("Everybody else was absent")).to_be_focused()
    keyboard.press("Space")
    keyboard.go_to(page.get_by_role("button", name="Write it into the record"))
    keyboard.press("Enter")
    return keyboard.moves


def letter_of(page: Page, name: str) -> str:
    """Return the one letter that a member has in PALMS."""
    cells = page.get_by_role("row", name=re.compile(f"^{re.escape(name)} ")).get_by_role("cell")
    return "".join(
        letter for letter, count in zip("PALMS", cells.all_inner_texts(), strict=False) if count == "1"
    )


def shown_as_asked(page: Page) -> dict[str, str]:
    """Return what the form offers already, so that nobody types it."""
    time_and_day = {label: page.get_by_label(label).input_value() for label in ("Begins at", "First meeting")}
    lists = {
        label: page.get_by_label(label).locator("option:checked").inner_text().strip()
        for label in ("It meets on", "Time zone")
    }
    return {**time_and_day, **lists}


def what_was_asked_twice(fields: Sequence[str]) -> list[str]:
    """Return what the leader had to tell more than once; a member's address is another for each member."""
    told = Counter(MEANING.get(label, label) for label in fields if label not in OF_A_MEMBER)
    return sorted(what for what, times in told.items() if times > 1)
