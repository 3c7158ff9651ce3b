// @ts-check
/** Typing a sheet in: Enter goes to the next line as on paper, and from the last to what is asked below. Without this file Tab does it. */

for (const form of document.querySelectorAll("form[data-entry]")) {
  if (!(form instanceof HTMLFormElement)) continue;
  const lines = [...form.querySelectorAll('input[type="text"]')];
  form.addEventListener("keydown", (event) => {
    const at = event.target instanceof HTMLInputElement ? lines.indexOf(event.target) : -1;
    if (event.key !== "Enter" || at < 0 || event.isComposing) return;
    const next = lines[at + 1] ?? form.querySelector('[type="checkbox"][name="rest_absent"], [type="submit"]');
    event.preventDefault();
    if (next instanceof HTMLElement) next.focus();
  });
}
