// @ts-check
/**
 * Beside the choice of a receiver stands what lies between the two: fetched when somebody is chosen. Without this file, or
 * without network, the page shows it once it is drawn anew.
 */

const place = /** @type {HTMLElement} */ (document.querySelector("[data-beside]"));
const receiver = /** @type {HTMLSelectElement} */ (document.querySelector("select[name=receiver]"));
let asking = new AbortController();

async function show() {
  asking.abort();
  asking = new AbortController();
  const chosen = receiver.selectedOptions[0];
  place.replaceChildren();
  if (!chosen?.value || "outside" in chosen.dataset) return;
  try {
    const address = `${place.dataset.beside}${encodeURIComponent(chosen.value)}`;
    const answer = await fetch(address, { credentials: "same-origin", redirect: "error", signal: asking.signal });
    if (answer.ok && receiver.value === chosen.value) place.innerHTML = await answer.text();
  } catch {
    // Somebody else was chosen meanwhile, or there is no network: the slip is passed without it.
  }
}

receiver.addEventListener("change", show);
