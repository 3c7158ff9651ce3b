// @ts-check
/**
 * A button that takes a name and one number or address from the phone's own contacts. It shows only where the browser
 * has such a picker; nothing but what the person picks reaches the page. Without this file the fields are typed into.
 */

/** @typedef {{ name?: string[], tel?: string[], email?: string[] }} Picked */
/** @typedef {{ select: (properties: string[], options: { multiple: boolean }) => Promise<Picked[]> }} Contacts */

/** @param {string | undefined} id @param {string | undefined} text */
function fill(id, text) {
  const field = document.getElementById(id ?? "");
  if (!(field instanceof HTMLInputElement) || !text) return;
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

/** The first of them that says anything. @param {string[] | undefined} texts */
function first(texts) {
  return texts?.map((text) => text.trim()).find(Boolean);
}

const contacts = /** @type {Contacts | undefined} */ (Reflect.get(navigator, "contacts"));

for (const button of document.querySelectorAll("button[data-contacts]")) {
  if (!(button instanceof HTMLButtonElement) || typeof contacts?.select !== "function") continue;
  const said = document.getElementById(button.getAttribute("aria-describedby") ?? "");
  button.hidden = false;
  button.addEventListener("click", async () => {
    /** @type {Picked | undefined} */
    let picked;
    try {
      [picked] = await contacts.select(["name", "tel", "email"], { multiple: false });
    } catch {
      return; // not allowed, or open already: the fields are still there to type into
    }
    if (!picked) return;
    fill(button.dataset.contacts, first(picked.name));
    fill(button.dataset.reach, first(picked.tel) ?? first(picked.email));
    if (said) said.textContent = button.dataset.said ?? "";
  });
}
