// @ts-check
/**
 * Forms: no second sending of the same form, what is wrong gets the focus, and selects that send their form by themselves.
 * Without this file forms post and pages come back; the server refuses a double by its form token.
 */

/** How long a form stays guarded when no new page comes, because its answer was a download. */
const GUARDED_MS = 10_000;

/** @type {Set<HTMLFormElement>} */
const sent = new Set();

/** @param {HTMLFormElement} form @param {boolean} busy */
function mark(form, busy) {
  for (const control of form.elements) {
    if (!(control instanceof HTMLButtonElement) || control.type !== "submit") continue;
    if (busy) control.setAttribute("aria-disabled", "true");
    else control.removeAttribute("aria-disabled");
  }
}

/** @param {HTMLFormElement} form */
function release(form) {
  sent.delete(form);
  mark(form, false);
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.method !== "post" || "again" in form.dataset) return;
  if (sent.has(form)) {
    event.preventDefault();
    return;
  }
  sent.add(form);
  mark(form, true);
  setTimeout(release, GUARDED_MS, form);
});

// Coming back with the browser's arrow shows the old page as it was left: guarded. Free it.
addEventListener("pageshow", () => sent.forEach(release));

document.addEventListener("change", (event) => {
  if (event.target instanceof HTMLSelectElement && "autosubmit" in event.target.dataset) event.target.form?.requestSubmit();
});

const wrong = document.querySelector("[data-focus]");
if (wrong instanceof HTMLElement) wrong.focus();
