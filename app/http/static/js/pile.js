// @ts-check
/**
 * Typing in a pile of slips: a name is completed when it is left, if it can mean one member alone, and Enter goes to the
 * next slip. Without this file names are chosen from the browser's own list and Tab leads from slip to slip.
 */

const LINE = "[data-slip]";

/** @param {string} text */
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();

/** The only option that a typed text can begin, by its first word or a later one; none where there are two. @param {HTMLInputElement} field */
function meant(field) {
  const typed = plain(field.value);
  const names = [...(field.list?.options ?? [])].map((option) => option.value);
  if (!typed || names.some((name) => plain(name) === typed)) return "";
  const found = names.filter((name) => plain(name).startsWith(typed) || plain(name).includes(` ${typed}`));
  return found.length === 1 ? (found[0] ?? "") : "";
}

for (const form of document.querySelectorAll("form[data-pile]")) {
  if (!(form instanceof HTMLFormElement)) continue;
  const said = form.querySelector("[data-completed]");
  const slips = [...form.querySelectorAll(LINE)];

  form.addEventListener("change", (event) => {
    const field = event.target;
    if (!(field instanceof HTMLInputElement) || !field.list) return;
    const name = meant(field);
    if (!name) return;
    field.value = name;
    if (said) said.textContent = name;
  });

  form.addEventListener("keydown", (event) => {
    const field = event.target;
    const slip = field instanceof HTMLInputElement || field instanceof HTMLSelectElement ? field.closest(LINE) : null;
    if (event.key !== "Enter" || !slip || event.isComposing) return;
    event.preventDefault();
    const next = slips[slips.indexOf(slip) + 1]?.querySelector("input") ?? form.querySelector("button[type=submit]");
    if (next instanceof HTMLElement) next.focus();
  });
}
