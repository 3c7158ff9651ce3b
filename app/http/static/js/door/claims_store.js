// @ts-check
/** What a member's own phone keeps while there is no network: that they tapped "I am here", and when. */

/** @typedef {{id: string, owner: string, boot: string, m: number, wall: string}} Claim */

const BOOT = crypto.getRandomValues(new Uint32Array(4)).join("-");

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
function answered(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

export class ClaimsStore {
  /** @param {string} name @returns {Promise<ClaimsStore>} */
  static async open(name) {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("kept");
      request.result.createObjectStore("claims", { keyPath: "id" });
    };
    return new ClaimsStore(await answered(request));
  }

  /** @param {IDBDatabase} db */
  constructor(db) {
    this.db = db;
  }

  /** Whose phone it is: the member who last looked at a page of the group on it. @returns {Promise<string>} */
  async owner() {
    return (await answered(this.db.transaction("kept").objectStore("kept").get("owner"))) ?? "";
  }

  /** @param {string} owner */
  async belongsTo(owner) {
    await this.write("kept", (store) => store.put(owner, "owner"));
  }

  /** @returns {Promise<Claim>} kept on the disk when this returns */
  async add() {
    const claim = { id: newId(), owner: await this.owner(), boot: BOOT, m: performance.now(), wall: new Date().toISOString() };
    await this.write("claims", (store) => store.put(claim));
    return claim;
  }

  /** @returns {Promise<Claim[]>} oldest first */
  async all() {
    const found = await answered(this.db.transaction("claims").objectStore("claims").getAll());
    return found.sort((one, other) => (one.wall < other.wall ? -1 : 1));
  }

  /** @param {string} id */
  async remove(id) {
    await this.write("claims", (store) => store.delete(id));
  }

  /** @param {string} name @param {(store: IDBObjectStore) => void} change @returns {Promise<void>} */
  write(name, change) {
    const work = this.db.transaction(name, "readwrite", { durability: "strict" });
    change(work.objectStore(name));
    return new Promise((resolve, reject) => {
      work.oncomplete = () => resolve();
      work.onabort = () => reject(work.error);
    });
  }
}

/** For how long the claim has waited, in whole milliseconds: by the longer of two clocks. @param {Claim} claim */
export function waited(claim) {
  const byWall = Date.now() - Date.parse(claim.wall);
  const byReading = claim.boot === BOOT ? performance.now() - claim.m : 0;
  return Math.max(0, Math.round(Math.max(byWall, byReading)));
}

/** A random UUID of version 4; the browser's own is there over https alone. */
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
