// @ts-check
/** Who signed in on this tablet and when, so that a second tap is answered without the server. */

export class Here {
  /** @param {import("./store.js").Store} store */
  constructor(store) {
    this.store = store;
    /** @type {Record<string, Record<string, string>>} meeting → member → moment */
    this.since = {};
  }

  async load() {
    this.since = (await this.store.get("here")) ?? {};
  }

  /** @param {string} meeting @param {string} member @returns {Date | null} */
  of(meeting, member) {
    const moment = this.since[meeting]?.[member];
    return moment ? new Date(moment) : null;
  }

  /** @param {string} meeting @param {string} member @param {Date} at */
  async came(meeting, member, at) {
    await this.load(); // another tab may have written meanwhile
    this.since = { [meeting]: { ...this.since[meeting], [member]: at.toISOString() } };
    await this.store.put("here", this.since);
  }

  /** The server would not take it. @param {string} meeting @param {string} member */
  async tookBack(meeting, member) {
    const { [member]: _gone, ...others } = this.since[meeting] ?? {};
    this.since = { [meeting]: others };
    await this.store.put("here", this.since);
  }
}
