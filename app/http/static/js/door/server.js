// @ts-check
/** How the tablet asks the server, and the three ways in which an answer is none. */

const PATIENCE_MS = 10_000;

/** The group took this tablet's right away: it keeps nothing. */
export class Revoked extends Error {}

/** The server understood, and will not take this: asking again the same way is no use. */
export class Refused extends Error {
  /** @param {number} status */
  constructor(status) {
    super(`the server answered ${status}`);
    this.status = status;
  }
}

/** The server could not be asked, or did not answer in time. */
export class Unreachable extends Error {}

/** @param {string} url @param {RequestInit} [options] @returns {Promise<Response>} */
export async function request(url, options = {}) {
  const answer = await asked(url, options);
  if (answer.status === 401) throw new Revoked();
  if (answer.status >= 500 || answer.status === 429 || answer.status === 408) throw new Unreachable();
  if (!answer.ok && answer.status !== 304) throw new Refused(answer.status);
  return answer;
}

/** @param {string} url @param {unknown} body @returns {Promise<any>} */
export async function post(url, body) {
  const headers = { "Content-Type": "application/json" };
  const answer = await request(url, { method: "POST", headers, body: JSON.stringify(body) });
  return answer.json();
}

/** @param {string} url @param {RequestInit} options */
async function asked(url, options) {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const headers = { Accept: "application/json", ...options.headers };
  try {
    const common = /** @type {RequestInit} */ ({ cache: "no-store", credentials: "same-origin", redirect: "error", signal });
    return await fetch(url, { ...common, ...options, headers });
  } catch {
    throw new Unreachable();
  }
}
