// @ts-check
/** A member's phone, online: knows whose it is, takes the page for times without network along, and sends what waits. */

import { sendClaims } from "./claims_sending.js";
import { ClaimsStore } from "./claims_store.js";
import { followWorker } from "./worker_of_page.js";

const mark = /** @type {HTMLElement} */ (document.querySelector("[data-phone]"));
const { claims = "", code = "", member = "", scope = "", scanWorker = "" } = mark.dataset;

followWorker(mark.dataset, () => false);
followWorker({ worker: scanWorker }, () => false); // the room's code leads outside the scope of the first
const store = await ClaimsStore.open(`phone ${scope}`);
await store.belongsTo(member);
try {
  const answer = await sendClaims(store, { claims, code });
  if (answer) {
    mark.textContent = answer.outcome === "not-taken" ? answer.reason ?? "" : mark.dataset.sent ?? "";
    mark.hidden = false;
  }
} catch {
  // No connection after all: it waits on this phone, and the next page of the group sends it.
}
