import { html } from '../../../lib/html.js';
import { number } from '../../../lib/speaker.js';
import { say as sayAll } from '../say.js';
import { ACCESSES } from './asked.js';
import { say } from './say.js';

/** @typedef {import('../../../calls/members.js').Counts} Counts */
/** @typedef {import('../../../calls/members.js').Access} Access */

/** Which accesses a tab shows. @type {Record<'' | typeof ACCESSES[number], readonly Access[]>} */
const OF = {
  '': ['unverified', 'rejected', 'pending', 'granted', 'revoked'],
  without: ['unverified', 'rejected', 'pending'],
  pending: ['pending'],
  unverified: ['unverified'],
  rejected: ['rejected'],
  granted: ['granted'],
  revoked: ['revoked'],
};

/**
 * How many a tab shows, and whether there are more.
 * @param {Counts} counts
 * @param {keyof typeof OF} tab
 */
export function countOf(counts, tab) {
  const parts = OF[tab].map((access) => counts[access]);
  return { count: parts.reduce((sum, { count }) => sum + count, 0), more: parts.some(({ more }) => more) };
}

/**
 * The members by access, a tab for each.
 * @param {{ access?: keyof typeof OF, counts: Counts | undefined, choose: (change: Record<string, string>) => void }} props without `counts` no
 *   number is shown
 */
export const Tabs = ({ access = '', counts, choose }) =>
  html`<div class="tabs" role="group" aria-label=${say('column_access')}>
    ${/** @type {const} */ (['', ...ACCESSES]).map((one) => {
      const counted = counts && countOf(counts, one);
      const words = one ? say(`access_${one}`) : sayAll('all');
      return html`<button
        type="button"
        class="tab"
        key=${one}
        data-count=${counted && !counted.more ? counted.count : undefined}
        aria-pressed=${access === one ? 'true' : 'false'}
        onClick=${() => choose({ access: one })}
      >
        ${words}${counted && ` ${counted.more ? say('count_more', { n: counted.count }) : number(counted.count)}`}
      </button>`;
    })}
  </div>`;
