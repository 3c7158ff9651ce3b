// @ts-check
/** Anchors: what the server signed about its time and ours. They bound when a tap was; here we choose which to keep. */

/** @typedef {{boot: string, s: string, m: number, sig: string, got?: number}} Anchor `m` was read as we asked, `got` as the answer came */

/**
 * The anchors still needed for the taps that wait: of each run of the page the one before and the one after each tap,
 * and of each run the first and the last, which bound the taps of the runs beside it.
 * @param {Anchor[]} anchors @param {{boot: string, m: number}[]} taps @returns {Anchor[]}
 */
export function needed(anchors, taps) {
  const kept = new Set();
  for (const run of byRun(anchors)) {
    kept.add(run[0]).add(run[run.length - 1]);
    for (const tap of taps.filter((one) => one.boot === run[0].boot)) {
      const before = run.filter((anchor) => (anchor.got ?? anchor.m) <= tap.m).at(-1);
      const after = run.find((anchor) => anchor.m >= tap.m);
      for (const anchor of [before, after]) if (anchor) kept.add(anchor);
    }
  }
  const runs = new Set(taps.map((tap) => tap.boot));
  const latest = latestOf(anchors);
  return anchors.filter((anchor) => kept.has(anchor) && (taps.length || anchor === latest || runs.has(anchor.boot)));
}

/** The anchor with the server's latest time. @param {Anchor[]} anchors @returns {Anchor | undefined} */
export function latestOf(anchors) {
  return anchors.reduce((late, one) => (!late || one.s > late.s ? one : late), /** @type {Anchor | undefined} */ (undefined));
}

/** @param {Anchor[]} anchors @returns {Anchor[][]} */
function byRun(anchors) {
  /** @type {Map<string, Anchor[]>} */
  const runs = new Map();
  for (const anchor of anchors) runs.set(anchor.boot, [...(runs.get(anchor.boot) ?? []), anchor]);
  return [...runs.values()].map((run) => run.sort((one, other) => one.m - other.m));
}
