// @ts-check
/**
 * SHA-256 of a text, in one go and without waiting. The browser's own is only there over https, and answers later: a
 * transaction of IndexedDB would be over by then, and two tabs could write the same link of the chain.
 */

const FIRST = primes(64);
const ROUND = FIRST.map((prime) => fraction(Math.cbrt(prime)));
const START = FIRST.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));

/** @param {number} count */
function primes(count) {
  const found = [2];
  for (let next = 3; found.length < count; next += 2) {
    if (found.every((prime) => next % prime)) found.push(next);
  }
  return found;
}

/** The first 32 bits of what stands behind the point. @param {number} root */
function fraction(root) {
  return ((root - Math.floor(root)) * 2 ** 32) | 0;
}

/** @param {number} word @param {number} by */
function turn(word, by) {
  return (word >>> by) | (word << (32 - by));
}

/** The text as whole blocks of 64 bytes: its bytes, one bit, zeros and its length in bits. @param {string} text */
function blocks(text) {
  const bytes = new TextEncoder().encode(text);
  const padded = new DataView(new ArrayBuffer(Math.ceil((bytes.length + 9) / 64) * 64));
  new Uint8Array(padded.buffer).set(bytes);
  padded.setUint8(bytes.length, 0x80);
  padded.setUint32(padded.byteLength - 8, Math.floor(bytes.length / 2 ** 29));
  padded.setUint32(padded.byteLength - 4, (bytes.length << 3) >>> 0);
  return padded;
}

/** @param {DataView} padded @param {number} at */
function schedule(padded, at) {
  const words = new Int32Array(64);
  for (let i = 0; i < 16; i += 1) words[i] = padded.getInt32(at + 4 * i);
  for (let i = 16; i < 64; i += 1) {
    const [early, late] = [words[i - 15], words[i - 2]];
    const low = turn(early, 7) ^ turn(early, 18) ^ (early >>> 3);
    const high = turn(late, 17) ^ turn(late, 19) ^ (late >>> 10);
    words[i] = (words[i - 16] + low + words[i - 7] + high) | 0;
  }
  return words;
}

/** @param {number[]} state @param {Int32Array} words */
function compress(state, words) {
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i += 1) {
    const left = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + ROUND[i] + words[i]) | 0;
    const right = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + left) | 0, c, b, a, (left + right) | 0];
  }
  return [a, b, c, d, e, f, g, h].map((word, i) => (word + state[i]) | 0);
}

/** The hash of a text's UTF-8 bytes, as 64 small hexadecimal digits. @param {string} text @returns {string} */
export function sha256(text) {
  const padded = blocks(text);
  let state = START;
  for (let at = 0; at < padded.byteLength; at += 64) state = compress(state, schedule(padded, at));
  return state.map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}
