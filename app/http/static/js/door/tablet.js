// @ts-check
/**
 * The group's tablet at the door. Names, tap, greeting: each tap is kept on this device before anybody is greeted and
 * sent when the server can be asked. There is no switch between online and offline; the line at the foot says how it is.
 */

import { buckets } from "./buckets.js";
import { cameraScreen, hasCamera } from "./camera.js";
import { DoorClock } from "./clock.js";
import { meetingAhead, meetingAt, shownFrom } from "./day.js";
import { Exchange } from "./exchange.js";
import { guestScreen, substituteScreen } from "./guests.js";
import { Here } from "./here.js";
import { padScreen } from "./pad.js";
import { answerScreen, frontScreen, namesScreen, revokedScreen, waitingScreen } from "./screens.js";
import { canSeal } from "./sealing.js";
import { showState } from "./state.js";
import { Store } from "./store.js";
import { begin, keepTap, newBoot } from "./taps.js";
import { hello, say, timeOf } from "./words.js";
import { followWorker } from "./worker_of_page.js";

/** @typedef {import("./buckets.js").Person} Person */
/** @typedef {import("./taps.js").Start} Start */
/** @typedef {import("./taps.js").Who} Who */
/** @typedef {import("./taps.js").Secret} Secret */
/** @typedef {import("./exchange.js").Result} Result */

const ANSWER_MS = 3_000;
/** Within this time a second tap is the same one. */
const SECOND_TAP_MS = 5 * 60 * 1000;
const LONG_ANSWER_MS = 8_000;
const IDLE_MS = 60_000;
const LOOK_EVERY_MS = 5_000;
/** How long an answer waits for the server's word on a PIN or a code before it says that it is kept. */
const PATIENCE_MS = 2_000;

const place = /** @type {HTMLElement} */ (document.querySelector("[data-tablet]"));
const line = /** @type {HTMLElement} */ (document.querySelector("[data-state]"));
const voice = /** @type {HTMLElement} */ (document.querySelector("[data-said]"));

class Tablet {
  /** @param {Store} store */
  constructor(store) {
    this.store = store;
    this.clock = new DoorClock(newBoot());
    this.here = new Here(store);
    this.exchange = new Exchange({
      base: place.dataset.base ?? "", boot: this.clock.boot, store, clock: this.clock,
      listener: { changed: () => this.changed(), decided: (result) => this.decided(result), revoked: () => this.revoked() },
    });
    /** What the front shows, so that it is drawn again only where it changed; empty while another screen is up. */
    this.front = "";
    this.timer = 0;
    this.stop = () => {};
    /** @type {Map<string, {who: Who, meeting: string, answer: (result: Result) => void}>} */
    this.asked = new Map();
  }

  async start() {
    await this.here.load();
    const idle = () => { if (!this.front) this.backAfter(IDLE_MS); };
    for (const kind of ["pointerdown", "keydown", "input"]) place.addEventListener(kind, idle);
    addEventListener("keydown", (event) => { if (event.key === "Escape" && !this.front) this.home(); });
    setInterval(() => this.look(), LOOK_EVERY_MS);
    await this.exchange.open();
    this.home(); // what is kept is enough to sign in: nobody waits for the network
    this.exchange.start();
  }

  // What is shown

  /** @param {HTMLElement} screen @param {{front?: string, seconds?: number}} [how] */
  show(screen, { front = "", seconds = IDLE_MS } = {}) {
    this.stop();
    this.stop = () => {};
    this.front = front;
    clearTimeout(this.timer);
    if (!front) this.backAfter(seconds);
    const isFirst = !place.firstElementChild;
    place.replaceChildren(screen);
    if (!isFirst) screen.querySelector("h1")?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }

