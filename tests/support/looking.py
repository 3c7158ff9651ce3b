"""What is wrong with how a page looks: for everybody who reads it, in both themes, on a phone and on a laptop."""

from typing import Final, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

NARROW: Final = {"width": 320, "height": 640}
WIDE: Final = {"width": 1280, "height": 900}
THEMES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")

_VIOLATIONS = """async () => {
  const found = await axe.run({resultTypes: ["violations"]});
  return found.violations.flatMap((one) => one.nodes.map((node) => `${one.id} at ${node.target.join(" ")}: ${node.failureSummary}`));
}"""
_OVERFLOW = """() => {
  const page = document.documentElement;
  if (page.scrollWidth <= page.clientWidth) return "";
  const wide = [...document.querySelectorAll("main *")].filter((one) => one.getBoundingClientRect().right > page.clientWidth + 1);
  return `${page.scrollWidth} px wide` + wide.slice(0, 3).map((one) => `, ${one.tagName} ${one.className}`).join("");
}"""


def faults(page: Page) -> list[str]:
    """Return each violation that axe finds on the page and each overflow, for both themes and both widths."""
    page.evaluate(Axe().axe_script)
    return [
        f"{page.url}, {theme}, {size['width']} px: {fault}"
        for size in (NARROW, WIDE)
        for theme in THEMES
        for fault in _faults_of(page, theme, size)
    ]


def faults_as_it_is(page: Page, theme: Literal["light", "dark"] = "light") -> list[str]:
    """Return each violation and each overflow in one theme, at the width the page has now, and leave it in light."""
    page.evaluate(Axe().axe_script)
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    found: list[str] = page.evaluate(_VIOLATIONS)
    overflow: str = page.evaluate(_OVERFLOW)
    page.emulate_media(color_scheme="light")
    sideways = [f"the page scrolls sideways: {overflow}"] if overflow else []
    return [f"{page.url}, {theme}: {fault}" for fault in (*found, *sideways)]


def _faults_of(page: Page, theme: Literal["light", "dark"], size: dict[str, int]) -> list[str]:
    page.set_viewport_size({"width": size["width"], "height": size["height"]})
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    found: list[str] = page.evaluate(_VIOLATIONS)
    overflow: str = page.evaluate(_OVERFLOW)
    return [*found, *([f"the page scrolls sideways: {overflow}"] if overflow else [])]
