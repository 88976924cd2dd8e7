/** How the outcomes of a deed are named and shown. */

/** @typedef {import('../../../calls/members.js').Deed} Deed */
/** @typedef {import('../../../calls/members.js').Outcome} Outcome */

/**
 * `revoked` is what a revocation wants, and what keeps a grant from somebody.
 * @param {Deed} deed
 * @param {Outcome} outcome
 */
export const wordOf = (deed, outcome) => (outcome === 'revoked' && deed !== 'revocations' ? 'shut_out' : outcome);

/** What was wanted, and was done. */
const DONE = /** @type {readonly string[]} */ (['granted', 'refused', 'restored', 'queued', 'revoked']);
/** What was so before, so that nothing was done. */
const AS_BEFORE = /** @type {readonly string[]} */ (['already_granted', 'already_revoked', 'not_revoked', 'nothing_pending']);

/**
 * How it is told: only what was done is good.
 * @param {string} word
 */
export const lookOf = (word) => (DONE.includes(word) ? 'good' : AS_BEFORE.includes(word) ? 'off' : 'bad');
