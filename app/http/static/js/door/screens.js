// @ts-check
/** What fills the tablet's screen, one thing at a time. Each screen is drawn from facts and tells what was pressed. */

import { endings } from "./buckets.js";
import { actions, button, heading, make } from "./draw.js";
import { dayOf, say, timeOf } from "./words.js";

/** @typedef {import("./buckets.js").Person} Person */
/** @typedef {import("./buckets.js").Bucket} Bucket */
/** @typedef {import("./day.js").Meeting} Meeting */

/**
 * @typedef {object} Front
 * @property {string} hello
 * @property {Bucket[]} buckets
 * @property {(person: Person) => boolean} isHere
 * @property {(bucket: Bucket) => void} letter
 * @property {(person: Person) => void} choose
 * @property {(() => void) | null} camera
 * @property {() => void} substitute
 * @property {(() => void) | null} guest
 */

/** Where everybody begins: letters, or the names themselves where few belong to the group. @param {Front} front */
export function frontScreen(front) {
  const [only] = front.buckets;
  const few = front.buckets.length <= 1;
  return make("div", { class: "tablet-screen tablet-front" },
    heading(front.hello),
    make("p", { class: "tablet-ask" }, few ? say("tap_name") : say("tap_letter")),
    few && only ? tiles(only.people, front) : null,
    few ? null : letters(front),
    actions(
      ...[front.camera && button(say("show_code"), front.camera, "button-second")].filter((one) => one !== null),
      button(say("come_for_member"), front.substitute, "button-second"),
      ...[front.guest && button(say("am_guest"), front.guest, "button-second")].filter((one) => one !== null),
    ));
}

/** @param {Front} front */
function letters(front) {
  const list = make("ul", { class: "letters-row" });
  for (const bucket of front.buckets) {
    const press = { type: "button", class: "letters-button", "data-members": bucket.people.map((one) => one.id).join(" "), onclick: () => front.letter(bucket) };
    list.append(make("li", {}, make("button", press, make("bdi", {}, bucket.label))));
  }
  return list;
}

/** The names behind a letter. @param {Bucket} bucket @param {Front} front @param {() => void} back */
export function namesScreen(bucket, front, back) {
  return make("div", { class: "tablet-screen" },
    heading(say("who_are_you")),
    tiles(bucket.people, front),
    actions(button(say("back"), back, "button-second")));
}

/** @param {Person[]} people @param {Front} front */
function tiles(people, front) {
  const list = make("ul", { class: "tiles tablet-tiles" });
  const ends = endings(people);
  for (const person of people) {
    const here = front.isHere(person);
    list.append(make("li", {}, make("button", {
      type: "button", class: here ? "tile is-here" : "tile", "data-member": person.id, onclick: () => front.choose(person),
    },
    make("bdi", { class: "tile-first" }, person.given),
    ends.has(person.id) ? make("bdi", { class: "tile-rest" }, ` ${ends.get(person.id)}`) : null,
    here ? make("span", { class: "tile-here" }, say("here_mark")) : null)));
  }
  return list;
}

/**
 * One answer fills the screen: the name and the time, never a verdict.
 * @param {{hello: string, time?: string, notes?: string[], kind?: "in" | "wait" | "refused", next: () => void, more?: HTMLElement | null}} facts
 */
export function answerScreen({ hello, time, notes = [], kind = "in", next, more = null }) {
  return make("div", { class: "tablet-screen tablet-answer" },
    make("div", { class: `greeting greeting-${kind}` },
      heading(hello),
      time ? make("p", { class: "greeting-time" }, make("span", { class: "greeting-clock" }, time)) : null,
      make("div", { class: "greeting-note" }, ...notes.map((note) => make("p", {}, note)))),
    actions(...[more].filter((one) => one !== null), button(say("done"), next, "button-second")),
    make("div", { class: "tablet-running", "aria-hidden": "true" }));
}

/** Nobody is expected now. @param {Meeting | null} next @param {Date | null} from when its names are shown @param {boolean} isKnown whether the day was ever told */
export function waitingScreen(next, from, isKnown) {
  const about = next && from
    ? [make("p", { class: "tablet-next" }, `${dayOf(new Date(next.starts_at), next.zone)}, ${timeOf(new Date(next.starts_at), next.zone)}`),
      make("p", {}, next.place),
      make("p", { class: "soft" }, say("names_from", { time: timeOf(from, next.zone) }))]
    : [make("p", {}, isKnown ? say("no_meeting") : say("never_online"))];
  const title = next ? say("next_meeting") : isKnown ? say("welcome") : say("no_network_yet");
  return make("div", { class: "tablet-screen tablet-waiting" }, heading(title), ...about);
}

/** The group took the tablet's right away. */
export function revokedScreen() {
  return make("div", { class: "tablet-screen" },
    make("div", { class: "greeting greeting-refused" }, heading(say("revoked")),
      make("div", { class: "greeting-note" }, make("p", {}, say("revoked_note")))));
}
