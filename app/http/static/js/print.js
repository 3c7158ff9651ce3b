// @ts-check
/** A button that prints the page; without this file the browser's own print does the same, and the button stays away. */

for (const button of document.querySelectorAll("[data-print]")) {
  if (!(button instanceof HTMLButtonElement)) continue;
  button.hidden = false;
  button.addEventListener("click", () => print());
}
