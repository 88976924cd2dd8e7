import { useRef, useState } from 'preact/hooks';
import { listAndCount, listMembers } from '../../../calls/members.js';
import { countOf } from './tabs.js';

/** @typedef {import('../../../calls/members.js').Asked} Asked */
/** @typedef {import('../../../calls/members.js').Counts} Counts */

/** How long counts are kept. Other admins, and people who register, change them meanwhile. */
const KEPT_MS = 30_000;

/**
 * Whether the counts contradict a list that is whole.
 * @param {Counts} counts
 * @param {Asked} asked
 * @param {number} n how many the list has
 */
function contradict(counts, { access }, n) {
  const { count, more } = countOf(counts, access ?? '');
  return more || count !== n;
}

/**
 * The first page of the members, and how many there are by access. The counts are of everybody, whichever tab and order is chosen, and counting is
 * what costs: they are kept for a while, unless a list shows that they have changed.
 * @returns {{ counts: Counts | undefined, first: (asked: Asked) => Promise<{ rows: import('../../../calls/members.js').Member[], next: string | null }>, forget: () => void }} `forget`
 * has the next first page counted anew
 */
export function useCounted() {
  const [counts, setCounts] = useState(/** @type {Counts | undefined} */ (undefined));
  const kept = useRef(/** @type {{ counts: Counts, at: number } | undefined} */ (undefined));
  const forget = () => void (kept.current = undefined);
  /** @param {Asked} asked */
  async function first(asked) {
    if (kept.current && Date.now() - kept.current.at < KEPT_MS) {
      const { members, next } = await listMembers(asked);
      if (next !== null || !contradict(kept.current.counts, asked, members.length)) return { rows: members, next };
    }
    const { members, next, counts } = await listAndCount(asked);
    kept.current = { counts, at: Date.now() };
    setCounts(counts);
    return { rows: members, next };
  }
  return { counts, first, forget };
}
