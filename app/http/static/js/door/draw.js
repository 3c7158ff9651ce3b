// @ts-check
/** Makes elements: text is always text, never HTML. */

/**
 * @param {string} tag @param {Record<string, unknown>} [marks] attributes; a function under `onclick` listens
 * @param {...(Node | string | null)} parts
 * @returns {HTMLElement}
 */
export function make(tag, marks = {}, ...parts) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(marks)) {
    if (typeof value === "function") made.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== undefined) made.setAttribute(name, String(value));
  }
  made.append(...parts.filter((part) => part !== null));
  return made;
}

/** @param {string} text @param {() => void} press @param {string} [look] */
export function button(text, press, look = "") {
  return make("button", { type: "button", class: `button button-large ${look}`.trim(), onclick: press }, text);
}

/** The heading that a screen begins with: it gets the focus, so that it is read out. @param {...(Node | string)} parts */
export function heading(...parts) {
  return make("h1", { tabindex: "-1" }, ...parts);
}

/** @param {...Node} parts */
export function actions(...parts) {
  return make("div", { class: "door-actions" }, ...parts);
}

/** A field with its label. @param {string} id @param {string} label @param {HTMLElement} control */
export function field(id, label, control) {
  control.id = id;
  return make("div", { class: "field field-wide" }, make("label", { for: id }, label), control);
}
