// @ts-check
/**
 * The room's screen: the changing code, and who is here, in the order of the alphabet and without times.
 * A code that can no longer be good is never shown: it is hidden when it expires or when the server cannot be asked.
 */

/**
 * @typedef {object} RoomState
 * @property {string} code_svg_url where the picture of the code is
 * @property {string} code_text what is typed by those who cannot scan; empty while sign-in is closed
 * @property {number} expires_in_ms how long the code is still good
 * @property {string[]} names who is here
 * @property {number} signed_in
 * @property {number} expected
 */

const EVERY_MS = 4_000;
const PATIENCE_MS = 6_000;

/** @param {HTMLElement} screen */
function run(screen) {
  /** @param {string} name @returns {HTMLElement} */
  const part = (name) => /** @type {HTMLElement} */ (screen.querySelector(`[data-screen-${name}]`));
  let expiry = 0;

  /** @param {boolean} visible @param {string} [why] why it is hidden; by default the connection is gone */
  function showCode(visible, why = screen.dataset.offlineText) {
    part("why").textContent = why ?? "";
    part("shown").hidden = !visible;
    part("hidden").hidden = visible;
  }

  /** @param {RoomState} state @param {number} askedAt a reading of performance.now(): the code is as old as the question */
  async function show(state, askedAt) {
    const old = part("image");
    const next = /** @type {HTMLImageElement} */ (old.cloneNode());
    next.src = state.code_svg_url;
    await next.decode();
    old.replaceWith(next);
    part("text").textContent = state.code_text;
    const good = state.expires_in_ms - (performance.now() - askedAt);
    clearTimeout(expiry);
    expiry = setTimeout(showCode, Math.max(0, good), false);
    showCode(good > 0);
  }

  /** @param {RoomState} state */
  function showPeople(state) {
    const text = screen.dataset.countText ?? "";
    part("count").textContent = text.replace("{n}", String(state.signed_in)).replace("{all}", String(state.expected));
    const order = new Intl.Collator(document.documentElement.lang);
    part("names").replaceChildren(...[...state.names].sort(order.compare).map((name) => {
      const line = document.createElement("li");
      const text = document.createElement("bdi");
      text.textContent = name;
      line.append(text);
      return line;
    }));
  }

  async function turn() {
    const askedAt = performance.now();
    try {
      const answer = await fetch(screen.dataset.stateUrl ?? "", {
        headers: { Accept: "application/json" }, cache: "no-store", redirect: "error", signal: AbortSignal.timeout(PATIENCE_MS),
      });
      if (!answer.ok) throw new Error(`the room's state answered ${answer.status}`);
      const state = /** @type {RoomState} */ (await answer.json());
      showPeople(state);
      if (state.code_text) await show(state, askedAt);
      else showCode(false, screen.dataset.closedText);
    } catch {
      showCode(false);
    }
    setTimeout(turn, EVERY_MS);
  }

  turn();
}

document.querySelectorAll("[data-screen]").forEach((screen) => { if (screen instanceof HTMLElement) run(screen); });
