// @ts-check
/** Seals a PIN or a personal code for the server alone: what waits on this device can be read by nobody who takes it. */

const INFO = new TextEncoder().encode("givefirst tablet proof 1");
const CURVE = { name: "ECDH", namedCurve: "P-256" };

/** Whether this page may seal: web cryptography is there over https and on localhost. */
export function canSeal() {
  return globalThis.isSecureContext && "subtle" in crypto;
}

/** @param {ArrayBuffer | Uint8Array} bytes */
function base64url(bytes) {
  const text = String.fromCharCode(...new Uint8Array(bytes));
  return btoa(text).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

/**
 * @param {"pin" | "code"} kind @param {string} secret @param {JsonWebKey} to the server's public key
 * @returns {Promise<import("./chain.js").Proof>}
 */
export async function seal(kind, secret, to) {
  const pair = await crypto.subtle.generateKey(CURVE, true, ["deriveBits"]);
  const server = await crypto.subtle.importKey("jwk", { kty: to.kty, crv: to.crv, x: to.x, y: to.y }, CURVE, false, []);
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: server }, pair.privateKey, 256);
  const base = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(0), info: INFO };
  const key = await crypto.subtle.deriveKey(how, base, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, new TextEncoder().encode(secret));
  const { kty, crv, x, y } = await crypto.subtle.exportKey("jwk", pair.publicKey);
  return { kind, sealed: base64url(sealed), ephemeral: { kty, crv, x, y }, iv: base64url(iv) };
}
