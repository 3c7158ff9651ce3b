// @ts-check
/** What time it is, as well as this device can know: the server's word, carried on by the device's own clocks. */

const OFF_FROM_MS = 60_000;

/** @typedef {{s: string, m: number, wall: number, boot: string}} Heard the server's time and our two clocks as it came in */

export class DoorClock {
  /** @param {string} boot */
  constructor(boot) {
    this.boot = boot;
    /** @type {Heard | null} */
    this.heard = null;
  }

  /** @param {import("./anchors.js").Anchor} anchor @returns {Heard} */
  hear(anchor) {
    const m = (anchor.m + (anchor.got ?? anchor.m)) / 2; // the server answered somewhere between
    this.heard = { s: anchor.s, m, wall: Date.now() - (performance.now() - m), boot: anchor.boot };
    return this.heard;
  }

  /** Whole milliseconds of this page's run. */
  reading() {
    return Math.floor(performance.now());
  }

  /**
   * Asleep, a page's own reading may stand still, so the wall clock carries on what the server said; a wall clock that
   * was set back since then is seen by the reading, and not believed.
   * @returns {Date}
   */
  now() {
    if (!this.heard) return new Date();
    const said = Date.parse(this.heard.s);
    const byWall = Date.now() - this.heard.wall;
    const byReading = this.heard.boot === this.boot ? performance.now() - this.heard.m : -Infinity;
    return new Date(said + Math.max(byWall, byReading));
  }

  /** Whole minutes by which the device's clock is ahead (positive) or behind; 0 where nobody would mind. */
  minutesOff() {
    if (!this.heard) return 0;
    const off = this.heard.wall - Date.parse(this.heard.s);
    return Math.abs(off) < OFF_FROM_MS ? 0 : Math.round(off / 60_000);
  }
}
