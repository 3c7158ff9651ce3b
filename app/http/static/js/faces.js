// @ts-check
/**
 * Cards by which names are learned. Without this file each card opens and closes by itself; here the arrow keys also go from
 * card to card, and leaving a card closes it, so that it asks again.
 */

for (const list of document.querySelectorAll("[data-faces]")) {
  const fronts = [...list.querySelectorAll("summary")];
  list.addEventListener("keydown", (event) => {
    if (!(event instanceof KeyboardEvent) || !(event.target instanceof HTMLElement)) return;
    const at = fronts.indexOf(event.target);
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key] ?? 0;
    if (at < 0 || step === 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    const turned = getComputedStyle(list).direction === "rtl" && /Left|Right/.test(event.key) ? -step : step;
    const next = fronts[at + turned];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
  list.addEventListener("toggle", (event) => {
    const opened = event.target;
    if (!(opened instanceof HTMLDetailsElement) || !opened.open) return;
    for (const other of list.querySelectorAll("details[open]")) {
      if (other !== opened && other instanceof HTMLDetailsElement) other.open = false;
    }
  }, true);
}
