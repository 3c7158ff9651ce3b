// @ts-check
/** Anchors: what the server signed about its time and ours. They bound when a tap was; here we choose which to keep. */

/** @typedef {{boot: string, s: string, m: number, sig: string, got?: number}} Anchor `m` was read as we asked, `got` as the answer came */

/** Runs whose last contact is so much older than the newest have ended; their anchors matter to their own taps alone. */
const ENDED_AFTER_MS = 24 * 60 * 60_000;

/**
 * The anchors still needed: of each run with taps that wait the first, the last, and those around each tap; of each other
 * run that may still be open in some tab the last, which its next tap will lean on.
 * @param {Anchor[]} anchors @param {{boot: string, m: number}[]} taps @returns {Anchor[]}
 */
export function needed(anchors, taps) {
  const newest = Date.parse(latestOf(anchors)?.s ?? "");
  const kept = new Set();
  for (const run of byRun(anchors)) {
    const [first, last] = [run[0], run[run.length - 1]];
    const own = taps.filter((tap) => tap.boot === first.boot);
    if (own.length) kept.add(first);
    if (own.length || newest - Date.parse(last.s) < ENDED_AFTER_MS) kept.add(last);
    for (const tap of own) {
      const before = run.filter((anchor) => (anchor.got ?? anchor.m) <= tap.m).at(-1);
      const after = run.find((anchor) => anchor.m >= tap.m);
      for (const anchor of [before, after]) if (anchor) kept.add(anchor);
    }
  }
  return anchors.filter((anchor) => kept.has(anchor));
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
