import { useEffect, useState } from 'preact/hooks';
import { Problem } from '../../../api.js';
import { overview } from '../../../calls/links.js';

/** @typedef {import('../../../calls/links.js').Overview} Overview */

/**
 * The sums over all links. Each call adds some links; a sum is given only once all links are in it.
 * @param {7 | 30} days
 * @returns {{ sums: Overview | undefined, members: Overview['members'] | undefined, problem: unknown, again: () => Promise<void> }} `members` are
 * counted by the first call. While the links are counted for other days, `sums` are those of the days before.
 */
export function useSums(days) {
  const [sums, setSums] = useState(/** @type {Overview | undefined} */ (undefined));
  const [members, setMembers] = useState(/** @type {Overview['members'] | undefined} */ (undefined));
  const [problem, setProblem] = useState(/** @type {unknown} */ (undefined));
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let left = false;
    (async () => {
      setProblem(undefined);
      try {
        /** @type {Overview | undefined} */
        let so;
        do {
          so = await overview(days, so?.next ?? undefined);
          if (left) return;
          setMembers(so.members);
        } while (so.next !== null);
        setSums(so);
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        if (!left) setProblem(error);
      }
    })();
    return () => void (left = true);
  }, [days, tries]);
  return { sums, members, problem, again: async () => setTries((tries) => tries + 1) };
}
