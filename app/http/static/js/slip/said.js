// @ts-check
/** Says on the page which slips wait on this phone, which were passed meanwhile, and which came back with reasons. */

import { say } from "../door/words.js";
import { sendWaiting } from "./sending.js";
import { valueOf } from "./typed.js";

/** @typedef {import("./store.js").Waiting} Waiting */

const EVERY_MS = 10_000;

/** @param {Waiting} slip */
function nameOf(slip) {
  return valueOf(slip.fields, "prospect_name").trim() || say("unnamed");
}

/** @param {string} kind @param {string} text @param {{address: string, words: string} | null} [way] @param {string[]} [lines] */
function note(kind, text, way = null, lines = []) {
  const made = document.createElement("div");
  made.className = `note note-${kind}`;
  for (const line of [text, ...lines]) made.append(Object.assign(document.createElement("p"), { textContent: line }));
  if (way) made.append(Object.assign(document.createElement("p"), {}));
  if (way) made.lastElementChild?.append(Object.assign(document.createElement("a"), { href: way.address, textContent: way.words }));
  return made;
}

/**
 * Follow what waits: send it now, when the connection is back, and every ten seconds; say how it stands in `place`.
 * @param {import("./store.js").SlipStore} store @param {HTMLElement} place @param {{pass: string, drafts: string}} addresses
 * @returns {() => Promise<void>} says and sends again, for who has just added a slip
 */
export function followWaiting(store, place, addresses) {
  /** @type {HTMLElement[]} */
  const news = [];
  let isOut = false;

  async function draw() {
    const waiting = await store.queue();
    const owner = await store.owner();
    const own = waiting.filter((slip) => !owner || slip.owner === owner);
    const words = isOut ? "sign_in" : "waits";
    place.replaceChildren(...news, ...own.map((slip) => note("info", say(words, { name: nameOf(slip) }))));
  }

  async function send() {
    const sent = await sendWaiting(store, addresses);
    isOut = sent.some(({ outcome }) => outcome.how === "signed-out");
    for (const { slip, outcome, draft } of sent) {
      const name = nameOf(slip);
      if (outcome.how === "passed") news.push(note("success", say("passed", { name }), { address: outcome.address, words: say("open_slip") }));
      if (outcome.how === "refused" && draft) {
        news.push(note("warning", say("refused", { name }), { address: draft, words: say("open_draft") }, outcome.reasons));
      }
    }
    await draw();
  }

  addEventListener("online", send);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) send(); });
  setInterval(async () => { if ((await store.queue()).length) await send(); }, EVERY_MS);
  return async () => { await draw(); await send(); };
}
