/** What this tab remembers of a registration, so that "check your email" survives a reload. */

import { drop, keep, kept } from '../../lib/kept.js';

/**
 * @typedef {object} Registered
 * @property {import('../../calls/worker.js').Joined} status
 * @property {string} email
 * @property {string} organization
 * @property {boolean} stranger whether they were not signed in, and have to prove the address
 * @property {number} at when, in milliseconds
 */

/** The mail of a first registration is good for so long. */
const REMEMBERED_MS = 24 * 3_600_000;

/** @param {string} code */
const keyOf = (code) => `joined:${code}`;

/** Of a code, what a verifier is kept under. @param {string} code */
export const proofOf = (code) => `join:${code}`;

/**
 * @param {string} code
 * @returns {Registered | undefined}
 */
export function registered(code) {
  const found = /** @type {Partial<Registered> | null} */ (kept(keyOf(code)));
  const { status, email, organization, at } = found ?? {};
  const whole = typeof status === 'string' && typeof email === 'string' && typeof organization === 'string';
  if (!whole || typeof at !== 'number' || Math.abs(Date.now() - at) >= REMEMBERED_MS) return undefined;
  return { status, email, organization, stranger: true, at };
}

/**
 * @param {string} code
 * @param {Registered} registered
 */
export const remember = (code, registered) => keep(keyOf(code), registered);

/** @param {string} code */
export const forget = (code) => drop(keyOf(code));
