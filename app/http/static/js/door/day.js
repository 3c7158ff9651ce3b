// @ts-check
/** The day as the server told it: who may sign in to which meeting, and from when until when their names are shown. */

import { request } from "./server.js";

const BEFORE_MS = 60 * 60_000;
const AFTER_MS = 120 * 60_000;
/** Names that old belong to no meeting of today; they are let go of even where the network stays away. */
const STALE_MS = 48 * 60 * 60_000;

/**
 * @typedef {object} Meeting
 * @property {string} id
 * @property {string} name
 * @property {string} place
 * @property {string} starts_at
 * @property {string} ends_at
 * @property {string} zone
 * @property {boolean | string} takes_place
 */

/**
 * @typedef {object} Day
 * @property {{slug: string, name: string, locale: string, dir: string}} group
 * @property {"nothing" | "pin"} asks
 * @property {Meeting | null} meeting
 * @property {Meeting[]} next_meetings
 * @property {import("./buckets.js").Person[]} people
 * @property {boolean} guests_allowed
 * @property {JsonWebKey} public_key
 * @property {string} key_id
 * @property {string} version
 */

/** @typedef {{day: Day, etag: string, at: number}} KeptDay */

/** The day from the server, or null where what we have still stands. @param {string} base @param {string} etag @returns {Promise<KeptDay | null>} */
export async function fetchDay(base, etag) {
  const answer = await request(`${base}/day`, { headers: etag ? { "If-None-Match": etag } : {} });
  if (answer.status === 304) return null;
  return { day: await answer.json(), etag: answer.headers.get("ETag") ?? "", at: Date.now() };
}

/** @param {KeptDay | null} kept @returns {boolean} */
export function isStale(kept) {
  return kept !== null && Math.abs(Date.now() - kept.at) > STALE_MS;
}

/** The meeting whose names are shown at `now`. @param {Day | null} day @param {Date} now @returns {Meeting | null} */
export function meetingAt(day, now) {
  return meetings(day).find((one) => isShown(one, now)) ?? null;
}

/** The next meeting whose names are not shown yet. @param {Day | null} day @param {Date} now @returns {Meeting | null} */
export function meetingAhead(day, now) {
  return meetings(day).find((one) => shownFrom(one) > now) ?? null;
}

/** From when on names are shown. @param {Meeting} meeting */
export function shownFrom(meeting) {
  return new Date(Date.parse(meeting.starts_at) - BEFORE_MS);
}

/** @param {Meeting} meeting @param {Date} now */
function isShown(meeting, now) {
  return now >= shownFrom(meeting) && now.getTime() <= Date.parse(meeting.ends_at) + AFTER_MS;
}

/** @param {Day | null} day @returns {Meeting[]} those that are held, earliest first, each once */
function meetings(day) {
  const all = [...(day?.meeting ? [day.meeting] : []), ...(day?.next_meetings ?? [])];
  const once = new Map(all.filter((one) => one.takes_place !== false).map((one) => [one.id, one]));
  return [...once.values()].sort((one, other) => Date.parse(one.starts_at) - Date.parse(other.starts_at));
}
