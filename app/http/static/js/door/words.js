// @ts-check
/** The sentences of the page, in the group's language: the server writes them into the page, the scripts fill them in. */

/** @type {Record<string, string>} */
const WORDS = JSON.parse(document.getElementById("words")?.textContent ?? "{}");

/** @param {string} key @param {Record<string, string | number>} [facts] @returns {string} */
export function say(key, facts = {}) {
  const text = WORDS[key];
  if (text === undefined) throw new Error(`the page has no sentence ${key}`);
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in facts ? String(facts[name]) : whole));
}

/** One of the two sentences of a number: `key_one` for one, `key` for others. @param {string} key @param {number} n */
export function sayMany(key, n) {
  return say(n === 1 ? `${key}_one` : key, { n });
}

/** @param {Date} instant @param {string} [zone] */
export function timeOf(instant, zone) {
  return new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", timeZone: zone }).format(instant);
}

/** @param {Date} instant @param {string} zone */
export function dayOf(instant, zone) {
  const how = /** @type {Intl.DateTimeFormatOptions} */ ({ weekday: "long", day: "numeric", month: "long", timeZone: zone });
  return new Intl.DateTimeFormat(document.documentElement.lang, how).format(instant);
}

/** The greeting of the hour. @param {Date} instant @param {string} zone @param {string} given the first name, or nothing */
export function hello(instant, zone, given) {
  const hour = Number(new Intl.DateTimeFormat("en-GB", { hour: "2-digit", hourCycle: "h23", timeZone: zone }).format(instant));
  const part = hour < 12 ? "morning" : hour < 18 ? "afternoon" : "evening";
  return given ? say(`good_${part}_name`, { name: given }) : say(`good_${part}`);
}
