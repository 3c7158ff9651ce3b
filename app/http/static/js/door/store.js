// @ts-check
/**
 * What the tablet keeps on this device: today's names, the taps that wait for the server, and the server's anchors.
 * A tap is the next link of the chain in one transaction, so two tabs can never write the same link; it is on the
 * disk before anybody is greeted.
 */

import { latestOf, needed } from "./anchors.js";
import { link } from "./chain.js";

/** @typedef {import("./chain.js").DoorEvent} DoorEvent */
/** @typedef {import("./anchors.js").Anchor} Anchor */

/** The shape of the database; a new one gets its steps in `shape`, and what waits is carried over. */
const SHAPE = 1;
/** A run of the page that wrote nothing for so long is not open in any tab. */
const RUN_OVER_MS = 60 * 24 * 60 * 60_000;
const STORES = ["kept", "queue", "anchors"];

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
function answered(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** @param {IDBTransaction} transaction @returns {Promise<void>} */
function finished(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error("the browser gave the transaction up"));
    transaction.onerror = () => reject(transaction.error);
  });
}

/** @param {IDBDatabase} db @param {number} from the shape it had, 0 for none */
function shape(db, from) {
  if (from < 1) {
    db.createObjectStore("kept");
    db.createObjectStore("queue", { autoIncrement: true }).createIndex("hash", "hash", { unique: true });
    db.createObjectStore("anchors", { keyPath: ["boot", "m"] });
  }
}

export class Store {
  /** @param {string} name of the database @returns {Promise<Store>} */
  static async open(name) {
    const request = indexedDB.open(name, SHAPE);
    request.onupgradeneeded = (event) => shape(request.result, event.oldVersion);
    const db = await answered(request);
    db.onversionchange = () => db.close(); // a newer page changes the shape: do not stand in its way
    return new Store(db);
  }

  /** @param {IDBDatabase} db */
  constructor(db) {
    this.db = db;
    this.seq = 0;
  }

  /** @param {string} key @returns {Promise<any>} */
  async get(key) {
    return answered(this.db.transaction("kept").objectStore("kept").get(key));
  }

  /** @param {string} key @param {unknown} value */
  async put(key, value) {
    const work = this.db.transaction("kept", "readwrite");
    work.objectStore("kept").put(value, key);
    await finished(work);
  }

  /**
   * Keep the tap as the next link of the chain; it is on the disk when this returns. Its place in the chain bounds when it
   * was: where another run of the page wrote the link before it, its moment is now, not when somebody began.
   * @param {import("./chain.js").Tap} tap @param {() => number} reading this run's clock
   */
  async append(tap, reading) {
    const work = this.db.transaction(["kept", "queue"], "readwrite", { durability: "strict" });
    const done = finished(work);
    const kept = work.objectStore("kept");
    const head = (await answered(kept.get("head"))) ?? { hash: "", boot: tap.boot };
    const run = (await answered(kept.get(`run ${tap.boot}`))) ?? {};
    const seq = Math.max(run.seq ?? 0, this.seq) + 1;
    const event = link(head.boot === tap.boot ? tap : { ...tap, m: reading() }, seq, head.hash);
    work.objectStore("queue").add(event);
    kept.put({ hash: event.hash, boot: tap.boot }, "head");
    kept.put({ ...run, seq, at: Date.now() }, `run ${tap.boot}`);
    await done;
    this.seq = seq;
    return event;
  }

  /** @returns {Promise<DoorEvent[]>} what waits, oldest first */
  async waiting() {
    return answered(this.db.transaction("queue").objectStore("queue").getAll());
  }

  /** Let go of what the server has decided. @param {string[]} hashes */
  async settle(hashes) {
    const work = this.db.transaction("queue", "readwrite", { durability: "strict" });
    const done = finished(work);
    const queue = work.objectStore("queue");
    for (const hash of hashes) {
      const key = await answered(queue.index("hash").getKey(hash));
      if (key !== undefined) queue.delete(key);
    }
    await done;
  }

  /** Note after which contact this run of the page began, and forget runs long over. @param {string} boot */
  async beginRun(boot) {
    const work = this.db.transaction(STORES, "readwrite", { durability: "strict" });
    const done = finished(work);
    const kept = work.objectStore("kept");
    const after = latestOf(await answered(work.objectStore("anchors").getAll()));
    const taps = /** @type {DoorEvent[]} */ (await answered(work.objectStore("queue").getAll()));
    const waiting = new Set(taps.map((tap) => `run ${tap.boot}`));
    for (const key of (await answered(kept.getAllKeys())).map(String)) {
      if (!key.startsWith("run ") || waiting.has(key)) continue;
      const { at } = await answered(kept.get(key));
      if (Math.abs(Date.now() - at) > RUN_OVER_MS) kept.delete(key);
    }
    kept.put({ after, at: Date.now(), seq: 0 }, `run ${boot}`);
    await done;
  }

  /** After which contact each of these runs began, where that is known. @param {Set<string>} boots */
  async runs(boots) {
    const known = await Promise.all([...boots].map(async (boot) => ({ boot, after: (await this.get(`run ${boot}`))?.after })));
    return known.filter((run) => run.after);
  }

  /** @returns {Promise<Anchor[]>} */
  async anchors() {
    return answered(this.db.transaction("anchors").objectStore("anchors").getAll());
  }

  /** Keep a new anchor, and let go of those that no tap needs any more. @param {Anchor} anchor */
  async anchor(anchor) {
    const work = this.db.transaction(["anchors", "queue"], "readwrite", { durability: "strict" });
    const done = finished(work);
    const store = work.objectStore("anchors");
    store.put(anchor);
    const [all, taps] = [await answered(store.getAll()), await answered(work.objectStore("queue").getAll())];
    const wanted = new Set(needed(all, taps));
    all.filter((one) => !wanted.has(one)).forEach((one) => store.delete([one.boot, one.m]));
    await done;
  }

  /** Forget everything: this device is no longer the group's. */
  async purge() {
    const work = this.db.transaction(STORES, "readwrite", { durability: "strict" });
    STORES.forEach((name) => work.objectStore(name).clear());
    await finished(work);
  }
}
