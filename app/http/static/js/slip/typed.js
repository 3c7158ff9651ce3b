// @ts-check
/** What stands in the form of a slip, taken out of it and put back: every field by its name. */

/** @typedef {import("./store.js").Fields} Fields */

/** Fields that are filled in when the form opens, or chosen from a list: alone they are no draft. */
const CHOSEN_ANYWAY = new Set(["form_token", "twins", "agreed_on", "tier", "receiver", "agreed_how", "urgency"]);

/** @param {HTMLFormElement} form @returns {Fields} */
export function fieldsOf(form) {
  /** @type {Fields} */
  const found = [];
  for (const [name, value] of new FormData(form)) if (name !== "csrf_token" && typeof value === "string") found.push([name, value]);
  return found;
}

/** @param {HTMLFormElement} form @param {Fields} fields */
export function fill(form, fields) {
  const typed = new Map(fields);
  for (const control of form.elements) {
    if (control instanceof HTMLInputElement && ["radio", "checkbox"].includes(control.type)) {
      control.checked = typed.get(control.name) === control.value;
    } else if (isWritten(control) && control.name !== "csrf_token" && control.name) {
      control.value = typed.get(control.name) ?? "";
    }
  }
}

/** @param {Fields} fields */
export function isEmpty(fields) {
  return !fields.some(([name, value]) => value.trim() && !CHOSEN_ANYWAY.has(name));
}

/** @param {Fields} fields @param {string} name */
export function valueOf(fields, name) {
  return fields.find(([one]) => one === name)?.[1] ?? "";
}

/** @param {HTMLFormElement} form */
export function tokenOf(form) {
  return /** @type {HTMLInputElement} */ (form.elements.namedItem("form_token"));
}

/** @param {Element} control @returns {control is HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} */
function isWritten(control) {
  return control instanceof HTMLInputElement || control instanceof HTMLSelectElement || control instanceof HTMLTextAreaElement;
}
