// @ts-check
/**
 * Talks with the server: sends what waits as soon as it can, asks for the time and for news every half minute, and
 * tries again by itself, later each time, while the network is gone. Sending twice does no harm: the server knows
 * each tap by its hash, and a tap is let go of only when the server has decided.
 */

import { fetchDay, isStale } from "./day.js";
import { post, Refused, Revoked, Unreachable } from "./server.js";

const EVERY_MS = 30_000;
const FIRST_RETRY_MS = 1_000;
const SLOWEST_RETRY_MS = 15_000;
const JITTER = 0.3;
const MOST_AT_ONCE = 50;

/**
 * @typedef {object} Result what the server made of a tap
 * @property {string} id the tap's hash
 * @property {"done" | "again" | "waits" | "not-taken"} outcome
 * @property {{given: string, time: string} | null} greeting
 * @property {string | null} reason
 */

/**
 * @typedef {object} Listener
 * @property {() => void} changed something to show changed: online or not, what waits, the day
 * @property {(result: Result) => void} decided
 * @property {() => void} revoked
 */

export class Exchange {
  /** @param {{base: string, boot: string, store: import("./store.js").Store, clock: import("./clock.js").DoorClock, listener: Listener}} parts */
  constructor({ base, boot, store, clock, listener }) {
    this.base = base;
    this.boot = boot;
    this.store = store;
    this.clock = clock;
    this.listener = listener;
    this.online = false;
    /** The server answers, and does not know this tablet: the cookie is over, or attendance is switched off. */
    this.isUnknown = false;
    this.waiting = 0;
    /** @type {import("./day.js").KeptDay | null} */
    this.kept = null;
    this.timer = 0;
    this.failures = 0;
    this.most = MOST_AT_ONCE;
    /** Taps that the server would not read in this run of the page; the next run tries them again. @type {Set<string>} */
    this.unread = new Set();
    this.isBusy = false;
    this.isAsked = false;
    this.isOver = false;
  }

  /** @returns {import("./day.js").Day | null} */
  get day() {
    return this.kept?.day ?? null;
  }

  /** Take up what is kept on this device. */
  async open() {
    this.kept = (await this.store.get("day")) ?? null;
    this.clock.heard = (await this.store.get("heard")) ?? null;
    if (isStale(this.kept)) await this.keep(null);
    await this.store.beginRun(this.boot);
    await this.count();
  }

  /** Begin to talk, now and whenever there is reason to. */
  start() {
    addEventListener("online", () => this.soon());
    addEventListener("offline", () => this.lost());
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.soon(); });
    this.soon();
  }

  /** Ask now; where a question is on its way, ask again right after it. */
  async soon() {
    clearTimeout(this.timer);
    if (this.isOver) return;
    if (this.isBusy) {
      this.isAsked = true;
      return;
    }
    this.isBusy = true;
    const pause = await this.turn();
    this.isBusy = false;
    if (this.isOver) return;
    const wait = this.isAsked ? 0 : pause;
    this.isAsked = false;
    this.timer = setTimeout(() => this.soon(), wait);
  }

  /** Count what waits, in all tabs, and have it shown. */
  async count() {
    this.waiting = (await this.store.waiting()).length;
    this.listener.changed();
  }

  /** One turn; says how long to wait for the next. @returns {Promise<number>} */
  async turn() {
    try {
      const again = await this.talk();
      this.failures = 0;
      this.online = true;
      this.isUnknown = false;
      await this.count();
      return again ? 0 : EVERY_MS * jitter();
    } catch (problem) {
      if (problem instanceof Revoked) return this.end();
      if (!(problem instanceof Unreachable || problem instanceof Refused)) console.error(problem);
      this.isUnknown = problem instanceof Refused && problem.status === 404;
      this.lost();
      this.failures += 1;
      return Math.min(SLOWEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(this.failures - 1, 10)) * jitter();
    }
  }

  lost() {
    this.online = false;
    this.listener.changed();
  }

  /** Send what waits, or say that we are here; then fetch the day if it is another. @returns {Promise<boolean>} whether more waits */
  async talk() {
    const waiting = (await this.store.waiting()).filter((event) => !this.unread.has(event.hash));
    const heard = waiting.length ? await this.send(waiting.slice(0, this.most)) : await this.contact();
    if (heard.anchor) await this.hear({ ...heard.anchor, got: this.clock.reading() });
    if (!this.day || (heard.day_version && heard.day_version !== this.day.version)) await this.news();
    return waiting.length > this.most;
  }

  /** @param {import("./anchors.js").Anchor} anchor */
  async hear(anchor) {
    await this.store.anchor(anchor);
    await this.store.put("heard", this.clock.hear(anchor));
  }

  async contact() {
    return post(`${this.base}/contact`, { boot: this.boot, m: this.clock.reading(), waiting: this.waiting });
  }

  /** @param {import("./chain.js").DoorEvent[]} events */
  async send(events) {
    const anchors = await this.store.anchors();
    try {
      const runs = await this.store.runs(new Set([this.boot, ...events.map((event) => event.boot)]));
      const body = { boot: this.boot, m: this.clock.reading(), waiting: this.waiting, anchors, runs, events };
      const heard = await post(`${this.base}/sign-ins`, body);
      await this.store.settle(heard.results.map((/** @type {Result} */ result) => result.id));
      heard.results.forEach((/** @type {Result} */ result) => this.listener.decided(result));
      this.most = MOST_AT_ONCE;
      return heard;
    } catch (problem) {
      if (problem instanceof Refused) return this.sendLess(events);
      throw problem;
    }
  }

  /** One tap that cannot be read must not hold up the others: send fewer, down to the one, and go on without it. @param {import("./chain.js").DoorEvent[]} events */
  sendLess(events) {
    if (events.length === 1) this.unread.add(events[0].hash);
    this.most = Math.max(1, Math.floor(events.length / 2));
    this.isAsked = true;
    return this.contact();
  }

  async news() {
    const kept = await fetchDay(this.base, this.kept?.etag ?? "");
    if (kept) await this.keep(kept);
  }

  /** @param {import("./day.js").KeptDay | null} kept */
  async keep(kept) {
    this.kept = kept;
    await this.store.put("day", kept);
    this.listener.changed();
  }

  /** The group took the right away: forget all. */
  async end() {
    this.isOver = true;
    this.kept = null;
    this.waiting = 0;
    await this.store.purge();
    this.listener.revoked();
    return Infinity;
  }
}

function jitter() {
  return 1 + JITTER * (Math.random() * 2 - 1);
}
