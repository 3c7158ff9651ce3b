// @ts-check
/**
 * The page to pass a slip, with a connection: keeps what is typed as a draft, and takes along what is needed where there is
 * none. Where the connection is gone when the slip is passed, it waits on this phone. Without this file the form posts.
 */

import { say, timeOf } from "../door/words.js";
import { followWorker } from "../door/worker_of_page.js";
import { followWaiting } from "./said.js";
import { keepDraft, passSlip } from "./sending.js";
import { SlipStore } from "./store.js";
import { fieldsOf, isEmpty, tokenOf } from "./typed.js";

const SETTLES_MS = 900;

const form = /** @type {HTMLFormElement} */ (document.querySelector("form[data-slip]"));
const place = /** @type {HTMLElement} */ (document.querySelector("[data-slips]"));
const said = /** @type {HTMLElement} */ (form.querySelector("[data-draft-said]"));
const { drafts = "", pass = "", member = "", scope = "" } = form.dataset;
const csrf = form.querySelector("input[name=csrf_token]")?.getAttribute("value") ?? "";

let seen = Number(form.dataset.draftVersion);
let isNew = false;
let isBusy = false;
let timer = 0;
let saving = Promise.resolve();

followWorker(form.dataset, () => false);
const store = await SlipStore.open(scope);

/** @param {string} token */
function draftNow(token) {
  return { token, owner: member, fields: fieldsOf(form), seen, at: new Date().toISOString() };
}

async function keepHere() {
  if (isEmpty(fieldsOf(form))) return;
  await store?.keep(draftNow(tokenOf(form).value)).catch(() => undefined);
}

/** Keep what stands in the form as a draft, if anything is new. */
async function save() {
  const fields = fieldsOf(form);
  if (!isNew || isEmpty(fields)) return;
  isNew = false;
  const token = tokenOf(form).value;
  const kept = await keepDraft(drafts, fields, csrf, seen);
  if (!kept) {
    isNew = true;
    said.textContent = store ? say("kept_here", { time: timeOf(new Date()) }) : say("not_kept");
    return;
  }
  said.textContent = kept.note || say("kept", { time: timeOf(new Date()) });
  if (!kept.isKept) return;
  seen = kept.version;
  tokenOf(form).value = kept.draft; // another window had this draft: from now on these words are one of their own
  if (!isNew || kept.draft !== token) await store?.letGo(token).catch(() => undefined);
}

/** One saving at a time, so that each is over the version of the one before. */
function saveNext() {
  clearTimeout(timer);
  saving = saving.then(save, save);
  return saving;
}

function typed() {
  isNew = true;
  keepHere();
  clearTimeout(timer);
  timer = setTimeout(saveNext, SETTLES_MS);
}

/** Drafts that this phone kept while it had no connection become drafts at the server. */
async function bringDrafts() {
  for (const draft of (await store?.drafts()) ?? []) {
    if (draft.owner !== member || draft.token === tokenOf(form).value) continue;
    if (await keepDraft(drafts, draft.fields, csrf, draft.seen)) await store?.letGo(draft.token);
  }
}

async function sent() {
  const slip = { token: tokenOf(form).value, owner: member, fields: fieldsOf(form), at: new Date().toISOString() };
  const outcome = await passSlip(`${pass}?later=1`, slip.fields, csrf);
  if (outcome.how === "passed") {
    await store?.letGo(slip.token).catch(() => undefined);
    location.assign(outcome.address);
    return;
  }
  if (outcome.how === "unreachable" && store) {
    await store.wait(slip);
    form.hidden = true;
    await follow?.();
    return;
  }
  if (outcome.how === "unreachable") {
    said.textContent = say("not_kept");
    isBusy = false;
    return;
  }
  await save();
  form.submit(); // the server says what is wrong, on a page with all that was typed
}

form.addEventListener("input", typed);
form.addEventListener("change", typed);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (isBusy) return;
  isBusy = true;
  clearTimeout(timer);
  saving = saving.then(sent, sent);
});
document.addEventListener("visibilitychange", () => { if (document.hidden && !isBusy) saveNext(); });
addEventListener("pageshow", (event) => { if (event.persisted) isBusy = false; });

const follow = store && followWaiting(store, place, { pass, drafts });
if (store) {
  const options = form.querySelectorAll("select[name=receiver] option");
  const members = /** @type {HTMLOptionElement[]} */ ([...options]).filter((one) => one.value && !("outside" in one.dataset));
  await store.belongsTo(member, members.map(({ value, label }) => ({ value, label })));
  await bringDrafts();
  await follow?.();
} else {
  said.textContent = say("keeps_nothing");
}
