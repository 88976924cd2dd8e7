/**
 * How a tab shows that it is the one that asked: it keeps a random secret, and sends the hash of it with what it asks for. Terms are
 * those of PKCE, https://www.rfc-editor.org/rfc/rfc7636.
 */

import { drop, keep, kept } from './kept.js';

/** The verifiers of this page, where the tab keeps nothing over a reload. @type {Map<string, string>} */
const held = new Map();

/** @param {string} name */
const keyOf = (name) => `proof:${name}`;

/** @param {Uint8Array} bytes */
const base64url = (bytes) =>
  btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

/**
 * The `code_verifier` under this name, if there is one.
 * @param {string} name of what was asked for
 * @returns {string | undefined}
 */
export function verifierOf(name) {
  const before = held.get(name) ?? kept(keyOf(name));
  return typeof before === 'string' ? before : undefined;
}

/**
 * The `code_challenge` to send: the same for every repetition, over a reload too, until it is forgotten.
 * @param {string} name
 * @returns {Promise<string | undefined>} none where the browser lacks what it takes, as on a page that came without encryption
 */
export async function challengeOf(name) {
  if (!globalThis.crypto?.subtle) return undefined;
  const verifier = verifierOf(name) ?? base64url(crypto.getRandomValues(new Uint8Array(32)));
  held.set(name, verifier);
  keep(keyOf(name), verifier);
  return base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))));
}

/** The next is another's. @param {string} name */
export function forgetProof(name) {
  held.delete(name);
  drop(keyOf(name));
}
