// @ts-check
/** Who is not on the list: somebody who comes for a member, and visitors, guests and observers. */

import { button, field, heading, make } from "./draw.js";
import { say } from "./words.js";

const LONGEST_NAME = 120;

/** @typedef {{kind: "substitute" | "visitor" | "guest" | "observer", member: string | null, name: string, firm: string | null}} Newcomer */

/** @param {import("./buckets.js").Person[]} people @param {(who: Newcomer) => void} sign @param {() => void} back */
export function substituteScreen(people, sign, back) {
  const order = new Intl.Collator(document.documentElement.lang).compare;
  const names = [...people].sort((one, other) => order(one.name, other.name));
  const member = make("select", { required: true, name: "member" }, make("option", { value: "" }, say("choose_member")),
    ...names.map((person) => make("option", { value: person.id }, person.name)));
  return form(say("come_for_member"), [field("for-whom", say("for_whom"), member)], sign, back);
}

/** @param {(who: Newcomer) => void} sign @param {() => void} back */
export function guestScreen(sign, back) {
  const kinds = make("fieldset", { class: "tablet-kinds" }, make("legend", {}, say("you_are")),
    ...["visitor", "guest", "observer"].map((kind, i) => make("label", {},
      make("input", { type: "radio", name: "kind", value: kind, checked: i === 0 }), say(`kind_${kind}`))));
  return form(say("am_guest"), [kinds], sign, back);
}

/** @param {string} title @param {HTMLElement[]} more @param {(who: Newcomer) => void} sign @param {() => void} back */
function form(title, more, sign, back) {
  const problem = make("p", { class: "pad-problem", role: "alert" });
  const made = /** @type {HTMLFormElement} */ (make("form", { class: "form tablet-form", novalidate: true, onsubmit: send },
    problem,
    field("newcomer-name", say("your_name"), make("input", { type: "text", name: "name", required: true, maxlength: LONGEST_NAME, autocomplete: "off" })),
    field("newcomer-firm", say("your_firm"), make("input", { type: "text", name: "firm", maxlength: LONGEST_NAME, autocomplete: "off" })),
    ...more,
    make("div", { class: "tablet-send" }, button(say("back"), back, "button-second"),
      make("button", { type: "submit", class: "button button-large" }, say("i_am_here")))));

  /** @param {Event} event */
  function send(event) {
    event.preventDefault();
    const written = new FormData(made);
    const text = (/** @type {string} */ name) => String(written.get(name) ?? "").toWellFormed().trim();
    const missing = [...made.elements].find((one) => one instanceof HTMLElement && "required" in one && one.required && !text(one.name));
    if (missing instanceof HTMLElement) {
      problem.textContent = missing instanceof HTMLSelectElement ? say("member_missing") : say("name_missing");
      missing.focus();
      return;
    }
    const kind = /** @type {Newcomer["kind"]} */ (text("kind") || "substitute");
    sign({ kind, member: text("member") || null, name: text("name"), firm: text("firm") || null });
  }

  return make("div", { class: "tablet-screen" }, heading(title), made);
}
