// @ts-check
/** The slip that is typed without network: kept on this phone at every letter, and passed once when the network is back. */

import { say, timeOf } from "../door/words.js";
import { followWaiting } from "./said.js";
import { SlipStore } from "./store.js";
import { fieldsOf, fill, isEmpty, tokenOf } from "./typed.js";

const main = /** @type {HTMLElement} */ (document.querySelector("[data-offline]"));
const form = /** @type {HTMLFormElement} */ (main.querySelector("form[data-slip]"));
const place = /** @type {HTMLElement} */ (main.querySelector("[data-slips]"));
const lead = /** @type {HTMLElement} */ (main.querySelector(".lead"));
const after = /** @type {HTMLElement} */ (main.querySelector("[data-after]"));
const said = /** @type {HTMLElement} */ (main.querySelector("[data-draft-said]"));
const { pass = "", drafts = "" } = main.dataset;
const store = await SlipStore.open(pass);
const owner = (await store?.owner()) ?? "";
const follow = store && followWaiting(store, place, { pass, drafts });
let seen = 0;

function newToken() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @param {import("./store.js").Receiver[]} receivers */
function offer(receivers) {
  const chosen = /** @type {HTMLSelectElement} */ (form.elements.namedItem("receiver"));
  chosen.replaceChildren(new Option(say("choose"), ""), ...receivers.map(({ value, label }) => new Option(label, value)));
}

function blank() {
  const now = new Date();
  const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  seen = 0;
  fill(form, [["form_token", newToken()], ["tier", "outside"], ["agreed_on", today]]);
  said.textContent = "";
}

/** Show the form with the draft that was typed last, or empty. @param {import("./store.js").Draft} [draft] */
function open(draft) {
  blank();
  if (draft) {
    fill(form, draft.fields);
    seen = draft.seen;
  }
  form.hidden = false;
  after.hidden = true;
}

form.addEventListener("input", typed);
form.addEventListener("change", typed);
async function typed() {
  const fields = fieldsOf(form);
  if (isEmpty(fields)) return;
  const now = new Date();
  await store?.keep({ token: tokenOf(form).value, owner, fields, seen, at: now.toISOString() });
  said.textContent = say("kept_here", { time: timeOf(now) });
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (!store || form.hidden) return;
  form.hidden = true;
  await store.wait({ token: tokenOf(form).value, owner, fields: fieldsOf(form), at: new Date().toISOString() });
  after.hidden = false;
  await follow?.();
});
after.querySelector("button")?.addEventListener("click", () => {
  open();
  /** @type {HTMLElement} */ (form.elements.namedItem("receiver")).focus();
});

const receivers = (await store?.receivers()) ?? [];
if (!store || !owner || !receivers.length) {
  lead.textContent = store ? say("not_here") : say("not_kept");
} else {
  offer(receivers);
  open((await store.drafts()).find((draft) => draft.owner === owner));
}
await follow?.();
