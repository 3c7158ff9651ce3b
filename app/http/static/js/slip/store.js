// @ts-check
/**
 * What a phone keeps of slips: whose it is, to whom one can be passed, what was typed, and what waits to be passed.
 * The first three stand in a database whose name begins with "personal", which is deleted when somebody signs out; what
 * waits stands in one of its own, so that nothing that was passed is ever lost, and is sent for its author alone.
 */

/** @typedef {[string, string][]} Fields name and value of every field, without the page's own token against forgery */
/** @typedef {{token: string, owner: string, fields: Fields, seen: number, at: string}} Draft */
/** @typedef {{token: string, owner: string, fields: Fields, at: string}} Waiting */
/** @typedef {{value: string, label: string}} Receiver */

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
function answered(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** @param {string} name @param {Record<string, string | null>} stores each with the key of its rows @returns {Promise<IDBDatabase>} */
async function opened(name, stores) {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => {
    for (const [store, keyPath] of Object.entries(stores)) request.result.createObjectStore(store, keyPath ? { keyPath } : {});
  };
  const db = await answered(request);
  db.onversionchange = () => db.close(); // signing out deletes it, also while another tab holds it
  return db;
}

export class SlipStore {
  /** Open what this browser keeps for the page under `scope`, or null where it keeps nothing. @param {string} scope */
  static async open(scope) {
    try {
      const personal = await opened(`personal slip ${scope}`, { kept: null, drafts: "token" });
      return new SlipStore(personal, await opened(`waiting slip ${scope}`, { queue: "token" }));
    } catch {
      return null;
    }
  }

  /** @param {IDBDatabase} personal @param {IDBDatabase} waiting */
  constructor(personal, waiting) {
    this.personal = personal;
    this.waiting = waiting;
  }

  /** Note whose phone it is and whom they can choose; drafts of somebody else are let go of. @param {string} owner @param {Receiver[]} receivers */
  async belongsTo(owner, receivers) {
    if ((await this.owner()) !== owner) await this.change(this.personal, "drafts", (store) => store.clear());
    await this.change(this.personal, "kept", (store) => { store.put(owner, "owner"); store.put(receivers, "receivers"); });
  }

  /** @returns {Promise<string>} */
  async owner() {
    return (await this.read(this.personal, "kept", (store) => store.get("owner"))) ?? "";
  }

  /** @returns {Promise<Receiver[]>} */
  async receivers() {
    return (await this.read(this.personal, "kept", (store) => store.get("receivers"))) ?? [];
  }

  /** @param {Draft} draft */
  async keep(draft) {
    await this.change(this.personal, "drafts", (store) => store.put(draft));
  }

  /** @param {string} token */
  async letGo(token) {
    await this.change(this.personal, "drafts", (store) => store.delete(token));
  }

  /** @returns {Promise<Draft[]>} the latest first */
  async drafts() {
    /** @type {Draft[]} */
    const found = await this.read(this.personal, "drafts", (store) => store.getAll());
    return found.sort((one, other) => (one.at < other.at ? 1 : -1));
  }

  /** Kept on the disk when this returns; the draft of it is none any more. @param {Waiting} slip */
  async wait(slip) {
    await this.change(this.waiting, "queue", (store) => store.put(slip));
    await this.letGo(slip.token);
  }

  /** @returns {Promise<Waiting[]>} the oldest first */
  async queue() {
    /** @type {Waiting[]} */
    const found = await this.read(this.waiting, "queue", (store) => store.getAll());
    return found.sort((one, other) => (one.at < other.at ? -1 : 1));
  }

  /** @param {string} token */
  async done(token) {
    await this.change(this.waiting, "queue", (store) => store.delete(token));
  }

  /** @template T @param {IDBDatabase} db @param {string} name @param {(store: IDBObjectStore) => IDBRequest<T>} ask @returns {Promise<T>} */
  read(db, name, ask) {
    return answered(ask(db.transaction(name).objectStore(name)));
  }

  /** @param {IDBDatabase} db @param {string} name @param {(store: IDBObjectStore) => void} write @returns {Promise<void>} */
  change(db, name, write) {
    const work = db.transaction(name, "readwrite", { durability: "strict" });
    write(work.objectStore(name));
    return new Promise((resolve, reject) => {
      work.oncomplete = () => resolve();
      work.onabort = () => reject(work.error);
    });
  }
}
