// @ts-check
/** The number pad for a PIN: large keys, dots for digits, and the keyboard's own digits do as well. */

import { actions, button, heading, make } from "./draw.js";
import { say, sayMany } from "./words.js";

const SHORTEST = 4;
const LONGEST = 8;

/**
 * @param {{hello: string, problem?: string, sign: (pin: string) => void, camera: (() => void) | null, back: () => void}} pad
 */
export function padScreen({ hello, problem = "", sign, camera, back }) {
  let pin = "";
  const dots = make("p", { class: "pad-dots", "aria-hidden": "true" });
  const said = make("p", { class: "unseen", role: "status" });

  function show() {
    dots.replaceChildren(...Array.from({ length: Math.max(SHORTEST, pin.length) }, (_, i) => make("span", { class: i < pin.length ? "is-set" : "" })));
    said.textContent = pin ? sayMany("digits", pin.length) : "";
  }

  /** @param {string} digit */
  function add(digit) {
    if (pin.length < LONGEST) pin += digit;
    show();
  }

  function remove() {
    pin = pin.slice(0, -1);
    show();
  }

  function finish() {
    if (pin.length >= SHORTEST) sign(pin);
  }

  /** @param {KeyboardEvent} event */
  function typed(event) {
    if (/^\d$/.test(event.key)) add(event.key);
    else if (event.key === "Backspace") remove();
    else if (event.key === "Enter" && !(event.target instanceof HTMLButtonElement)) finish();
    else return;
    event.preventDefault();
  }

  const keys = [..."123456789"].map((digit) => key(digit, digit, () => add(digit)));
  const screen = make("div", { class: "tablet-screen tablet-pad", onkeydown: typed },
    heading(hello),
    make("p", { class: problem ? "pad-problem" : "tablet-ask", role: problem ? "alert" : undefined }, problem || say("type_pin")),
    dots, said,
    make("div", { class: "pad-keys", role: "group", "aria-label": say("pin_keys") }, ...keys,
      key("←", say("remove_digit"), remove), key("0", "0", () => add("0")), key("✓", say("pin_ready"), finish)),
    actions(...[camera && button(say("show_code"), camera, "button-second")].filter((one) => one !== null),
      button(say("back"), back, "button-second")));
  show();
  return screen;
}

/** @param {string} face @param {string} name @param {() => void} press */
function key(face, name, press) {
  return make("button", { type: "button", class: "pad-key", "aria-label": face === name ? undefined : name, onclick: press }, face);
}
