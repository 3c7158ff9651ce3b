// @ts-check
/** Sends what a phone kept while it had no network: as the member who is signed in, with the token of a fresh page. */

import { waited } from "./claims_store.js";
import { Unreachable, request } from "./server.js";

/** @typedef {{outcome: "waits" | "again" | "not-taken", reason: string | null}} Answer */

/** The server takes a claim for two days. */
const LONGEST_KEPT_MS = 2 * 24 * 3600 * 1000;

/** The member is signed out here: they sign in, and it is sent. */
export class SignedOut extends Error {}

/**
 * Send each claim once; what the server has decided is let go of. A claim of somebody else who used this phone is not sent
 * in another's name: it waits for them, as long as the server would take it.
 * @param {import("./claims_store.js").ClaimsStore} store @param {{claims: string, code: string}} addresses
 * @returns {Promise<Answer | null>} the answer to the latest, or null where nothing waited
 */
export async function sendClaims(store, { claims, code }) {
  const waiting = await store.all();
  if (!waiting.length) return null;
  const { token, member } = await freshPage(code);
  let latest = null;
  for (const claim of waiting) {
    const isTheirs = !claim.owner || claim.owner === member;
    if (isTheirs) latest = await sendOne(claims, token, claim);
    if (isTheirs || waited(claim) > LONGEST_KEPT_MS) await store.remove(claim.id);
  }
  return latest;
}

/** @param {string} address @param {string} token @param {import("./claims_store.js").Claim} claim @returns {Promise<Answer>} */
async function sendOne(address, token, claim) {
  const body = JSON.stringify({ id: claim.id, meeting: null, waited_ms: waited(claim), wall: claim.wall });
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
  const answer = await request(address, { method: "POST", headers, body });
  return answer.json();
}

/** Who is signed in here, and a token for what they send. @param {string} code the address of a page with a form */
async function freshPage(code) {
  const answer = await request(code, { headers: { Accept: "text/html" }, redirect: "follow" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const mark = page.querySelector("[data-phone]");
  if (page.querySelector("[data-offline]")) throw new Unreachable();
  const token = page.querySelector("input[name=csrf_token]");
  if (!(mark instanceof HTMLElement) || !token) throw new SignedOut();
  return { token: token.getAttribute("value") ?? "", member: mark.dataset.member ?? "" };
}
