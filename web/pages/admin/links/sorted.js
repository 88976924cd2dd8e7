/** Which links of a list are shown, and in which order. */

/** @typedef {import('../../../calls/links.js').Link} Link */
/** @typedef {'newest' | 'name' | 'expiry' | 'fullest'} Order */

/** @type {readonly Order[]} */
export const ORDERS = ['newest', 'name', 'expiry', 'fullest'];

/** @type {readonly import('../../../calls/links.js').Status[]} */
export const STATUSES = ['open', 'scheduled', 'full', 'waiting_list', 'expired', 'inactive', 'deleted'];

/** @param {string} text */
const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** A code as it is printed: in groups, by hand perhaps in capitals. @param {string} text */
const asCode = (text) => text.toLowerCase().replace(/[\s-]/g, '');

/**
 * The links that a search finds: each of its words stands in the name or the description, or it is a part of the code.
 * @param {readonly Link[]} links
 * @param {string} search
 */
export function found(links, search) {
  const words = plain(search).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...links];
  const code = asCode(search);
  return links.filter((link) => {
    const text = plain(`${link.name} ${link.description}`);
    return words.every((word) => text.includes(word)) || (code.length >= 4 && link.code.includes(code));
  });
}

/** How full a link is; one without a cap never is. @param {Link} link */
const fullness = ({ cap, seats }) => (cap === null ? -1 : seats.taken / cap);

/** @type {Record<Order, (a: Link, b: Link) => number>} */
const COMPARE = {
  newest: (a, b) => b.created_at.localeCompare(a.created_at),
  name: (a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }),
  expiry: (a, b) => (a.expires_at ?? '9999').localeCompare(b.expires_at ?? '9999'),
  fullest: (a, b) => fullness(b) - fullness(a),
};

/**
 * @param {readonly Link[]} links
 * @param {Order} order
 */
export const sorted = (links, order) => [...links].sort(COMPARE[order]);
