/** What this tab remembers of a login link that was asked for, so that "check your email" survives a reload. */

import { drop, keep, kept } from '../../lib/kept.js';
import { forgetProof } from '../../lib/proof.js';

/** @typedef {{ email: string, at: number }} Asked to which address, and when, in milliseconds */

/** What a verifier is kept under. */
export const PROOF = 'sign-in';

const KEY = 'asked';

/** A login link that was asked for is good for so long. */
const REMEMBERED_MS = 15 * 60_000;

/** @returns {Asked | undefined} */
export function asked() {
  const { email, at } = /** @type {Partial<Asked>} */ (kept(KEY) ?? {});
  const whole = typeof email === 'string' && typeof at === 'number';
  return whole && Math.abs(Date.now() - at) < REMEMBERED_MS ? { email, at } : undefined;
}

/** @param {Asked} asked */
export const remember = (asked) => keep(KEY, asked);

/** It is over: somebody has signed in, or asks with another address. */
export function over() {
  drop(KEY);
  forgetProof(PROOF);
}
