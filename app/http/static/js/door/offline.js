// @ts-check
/** The page that opens on a member's phone where the network is gone: one tap is kept, and sent when it is back. */

import { SignedOut, sendClaims } from "./claims_sending.js";
import { ClaimsStore, waited } from "./claims_store.js";
import { button, heading, make } from "./draw.js";
import { say, timeOf } from "./words.js";

const EVERY_MS = 10_000;
/** A tap that is older belongs to another meeting: it does not stand in the way of a new one. */
const SAME_MEETING_MS = 6 * 3600 * 1000;
const place = /** @type {HTMLElement} */ (document.querySelector("[data-offline]"));
const { claims = "", code = "", scope = "" } = place.dataset;
const store = await ClaimsStore.open(`phone ${scope}`);

/** @param {string} title @param {(HTMLElement | string)[]} notes @param {...HTMLElement} buttons */
function show(title, notes, ...buttons) {
  const lines = notes.map((note) => (typeof note === "string" ? make("p", {}, note) : note));
  const head = heading(title);
  place.replaceChildren(head, ...lines, make("div", { class: "door-actions" }, ...buttons));
  head.focus({ preventScroll: true });
}

function toCode() {
  return make("a", { class: "button button-second button-large", href: code }, say("look_again"));
}

async function draw() {
  const first = (await store.all()).find((claim) => waited(claim) < SAME_MEETING_MS);
  if (first) {
    const time = timeOf(new Date(first.wall));
    show(say("kept", { time }), [say("kept_note")], toCode());
  } else {
    show(say("no_network"), [say("no_network_note")], button(say("i_am_here"), keep), toCode());
  }
}

async function keep() {
  try {
    await store.add();
    await draw();
  } catch {
    show(say("not_kept"), [say("tell_leader")], toCode());
    return;
  }
  await send();
}

async function send() {
  try {
    const answer = await sendClaims(store, { claims, code });
    if (answer) show(answer.outcome === "not-taken" ? say("not_taken") : say("sent"), [answer.reason ?? say("waits_for_leader")], toCode());
  } catch (problem) {
    if (problem instanceof SignedOut) show(say("signed_out"), [say("signed_out_note")], toCode());
  }
}

addEventListener("online", send);
document.addEventListener("visibilitychange", () => { if (!document.hidden) send(); });
setInterval(send, EVERY_MS);
await draw();
await send();