  /** @param {number} ms */
  backAfter(ms) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.home(), ms);
  }

  home() {
    if (this.exchange.isOver) return;
    this.front = "";
    this.look(true);
  }

  /** Draw the front again where something on it changed. @param {boolean} [isHome] whether the front is to come back */
  look(isHome = false) {
    const { online, isUnknown, waiting } = this.exchange;
    showState(line, { online, isUnknown, waiting, minutesOff: this.clock.minutesOff() });
    if (this.exchange.isOver || (!this.front && !isHome)) return;
    const now = this.clock.now();
    const day = this.exchange.day;
    const meeting = meetingAt(day, now);
    const facts = JSON.stringify([meeting, day?.version, this.here.since, now.getHours(), !meeting && meetingAhead(day, now)]);
    if (facts === this.front) return;
    if (!meeting || !day) {
      const next = meetingAhead(day, now);
      this.show(waitingScreen(next, next && shownFrom(next), day !== null), { front: facts });
      return;
    }
    this.show(frontScreen(this.offer(day, meeting)), { front: facts });
  }

  /** @param {import("./day.js").Day} day @param {import("./day.js").Meeting} meeting */
  offer(day, meeting) {
    const start = () => begin(this.clock, meeting);
    const front = {
      hello: hello(this.clock.now(), meeting.zone, ""),
      buckets: buckets(day.people, day.group.locale),
      isHere: (/** @type {Person} */ person) => this.since(day, meeting, person) !== null,
      letter: (/** @type {import("./buckets.js").Bucket} */ bucket) => this.show(namesScreen(bucket, front, () => this.home())),
      choose: (/** @type {Person} */ person) => this.choose(person, start()),
      camera: hasCamera() && day.asks === "pin" ? () => this.camera(null, start()) : null,
      substitute: () => this.newcomer((sign, back) => substituteScreen(day.people, sign, back), start()),
      guest: day.guests_allowed ? () => this.newcomer(guestScreen, start()) : null,
    };
    return front;
  }

  /** @param {import("./day.js").Day} day @param {import("./day.js").Meeting} meeting @param {Person} person @returns {Date | true | null} */
  since(day, meeting, person) {
    return this.here.of(meeting.id, person.id) ?? (day.meeting?.id === meeting.id && person.here ? true : null);
  }

  /**
   * Since when the house knows them, or this tablet heard them just now. An older tap of this tablet alone answers nobody:
   * it may have been another who tapped that name, and the house has taken it back. To say it twice does no harm.
   * @param {import("./day.js").Day} day @param {import("./day.js").Meeting} meeting @param {Person} person @returns {Date | true | null}
   */
  known(day, meeting, person) {
    const own = this.here.of(meeting.id, person.id);
    if (own && this.clock.now().getTime() - own.getTime() < SECOND_TAP_MS) return own;
    return day.meeting?.id === meeting.id && person.here ? own ?? true : null;
  }

  // What somebody does

  /** @param {Person} person @param {Start} start */
  choose(person, start) {
    const day = this.exchange.day;
    if (!day) return this.home();
    const since = this.known(day, start.meeting, person);
    if (since) return this.already(person, start, since);
    if (day.asks === "pin" && canSeal()) return this.pad(person, start);
    return this.sign(start, member(person), null, person.given);
  }

  /** @param {Person} person @param {Start} start @param {Date | true} since */
  already(person, start, since) {
    const zone = start.meeting.zone;
    const note = since === true ? say("here_already") : say("here_since", { time: timeOf(since, zone) });
    this.answer({ hello: hello(this.clock.now(), zone, person.given), notes: [note] });
  }

  /** @param {Person} person @param {Start} start @param {string} [problem] */
  pad(person, start, problem = "") {
    this.show(padScreen({
      hello: hello(start.at, start.meeting.zone, person.given), problem,
      sign: (pin) => this.sign(start, member(person), { kind: "pin", secret: pin }, person.given),
      camera: hasCamera() ? () => this.camera(person, start) : null,
      back: () => this.home(),
    }));
  }

  /** @param {Person | null} person @param {Start} start */
  camera(person, start) {
    const { screen, stop } = cameraScreen({
      hello: person ? hello(start.at, start.meeting.zone, person.given) : say("show_code"),
      read: (text) => this.sign(start, member(person), { kind: "code", secret: text }, person?.given ?? ""),
      back: () => this.home(),
    });
    this.show(screen);
    this.stop = stop;
  }

  /** @param {(sign: (who: import("./guests.js").Newcomer) => void, back: () => void) => HTMLElement} screen @param {Start} start */
  newcomer(screen, start) {
    this.show(screen((who) => this.sign(start, who, null, firstOf(who.name)), () => this.home()));
  }

  /** @param {Start} start @param {Who} who @param {Secret | null} secret @param {string} given */
  async sign(start, who, secret, given) {
    const day = this.exchange.day;
    if (!day) return this.home();
    place.inert = true; // one tap is one tap
    try {
      const { event, at } = await keepTap({ store: this.store, clock: this.clock, day }, start, who, secret);
      if (who.kind === "member" && who.member && day.asks !== "pin") await this.here.came(start.meeting.id, who.member, at);
      await this.greet(event.hash, start, who, secret, given, at);
    } catch (problem) {
      console.error(problem);
      this.answer({ hello: say("not_kept"), notes: [say("tell_leader")], kind: "refused", ms: LONG_ANSWER_MS });
    } finally {
      place.inert = false;
    }
  }

  /** @param {string} hash @param {Start} start @param {Who} who @param {Secret | null} secret @param {string} given @param {Date} at */
  async greet(hash, start, who, secret, given, at) {
    const zone = start.meeting.zone;
    const word = new Promise((resolve) => this.asked.set(hash, { who, meeting: start.meeting.id, answer: resolve }));
    await this.exchange.count();
    this.exchange.soon();
    const result = /** @type {Result | null} */ (secret ? await Promise.race([word, pause(PATIENCE_MS)]) : null);
    if (result?.outcome === "not-taken") return this.notTaken(result, given);
    if (result?.outcome === "waits" && result.reason) return this.tryAgain(result, start, who, given);
    const asks = this.exchange.day?.asks === "pin" && who.kind === "member" && !secret;
    const notes = [result?.outcome === "waits" || asks ? say("leader_confirms") : "", this.exchange.online ? "" : say("saved_here")];
    const name = result?.greeting?.given ?? given;
    this.answer({ hello: hello(at, zone, name), time: timeOf(at, zone), notes: notes.filter(Boolean) });
    const shown = place.firstElementChild;
    word.then((late) => { if (late.outcome === "not-taken" && place.firstElementChild === shown) this.notTaken(late, given); });
  }

  /** The PIN or code was another: it waits for a leader, or is put right at once. @param {Result} result @param {Start} start @param {Who} who @param {string} given */
  tryAgain(result, start, who, given) {
    const person = this.exchange.day?.people.find((one) => one.id === who.member);
    if (who.member) this.here.tookBack(start.meeting.id, who.member);
    if (person) return this.pad(person, start, result.reason ?? "");
    return this.notTaken(result, given);
  }

  /** @param {Result} result @param {string} given */
  notTaken(result, given) {
    const notes = [result.reason ?? say("tell_leader")];
    this.answer({ hello: given ? say("sorry_name", { name: given }) : say("sorry"), notes, kind: "refused", ms: LONG_ANSWER_MS });
  }

  /** @param {{hello: string, time?: string, notes?: string[], kind?: "in" | "wait" | "refused", ms?: number}} facts */
  answer({ ms = ANSWER_MS, ...facts }) {
    this.show(answerScreen({ ...facts, next: () => this.home() }), { seconds: ms });
    place.dataset.ms = String(ms);
    voice.textContent = [facts.hello, facts.time, ...(facts.notes ?? [])].filter(Boolean).join(" ");
  }

  // What is heard

  changed() {
    this.look();
  }

  /** @param {Result} result */
  decided(result) {
    const asked = this.asked.get(result.id);
    this.asked.delete(result.id);
    if (asked && result.outcome === "not-taken" && asked.who.member) this.here.tookBack(asked.meeting, asked.who.member);
    asked?.answer(result);
  }

  revoked() {
    this.here.since = {};
    this.asked.clear();
    this.show(revokedScreen(), { front: "revoked" });
    line.textContent = "";
    delete line.dataset.online;
    voice.textContent = "";
  }
}

/** @param {Person | null} person @returns {Who} */
function member(person) {
  return { kind: "member", member: person?.id ?? null, name: null, firm: null };
}

/** @param {string} name */
function firstOf(name) {
  return name.split(/\s+/)[0] ?? "";
}

/** @param {number} ms @returns {Promise<null>} */
function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms, null));
}

const insecure = document.querySelector("[data-insecure]");
if (insecure instanceof HTMLElement) insecure.hidden = globalThis.isSecureContext;
navigator.storage?.persist?.();
const tablet = new Tablet(await Store.open(`door ${place.dataset.base}`));
followWorker(place.dataset, () => tablet.front !== "" && !tablet.exchange.waiting);
await tablet.start();
