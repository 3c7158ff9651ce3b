// @ts-check
/** What an event of the door is, and its hash: the link that ties it to the one before it on this device. */

import { sha256 } from "./sha256.js";

/**
 * @typedef {object} Proof
 * @property {"pin" | "code"} kind
 * @property {string} sealed base64url, readable by the server alone
 * @property {JsonWebKey} ephemeral
 * @property {string} iv base64url
 */

/**
 * @typedef {object} Tap
 * @property {string} boot the run of the page, 32 hexadecimal digits
 * @property {number} m whole milliseconds of performance.now() at the tap
 * @property {string} meeting
 * @property {"member" | "substitute" | "visitor" | "guest" | "observer"} kind
 * @property {string | null} member who signed in, or who is replaced
 * @property {string | null} name
 * @property {string | null} firm
 * @property {Proof | null} proof
 * @property {string} wall the device's own clock, for information only
 */

/** @typedef {Tap & {seq: number, prev: string, hash: string}} DoorEvent */

/** JSON with sorted keys and no spaces: the same bytes on both sides. @param {unknown} value @returns {string} */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const fields = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${fields.map(([name, held]) => `${JSON.stringify(name)}:${canonical(held)}`).join(",")}}`;
}

/** The tap as the next link of the chain. @param {Tap} tap @param {number} seq @param {string} prev @returns {DoorEvent} */
export function link(tap, seq, prev) {
  const open = { ...tap, seq, prev };
  return { ...open, hash: sha256(canonical(open)) };
}
