// @ts-check
/**
 * Live parts of a page: <div data-live="URL" data-every="5">. The URL answers with the part's HTML and an ETag.
 * Asks only while the page is looked at, keeps focus, folds and scroll, reads out what has `data-say` and changed,
 * and says since when it stands still when the network is gone.
 */

/** A little early or late each time, so that sixty phones in one room do not ask in the same instant. */
const JITTER = 0.2;
const SLOWEST_S = 60;
const BUSY = "input:not([type=submit], [type=button], [type=hidden]), textarea, select";

/** @param {Element} part @returns {Map<string, string>} */
function sayings(part) {
  const said = new Map();
  for (const node of part.querySelectorAll("[data-say]")) {
    said.set(node.getAttribute("data-say") ?? "", (node.textContent ?? "").replace(/\s+/g, " ").trim());
  }
  return said;
}

/** @param {Map<string, string>} before @param {Map<string, string>} after */
function announce(before, after) {
  const news = [...after].filter(([key, text]) => text && before.get(key) !== text).map(([, text]) => text);
  const voice = document.getElementById("said");
  if (voice && news.length) voice.textContent = news.join(". ");
}

/** The same control in the new HTML: by id, else by where it leads or what it sends. @param {Element} part @param {Element} old */
function twin(part, old) {
  if (old.id) return part.querySelector(`#${CSS.escape(old.id)}`);
  const marks = ["href", "name", "value", "aria-label"].filter((name) => old.hasAttribute(name));
  const selector = marks.map((name) => `[${name}="${CSS.escape(old.getAttribute(name) ?? "")}"]`).join("");
  return selector ? part.querySelector(old.tagName + selector) : null;
}

/** @param {HTMLElement} part @param {string} html */
function replace(part, html) {
  const focused = part.contains(document.activeElement) ? document.activeElement : null;
  const open = [...part.querySelectorAll("details")].map((fold) => fold.open);
  const frames = [...part.querySelectorAll(".frame")].map((frame) => [frame.scrollLeft, frame.scrollTop]);
  const before = sayings(part);
  part.innerHTML = html;
  part.querySelectorAll("details").forEach((fold, i) => { fold.open = open[i] ?? fold.open; });
  part.querySelectorAll(".frame").forEach((frame, i) => { if (frames[i]) frame.scrollTo(frames[i][0], frames[i][1]); });
  const again = focused && twin(part, focused);
  if (again instanceof HTMLElement) again.focus({ preventScroll: true });
  announce(before, sayings(part));
}

/** @param {HTMLElement} part */
function clockTime(part) {
  const zone = part.dataset.zone ? { timeZone: part.dataset.zone } : {};
  return new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "short", ...zone }).format(new Date());
}

/** @param {HTMLElement} part */
function follow(part) {
  const url = part.dataset.live ?? "";
  const every = Math.max(1, Number(part.dataset.every) || 5);
  let etag = "";
  let stoodAt = clockTime(part);
  let failures = 0;
  let timer = 0;
  /** @type {HTMLElement | null} */
  let mark = null;

  /** @param {string} [text] */
  function tell(text) {
    if (!text) { mark?.remove(); mark = null; return; }
    if (!mark) {
      mark = document.createElement("p");
      mark.className = "live-mark";
      part.after(mark);
    }
    mark.textContent = text;
  }

  async function ask() {
    const answer = await fetch(url, {
      headers: { Accept: "text/html", ...(etag ? { "If-None-Match": etag } : {}) },
      credentials: "same-origin", cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(10_000),
    });
    if (answer.type === "opaqueredirect" || [401, 403, 404, 410].includes(answer.status)) return "ended";
    if (answer.status !== 304 && !answer.ok) throw new Error(`${url} answered ${answer.status}`);
    if (answer.status === 200) {
      const html = await answer.text();
      if (part.querySelector(BUSY) && part.contains(document.activeElement) && document.activeElement?.matches(BUSY)) return "later";
      etag = answer.headers.get("ETag") ?? "";
      replace(part, html);
    }
    return "fresh";
  }

  async function turn() {
    if (document.hidden) return;
    try {
      if (await ask() === "ended") { tell(part.dataset.endedText); return; }
      failures = 0;
      stoodAt = clockTime(part);
      tell();
    } catch {
      failures += 1;
      tell(part.dataset.offlineText?.replace("{time}", stoodAt));
    }
    plan();
  }

  function plan() {
    const seconds = Math.min(SLOWEST_S, every * 2 ** Math.min(failures, 3));
    clearTimeout(timer);
    timer = setTimeout(turn, seconds * 1000 * (1 + JITTER * (Math.random() - 0.5) * 2));
  }

  document.addEventListener("visibilitychange", () => { clearTimeout(timer); if (!document.hidden) turn(); });
  addEventListener("online", () => { clearTimeout(timer); turn(); });
  plan();
}

document.querySelectorAll("[data-live]").forEach((part) => { if (part instanceof HTMLElement) follow(part); });
