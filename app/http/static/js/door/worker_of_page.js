// @ts-check
/** Registers the worker that opens this page without network, and takes a newer page when nobody is in the middle of something. */

const LOOK_EVERY_MS = 1_000;

/** @param {DOMStringMap} marks `worker` is the script's address and `scope` what it may answer @param {() => boolean} isQuiet */
export async function followWorker({ worker, scope }, isQuiet) {
  if (!globalThis.isSecureContext || !("serviceWorker" in navigator) || !worker) return;
  let had = navigator.serviceWorker.controller !== null; // the first worker brings the very page that is open
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (had) reloadWhen(isQuiet);
    had = true;
  });
  try {
    await navigator.serviceWorker.register(worker, { scope, updateViaCache: "none" });
  } catch {
    // No network just now, or the browser forbids it: the page works, and the next opening tries again.
  }
}

/** @param {() => boolean} isQuiet */
function reloadWhen(isQuiet) {
  const timer = setInterval(() => {
    if (!isQuiet()) return;
    clearInterval(timer);
    location.reload();
  }, LOOK_EVERY_MS);
}
