/** One deed for many members: a hundred a call, one call after the other, until all are done or somebody stops it. */

import { Problem } from '../../../api.js';
import { AT_ONCE, doToMembers } from '../../../calls/members.js';

/** @typedef {import('../../../calls/members.js').Deed} Deed */
/** @typedef {import('../../../calls/members.js').Outcome} Outcome */
/** @typedef {ReadonlyMap<string, Outcome>} Outcomes what became of each, by their id */
/** @typedef {ReadonlyMap<string, import('../../../calls/members.js').NamedLink>} Full the link that had no seat for somebody, by their id */

/**
 * @param {Deed} deed
 * @param {readonly string[]} ids
 * @param {{ stopped: () => boolean, after: (outcomes: Outcomes) => void, call?: typeof doToMembers } & import('../../../calls/members.js').How} watch `after` is told after each call what
 * has become of all so far
 * @returns {Promise<{ outcomes: Outcomes, full: Full, problem?: Problem }>} whoever is not among the outcomes is left to be done
 */
export async function run(deed, ids, { stopped, after, includeRejected = false, mail, call = doToMembers }) {
  /** @type {Map<string, Outcome>} */
  const outcomes = new Map();
  /** @type {Map<string, import('../../../calls/members.js').NamedLink>} */
  const full = new Map();
  for (let from = 0; from < ids.length && !stopped(); from += AT_ONCE) {
    try {
      const { results } = await call(deed, ids.slice(from, from + AT_ONCE), { includeRejected, mail });
      for (const { id, outcome, link } of results) {
        outcomes.set(id, outcome);
        if (link) full.set(id, link);
      }
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      return { outcomes, full, problem };
    }
    after(outcomes);
  }
  return { outcomes, full };
}

/** Which outcomes are told first: what was wanted, then what needs a look, then what was so before. */
const ORDER = /** @type {const} */ ([
  'granted', 'refused', 'restored', 'queued', 'revoked', 'unavailable', 'link_full', 'rejected', 'suppressed', 'too_soon', 'no_access', 'is_admin',
  'nothing_pending', 'not_revoked', 'already_granted', 'already_revoked', 'not_found',
]);

/**
 * Whom each outcome befell.
 * @param {Outcomes} outcomes
 * @returns {[Outcome, string[]][]}
 */
export function grouped(outcomes) {
  return ORDER.map((one) => /** @type {[Outcome, string[]]} */ ([one, [...outcomes].flatMap(([id, outcome]) => (outcome === one ? [id] : []))])).filter(([, ids]) => ids.length > 0);
}
