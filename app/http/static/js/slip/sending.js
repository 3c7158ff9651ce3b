// @ts-check
/**
 * Passes slips and keeps drafts at the server. A slip carries the token of its form: however often it is sent, it is passed
 * once, and every answer is that of the first.
 */

/** @typedef {import("./store.js").Fields} Fields */
/** @typedef {{how: "passed", address: string} | {how: "refused", reasons: string[]} | {how: "signed-out" | "unreachable" | "other"}} Outcome */
/** @typedef {{slip: import("./store.js").Waiting, outcome: Outcome, draft: string}} Sent */

const PATIENCE_MS = 8_000;

/** @param {string} address @param {RequestInit} options @returns {Promise<Response | null>} null where no answer came */
async function asked(address, options) {
  try {
    const common = /** @type {RequestInit} */ ({ cache: "no-store", credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE_MS) });
    const answer = await fetch(address, { ...common, ...options });
    return answer.status >= 500 || answer.status === 429 || answer.status === 408 ? null : answer;
  } catch {
    return null;
  }
}

/** @param {string} address @param {Fields} fields @param {string} csrf */
function posted(address, fields, csrf) {
  const body = new URLSearchParams(fields);
  body.append("csrf_token", csrf);
  return asked(address, { method: "POST", headers: { Accept: "application/json" }, redirect: "manual", body });
}

/** @param {string} pass @param {Fields} fields @param {string} csrf @returns {Promise<Outcome>} */
export async function passSlip(pass, fields, csrf) {
  const answer = await posted(pass, fields, csrf);
  if (!answer) return { how: "unreachable" };
  if (answer.type === "opaqueredirect") return { how: "signed-out" };
  const isRead = answer.status === 200 || answer.status === 422;
  const said = isRead ? await answer.json().catch(() => null) : null;
  if (answer.status === 200 && said) return { how: "passed", address: said.location };
  if (answer.status === 422 && said) return { how: "refused", reasons: said.reasons };
  return isRead ? { how: "unreachable" } : { how: "other" };
}

/** @param {string} drafts @param {Fields} fields @param {string} csrf @param {number} seen */
export async function keepDraft(drafts, fields, csrf, seen) {
  const answer = await posted(`${drafts}?seen=${seen}`, fields, csrf);
  if (!answer || answer.type === "opaqueredirect" || ![200, 422].includes(answer.status)) return null;
  const said = await answer.json().catch(() => null);
  return said && { isKept: answer.status === 200, draft: String(said.draft ?? ""), version: Number(said.version ?? 0), note: String(said.note) };
}

/** Who is signed in here, and a token for what they send; null where no answer came, "" where nobody is. @param {string} pass */
export async function freshPage(pass) {
  const answer = await asked(`${pass}?later=1`, { headers: { Accept: "text/html" }, redirect: "follow" });
  if (!answer) return null;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const form = page.querySelector("form[data-member]");
  const token = form?.querySelector("input[name=csrf_token]");
  return { member: form?.getAttribute("data-member") ?? "", csrf: token?.getAttribute("value") ?? "" };
}

/**
 * Send what waits on this phone, each slip for the member who wrote it: what was passed is let go of, what was refused
 * becomes a draft with all that was typed. One window at a time.
 * @param {import("./store.js").SlipStore} store @param {{pass: string, drafts: string}} addresses @returns {Promise<Sent[]>}
 */
export async function sendWaiting(store, addresses) {
  if (!(await store.queue()).length) return [];
  return navigator.locks ? navigator.locks.request("slips", () => sendAll(store, addresses)) : sendAll(store, addresses);
}

/** @param {import("./store.js").SlipStore} store @param {{pass: string, drafts: string}} addresses @returns {Promise<Sent[]>} */
async function sendAll(store, { pass, drafts }) {
  const page = await freshPage(pass);
  const waiting = await store.queue();
  if (!page) return [];
  if (!page.member) return waiting.map((slip) => ({ slip, outcome: { how: "signed-out" }, draft: "" }));
  const sent = [];
  for (const slip of waiting.filter((one) => one.owner === page.member)) {
    const outcome = await passSlip(pass, slip.fields, page.csrf);
    if (outcome.how === "unreachable") break;
    const kept = outcome.how === "refused" ? await keepDraft(drafts, slip.fields, page.csrf, 0) : null;
    if (outcome.how === "passed" || kept?.isKept) await store.done(slip.token);
    sent.push({ slip, outcome, draft: kept?.draft ? `${pass}?draft=${encodeURIComponent(kept.draft)}` : "" });
  }
  return sent;
}
