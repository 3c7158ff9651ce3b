// @ts-check
/**
 * Signing out takes along what pages kept in this browser about people: every database whose name begins with "personal".
 * What waits to be sent stands elsewhere, and is sent for its author alone.
 */

/** Signing out waits no longer than this for the browser to delete. */
const PATIENCE_MS = 1_000;

async function forget() {
  const databases = await indexedDB.databases();
  const personal = databases.flatMap(({ name }) => (name?.startsWith("personal ") ? [name] : []));
  await Promise.all(personal.map((name) => new Promise((done) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = request.onerror = done;
  })));
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !("signsOut" in form.dataset) || !globalThis.indexedDB?.databases) return;
  event.preventDefault();
  await Promise.race([forget().catch(() => undefined), new Promise((done) => setTimeout(done, PATIENCE_MS))]);
  form.submit();
});
