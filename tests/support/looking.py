"""What is wrong with how a page looks: for everybody who reads it, in both themes, on a phone and on a laptop."""

from collections.abc import Collection
from typing import Final, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

Theme = Literal["light", "dark"]
NARROW: Final = {"width": 320, "height": 640}
WIDE: Final = {"width": 1280, "height": 900}
THEMES: Final[tuple[Theme, ...]] = ("light", "dark")
LOOKS: Final = tuple((size["width"], theme) for size in (NARROW, WIDE) for theme in THEMES)
"""Every look a page has, by width and theme."""
CROSSWISE: Final = (
    frozenset({(NARROW["width"], "light"), (WIDE["width"], "dark")}),
    frozenset({(NARROW["width"], "dark"), (WIDE["width"], "light")}),
)
"""Two looks in which both widths and both themes are seen once, and the other two."""

_VIOLATIONS = """async () => {
  const rules = { "color-contrast": { enabled: false } };
  const found = await axe.run({ resultTypes: ["violations"], rules });
  return found.violations.flatMap((one) => one.nodes.map((node) => `${one.id} at ${node.target.join(" ")}: ${node.failureSummary}`));
}"""
_CONTRAST = """async () => {
  const contents = /^(action|alt|aria-controls|aria-describedby|aria-label|aria-labelledby|datetime|for|href|id|name|src|title|value)$/;
  const look = (one) => [one.tagName, ...[...one.attributes].filter(({ name }) => !contents.test(name)).map(({ name, value }) => `${name}=${value}`)].join();
  const spared = [];
  for (const whole of document.querySelectorAll("table, ul, ol")) {
    const seen = new Set();
    for (const one of whole.querySelectorAll(":scope > li, :scope > tbody > tr > *")) {
      const looks = [one.parentElement, one, ...one.querySelectorAll("*")].map(look).join(" ");
      if (seen.has(looks)) spared.push([one, one.style.visibility]);
      seen.add(looks);
    }
  }
  for (const [one] of spared) one.style.visibility = "hidden";
  const found = await axe.run({ resultTypes: ["violations"], runOnly: ["color-contrast"] });
  for (const [one, visibility] of spared) one.style.visibility = visibility;
  return found.violations.flatMap((one) => one.nodes.map((node) => `${one.id} at ${node.target.join(" ")}: ${node.failureSummary}`));
}"""
"""The contrast of colours is measured once for cells and entries of a list that look alike: same elements, same classes."""
_OVERFLOW = """() => {
  const page = document.documentElement;
  if (page.scrollWidth <= page.clientWidth) return "";
  const wide = [...document.querySelectorAll("main *")].filter((one) => one.getBoundingClientRect().right > page.clientWidth + 1);
  return `${page.scrollWidth} px wide` + wide.slice(0, 3).map((one) => `, ${one.tagName} ${one.className}`).join("");
}"""

_LABELS = """() => [...document.querySelectorAll("label[for]")]
  .filter((one) => document.querySelectorAll(`[id="${CSS.escape(one.htmlFor)}"]`).length > 1)
  .map((one) => `the label “${one.textContent.trim()}” leads to another field of the same id`)"""
"""Of two fields with one id, each label leads to the first."""


def faults(page: Page, contrast_in: Collection[tuple[int, str]] = LOOKS) -> list[str]:
    """Return each violation that axe finds on the page and each overflow, for both widths; the page is left wide and dark.

    `contrast_in` are the looks in which the contrast of colours is measured. The themes differ in nothing else, so that
    everything else is looked at in light.
    """
    page.evaluate(Axe().axe_script)
    return [
        f"{page.url}, {theme}, {size['width']} px: {fault}"
        for size in (NARROW, WIDE)
        for theme in THEMES
        for fault in _faults_of(page, theme, size, (size["width"], theme) in contrast_in)
    ]


def faults_as_it_is(page: Page, theme: Theme = "light") -> list[str]:
    """Return each violation and each overflow in one theme, at the width the page has now, and leave it in light."""
    page.evaluate(Axe().axe_script)
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    found: list[str] = [*page.evaluate(_VIOLATIONS), *page.evaluate(_CONTRAST)]
    overflow: str = page.evaluate(_OVERFLOW)
    page.emulate_media(color_scheme="light")
    sideways = [f"the page scrolls sideways: {overflow}"] if overflow else []
    found += page.evaluate(_LABELS)
    return [f"{page.url}, {theme}: {fault}" for fault in (*found, *sideways)]


def faults_in_both_themes(page: Page) -> list[str]:
    """Return what is wrong in light, and in dark the contrast alone: themes differ in nothing but colours."""
    found = faults_as_it_is(page)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    contrast: list[str] = page.evaluate(_CONTRAST)
    page.emulate_media(color_scheme="light")
    return [*found, *(f"{page.url}, dark: {fault}" for fault in contrast)]


def runs_off_the_side(page: Page, width: int) -> list[str]:
    """Return what makes the page scroll sideways at `width` pixels, and leave it at the width it has."""
    as_it_is = page.viewport_size
    page.set_viewport_size({"width": width, "height": NARROW["height"]})
    overflow: str = page.evaluate(_OVERFLOW)
    if as_it_is is not None:
        page.set_viewport_size(as_it_is)
    return [f"{page.url}, {width} px: the page scrolls sideways: {overflow}"] if overflow else []


def _faults_of(page: Page, theme: Theme, size: dict[str, int], looks_at_contrast: bool) -> list[str]:
    is_light = theme == "light"
    if not is_light and not looks_at_contrast:
        return []
    page.set_viewport_size({"width": size["width"], "height": size["height"]})
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    found: list[str] = page.evaluate(_CONTRAST) if looks_at_contrast else []
    if is_light:
        found += page.evaluate(_VIOLATIONS)
        overflow: str = page.evaluate(_OVERFLOW)
        found += [f"the page scrolls sideways: {overflow}"] if overflow else []
    return found
