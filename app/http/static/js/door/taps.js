// @ts-check
/** A tap from the finger to the disk: its moment is when somebody began, and nobody is greeted before it is kept. */

import { canSeal, seal } from "./sealing.js";

/** Who takes longer than this over a PIN or a form begins anew: it is no longer the moment they came. */
const LONGEST_MS = 180_000;

/** @typedef {{m: number, at: Date, meeting: import("./day.js").Meeting}} Start */
/** @typedef {{kind: import("./chain.js").Tap["kind"], member: string | null, name: string | null, firm: string | null}} Who */
/** @typedef {{kind: "pin" | "code", secret: string}} Secret */

/** @param {import("./clock.js").DoorClock} clock @param {import("./day.js").Meeting} meeting @returns {Start} */
export function begin(clock, meeting) {
  return { m: clock.reading(), at: clock.now(), meeting };
}

/**
 * Keep the tap on this device. Without web cryptography nothing is sealed, and a leader confirms who it was.
 * @param {{store: import("./store.js").Store, clock: import("./clock.js").DoorClock, day: import("./day.js").Day}} parts
 * @param {Start} start @param {Who} who @param {Secret | null} secret
 */
export async function keepTap({ store, clock, day }, start, who, secret) {
  const from = clock.reading() - start.m > LONGEST_MS ? begin(clock, start.meeting) : start;
  const proof = secret && canSeal() ? await seal(secret.kind, secret.secret, day.public_key) : null;
  const wall = new Date().toISOString();
  const tap = { boot: clock.boot, m: from.m, meeting: from.meeting.id, ...who, proof, wall };
  const event = await store.append(tap, () => clock.reading());
  return { event, at: new Date(from.at.getTime() + event.m - from.m) };
}

/** A name for this run of the page that no other run has. */
export function newBoot() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
