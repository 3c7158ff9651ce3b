"""What is wrong with how a page looks: for everybody who reads it, in both themes, on a phone and on a laptop."""

from collections.abc import Collection
from typing import Final, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

Theme = Literal["light", "dark"]
Look = tuple[int, str]
"""A width in pixels and a theme."""
Measured = set[str]
"""What had its contrast measured in one look: a sum of each element, what it holds and what it stands in."""
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
_CONTRAST = """async (measured) => {
  const contents = /^(action|alt|aria-controls|aria-describedby|aria-label|aria-labelledby|datetime|for|href|id|name|src|title|value)$/;
  const hash = (text) => {
    let [high, low] = [0xdeadbeef, 0x41c6ce57];
    for (let at = 0; at < text.length; at += 1) {
      high = Math.imul(high ^ text.charCodeAt(at), 2654435761);
      low = Math.imul(low ^ text.charCodeAt(at), 1597334677);
    }
    return `${(high >>> 0).toString(36)}${(low >>> 0).toString(36)}`;
  };
  const says = (one) => Boolean(one.value) || [...one.childNodes].some((part) => part.nodeType === Node.TEXT_NODE && part.data.trim());
  const drawn = ({ color, backgroundColor, backgroundImage, fontSize, fontWeight, opacity, position, textShadow, filter }) =>
    [color, backgroundColor, backgroundImage, fontSize, fontWeight, opacity, position, textShadow, filter];
  const look = (one) => [
    one.tagName, says(one), one.checkVisibility({ visibilityProperty: true }), ...drawn(getComputedStyle(one)),
    ...[...one.attributes].filter(({ name }) => !contents.test(name)).map(({ name, value }) => `${name}=${value}`),
  ].join();
  const looks = new Map();
  const wholes = new Map();
  const take = (one) => {
    looks.set(one, look(one));
    wholes.set(one, hash([looks.get(one), ...[...one.children].map(take)].join(" ")));
    return wholes.get(one);
  };
  const known = new Set(measured.split(" "));
  const fresh = [];
  const include = [];
  const walk = (one, path) => {
    const here = hash(`${path} ${wholes.get(one)}`);
    if (known.has(here)) return;
    known.add(here);
    fresh.push(here);
    if (says(one)) include.push(one);
    if (one.tagName === "SELECT") return;
    for (const part of one.children) walk(part, hash(`${path} ${looks.get(one)}`));
  };
  take(document.documentElement);
  walk(document.documentElement, "");
  if (include.length === 0) return { faults: [], fresh };
  const found = await axe.run({ include }, { resultTypes: ["violations"], runOnly: ["color-contrast"] });
  return { faults: found.violations.flatMap((one) => one.nodes.map((node) => `${one.id} at ${node.target.join(" ")}: ${node.failureSummary}`)), fresh };
}"""
"""The contrast of colours is measured once for what looks alike: same elements, attributes, colours and letters, seen or hidden,
in others that are the same too."""
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


def faults(
    page: Page, contrast_in: Collection[Look] = LOOKS, measured: dict[Look, Measured] | None = None
) -> list[str]:
    """Return each violation that axe finds on the page and each overflow, for both widths; the page is left wide and dark.

    `contrast_in` are the looks in which the contrast of colours is measured. The themes differ in nothing else, so that
    everything else is looked at in light. `measured` remembers from page to page what had its contrast measured in which look.
    """
    page.evaluate(Axe().axe_script)
    known = {} if measured is None else measured
    return [
        f"{page.url}, {theme}, {size['width']} px: {fault}"
        for size in (NARROW, WIDE)
        for theme in THEMES
        for fault in _faults_of(page, theme, size, _asked(known, (size["width"], theme), contrast_in))
    ]


def faults_as_it_is(page: Page, theme: Theme = "light") -> list[str]:
    """Return each violation and each overflow in one theme, at the width the page has now, and leave it in light."""
    page.evaluate(Axe().axe_script)
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    found: list[str] = [*page.evaluate(_VIOLATIONS), *_contrast(page, set())]
    overflow: str = page.evaluate(_OVERFLOW)
    page.emulate_media(color_scheme="light")
    sideways = [f"the page scrolls sideways: {overflow}"] if overflow else []
    found += page.evaluate(_LABELS)
    return [f"{page.url}, {theme}: {fault}" for fault in (*found, *sideways)]


def faults_in_both_themes(page: Page) -> list[str]:
    """Return what is wrong in light, and in dark the contrast alone: themes differ in nothing but colours."""
    found = faults_as_it_is(page)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    contrast = _contrast(page, set())
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


def _asked(known: dict[Look, Measured], look: Look, contrast_in: Collection[Look]) -> Measured | None:
    """Return what was measured in the look before, if its contrast is to be measured."""
    return known.setdefault(look, set()) if look in contrast_in else None


def _faults_of(page: Page, theme: Theme, size: dict[str, int], measured: Measured | None) -> list[str]:
    is_light = theme == "light"
    if not is_light and measured is None:
        return []
    page.set_viewport_size({"width": size["width"], "height": size["height"]})
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    found = [] if measured is None else _contrast(page, measured)
    if is_light:
        found += page.evaluate(_VIOLATIONS)
        overflow: str = page.evaluate(_OVERFLOW)
        found += [f"the page scrolls sideways: {overflow}"] if overflow else []
    return found


def _contrast(page: Page, measured: Measured) -> list[str]:
    """Return where words are too faint, but for what was `measured` before; what is measured now is put to it."""
    answer = page.evaluate(_CONTRAST, " ".join(measured))
    measured.update(answer["fresh"])
    found: list[str] = answer["faults"]
    return found
