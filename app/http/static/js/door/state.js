// @ts-check
/** The line at the foot of the page that is always there: online or not, what waits on this device, how the clock is. */

import { say, sayMany } from "./words.js";

const MINUTES_A_HOUR = 60;

/**
 * @param {HTMLElement} line @param {{online: boolean, isUnknown: boolean, waiting: number, minutesOff: number}} facts
 */
export function showState(line, { online, isUnknown, waiting, minutesOff }) {
  const text = [isUnknown ? say("unknown") : say(online ? "online" : "offline"), saved(online, waiting), clock(minutesOff)].filter(Boolean).join(" · ");
  line.dataset.online = String(online);
  if (line.textContent !== text) line.textContent = text;
}

/** @param {boolean} online @param {number} waiting */
function saved(online, waiting) {
  if (waiting) return sayMany("saved_waiting", waiting);
  return online ? "" : say("will_be_saved");
}

/** @param {number} minutes */
function clock(minutes) {
  if (!minutes) return "";
  const [hours, rest] = [Math.floor(Math.abs(minutes) / MINUTES_A_HOUR), Math.abs(minutes) % MINUTES_A_HOUR];
  return say("clock_off", { by: hours ? say("hours_minutes", { h: hours, m: rest }) : say("minutes", { m: rest }) });
}
