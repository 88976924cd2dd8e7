/** What this tab remembers of a registration, so that "check your email" survives a reload. */

import { drop, keep, kept } from '../../lib/kept.js';
import { verifierOf } from '../../lib/proof.js';

/**
 * @typedef {object} Registered
 * @property {import('../../calls/worker.js').Joined} status
 * @property {string} email
 * @property {string} organization
 * @property {boolean} stranger whether they were not signed in, and have to prove the address
 * @property {number} at when the last mail was asked for, in milliseconds
 * @property {number} [since] when they registered, in milliseconds
 * @property {number} [corrected] how often the address was corrected
 */

/** The mail of a first registration is good for so long. */
const REMEMBERED_MS = 24 * 3_600_000;

/** @param {string} code */
const keyOf = (code) => `joined:${code}`;

/** Of a code, what is typed into its form is kept under. @param {string} code */
export const draftOf = (code) => `draft:${code}`;

/** Of a code, what a verifier is kept under. @param {string} code */
export const proofOf = (code) => `join:${code}`;

/**
 * @param {string} code
 * @returns {Registered | undefined}
 */
export function registered(code) {
  const found = /** @type {Partial<Registered> | null} */ (kept(keyOf(code)));
  const { status, email, organization, at, since, corrected } = found ?? {};
  const whole = typeof status === 'string' && typeof email === 'string' && typeof organization === 'string';
  if (!whole || typeof at !== 'number' || Math.abs(Date.now() - at) >= REMEMBERED_MS) return undefined;
  const begun = typeof since === 'number' ? { since } : {};
  const before = typeof corrected === 'number' ? { corrected } : {};
  return { status, email, organization, stranger: true, at, ...begun, ...before };
}

/**
 * Whether the registration can still be taken back from this tab: it can prove that it made it, and it is less than a day old.
 * @param {string} code
 * @param {Registered} registered
 */
export const mayWithdraw = (code, { since }) =>
  since !== undefined && Math.abs(Date.now() - since) < REMEMBERED_MS && verifierOf(proofOf(code)) !== undefined;

/** Whether the address can be corrected once more. @param {Registered} registered */
export const mayCorrect = ({ corrected = 0 }) => corrected < 5;

/**
 * @param {string} code
 * @param {Registered} registered
 */
export const remember = (code, registered) => keep(keyOf(code), registered);

/** @param {string} code */
export const forget = (code) => drop(keyOf(code));
