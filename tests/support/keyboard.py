"""Somebody who has a keyboard and no mouse: every key is counted, and the focus is looked for after each move."""

from typing import Final

from playwright.sync_api import Locator, Page

FARTHEST: Final = 60
"""After so many Tabs without arriving, the control cannot be reached."""

_FOCUS_IS_SEEN = """() => {
  const focused = document.activeElement;
  if (!focused || focused === document.body) return "nothing has the focus";
  const drawn = [focused, focused.closest("label")].filter(Boolean).some((one) => {
    const style = getComputedStyle(one);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  });
  const box = focused.getBoundingClientRect();
  const lines = box.height > 100 ? [box.top + 20, box.top + box.height / 2] : [box.top + box.height / 2];
  const tops = lines.map((y) => document.elementFromPoint(box.left + box.width / 2, y));
  const named = `${focused.tagName} ${focused.id || focused.textContent.trim()}`;
  if (!drawn) return `no outline on ${named}`;
  if (!tops.some((top) => top && (focused.contains(top) || top.contains(focused)))) return `${named} is hidden or out of sight`;
  return "";
}"""
"""A field of many lines is seen where its first line is: browsers scroll the caret into sight, not the whole field."""


class Keyboard:
    """The keyboard before a page; `moves` counts Tab, Space, arrows and Enter, `letters` what was typed."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.moves = 0
        self.letters = 0

    def press(self, key: str) -> None:
        """Press one key."""
        self.page.keyboard.press(key)
        self.moves += 1

    def go_to(self, control: Locator) -> None:
        """Press Tab until `control` has the focus, and see where the focus is each time."""
        for _step in range(FARTHEST):
            if control.evaluate("control => control === document.activeElement"):
                return
            self.press("Tab")
            unseen: str = self.page.evaluate(_FOCUS_IS_SEEN)
            assert not unseen, unseen
        raise AssertionError(f"{control} cannot be reached with Tab.")

    def type_into(self, control: Locator, text: str) -> None:
        """Go to a field and type."""
        self.go_to(control)
        self.page.keyboard.type(text)
        self.letters += len(text)

    def choose(self, select: Locator, label: str) -> None:
        """Go to a list and press the arrow until `label` is chosen."""
        self.go_to(select)
        for _step in range(FARTHEST):
            if select.locator("option:checked").inner_text().startswith(label):
                return
            self.press("ArrowDown")
        raise AssertionError(f"{label} cannot be chosen with the arrow keys.")
