// @ts-check
/**
 * What holds for a moment only: <div data-leaves-after="42" data-then="an-id">. When its seconds are over it leaves by itself,
 * the part of that id shows instead, and what comes next (`data-said-then`) is read out. Without this file it stays, and the
 * server says that the moment is over.
 */

/** @param {HTMLElement} part */
function leave(part) {
  const hadFocus = part.contains(document.activeElement);
  part.hidden = true;
  const next = document.getElementById(part.dataset.then ?? "");
  if (next) next.hidden = false;
  const said = part.nextElementSibling;
  if (!(said instanceof HTMLElement)) return;
  said.textContent = said.dataset.saidThen ?? "";
  if (!hadFocus) return;
  said.tabIndex = -1; // the focus was on a button that is gone: it goes to what is said in its place
  said.focus({ preventScroll: true });
}

for (const part of document.querySelectorAll("[data-leaves-after]")) {
  if (part instanceof HTMLElement) setTimeout(leave, Number(part.dataset.leavesAfter) * 1000, part);
}
