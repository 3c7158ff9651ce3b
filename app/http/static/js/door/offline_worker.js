// @ts-check
/**
 * Opens one page without network. Before this text the server writes `self.OFFLINE = {…}`: the page, the files it is made
 * of, and the mark of them all, which changes when any of them does. Nothing else is ever kept: no name, no answer of the
 * server. A new mark is fetched whole before the old one is let go of.
 */

/** @type {{page: string, files: string[], mark: string, first: "page" | "network", name: string}} */
const offline = /** @type {any} */ (globalThis).OFFLINE;
const PATIENCE_MS = 4_000;
const shelf = `${offline.name} ${offline.mark}`;
const worker = /** @type {any} */ (globalThis);

/** Fetch everything past the browser's own cache, or nothing. */
async function fill() {
  const kept = await caches.open(shelf);
  await Promise.all([offline.page, ...offline.files].map(async (address) => {
    const answer = await fetch(address, { cache: "no-store", redirect: "error" });
    if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
    await kept.put(address, answer);
  }));
}

async function clear() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(`${offline.name} `) && name !== shelf).map((name) => caches.delete(name)));
}

/** @param {string} address */
async function fromShelf(address) {
  return (await caches.open(shelf)).match(address);
}

/** The page that was asked for; where the network has no answer, the one that is kept. @param {Request} request */
async function fromNetwork(request) {
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) });
    return answer.status >= 500 ? (await fromShelf(offline.page)) ?? answer : answer;
  } catch {
    return (await fromShelf(offline.page)) ?? Response.error();
  }
}

worker.addEventListener("install", (/** @type {any} */ event) => {
  event.waitUntil(fill().then(() => worker.skipWaiting()));
});

worker.addEventListener("activate", (/** @type {any} */ event) => {
  event.waitUntil(clear().then(() => worker.clients.claim()));
});

worker.addEventListener("fetch", (/** @type {any} */ event) => {
  const { request } = event;
  const { origin, pathname, search } = new URL(request.url);
  if (request.method !== "GET" || origin !== worker.location.origin) return;
  const address = pathname + search;
  if (offline.files.includes(address)) {
    event.respondWith(fromShelf(address).then((kept) => kept ?? fetch(request)));
  } else if (request.mode === "navigate" && offline.first === "page" && pathname === offline.page) {
    event.respondWith(fromShelf(offline.page).then((kept) => kept ?? fetch(request)));
  } else if (request.mode === "navigate" && offline.first === "network") {
    event.respondWith(fromNetwork(request));
  }
});
