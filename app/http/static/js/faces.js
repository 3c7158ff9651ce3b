// @ts-check
/** Cards by which names are learned: the browser itself opens one and closes the last; here arrow keys go from card to card. */

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
}
