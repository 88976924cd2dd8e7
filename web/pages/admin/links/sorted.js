/** Which links of a list are shown, and in which order. */

import { byDate, byText } from '../../../lib/sort.js';
import { say } from './say.js';

/** @typedef {import('../../../calls/links.js').Link} Link */

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

/** How full a link is; nothing of one without a cap. @param {Link} link */
const fullness = ({ cap, seats }) => (cap === null ? null : seats.taken / cap);

/** What each column is sorted by. */
export const SORTS = {
  /** @type {import('../../../lib/sort.js').Sort<Link>} */
  name: byText('name', ({ name }) => name),
  /** @type {import('../../../lib/sort.js').Sort<Link>} */
  state: byText('state', ({ status }) => say(`status_${status}`)),
  /** @type {import('../../../lib/sort.js').Sort<Link>} */
  seats: { kind: 'number', up: 'emptiest', down: 'fullest', by: fullness },
  /** @type {import('../../../lib/sort.js').Sort<Link>} */
  time: byDate('expiry', ({ expires_at }) => expires_at),
};
