/** Which members a page asks for: what stands in its address, and what the API is asked by it. */

/** @typedef {import('../../../calls/members.js').Asked} Asked */
/** @typedef {import('../../../calls/members.js').Access} Access */
/** @typedef {import('../../../calls/jobs.js').Waiting} Waiting */

export const ACCESSES = /** @type {const} */ (['without', 'pending', 'unverified', 'rejected', 'granted', 'revoked']);
const SORTS = /** @type {const} */ (['access', 'newest', 'created', 'name']);

/** The orders that the API offers, by the columns they are of. @type {Record<'access' | 'name' | 'came', import('../../../lib/sort.js').Sort<any>>} */
export const ORDERS = {
  access: { kind: 'state', up: 'access' },
  name: { kind: 'text', up: 'name' },
  came: { kind: 'date', up: 'created', down: 'newest' },
};

/**
 * @template {string} T
 * @param {readonly T[]} all
 * @param {string | null} one
 */
const among = (all, one) => all.find((other) => other === one);

/**
 * @param {URLSearchParams} query
 * @returns {Asked}
 */
export function askedBy(query) {
  const q = (query.get('q') ?? '').trim();
  return {
    access: among(ACCESSES, query.get('access')),
    link: query.get('link') ?? undefined,
    unit: query.get('unit') ?? undefined,
    // The API finds by letters and digits alone.
    q: /[\p{L}\p{N}]/u.test(q) ? q.slice(0, 100) : undefined,
    mail: query.get('mail') === 'trouble' ? 'trouble' : undefined,
    sort: among(SORTS, query.get('sort')),
  };
}

/**
 * The filter of a job that grants access, where it can say who is asked for; nothing where it can't. Those whom an admin rejected are chosen one by one.
 * @param {Asked} asked
 * @returns {{ access: Exclude<Waiting, 'rejected'>, link?: string, unit?: string } | undefined}
 */
export function orderOf({ access, link, unit, q, mail }) {
  if (q !== undefined || mail !== undefined) return undefined;
  if (access !== 'pending' && access !== 'unverified' && access !== 'without') return undefined;
  return { access, ...(link && { link }), ...(unit && { unit }) };
}
