import { useEffect, useState } from 'preact/hooks';
import { Problem } from '../../../api.js';
import { overview } from '../../../calls/links.js';

/** @typedef {import('../../../calls/links.js').Overview} Overview */

/**
 * The sums over all links: they grow while one call after another adds its links.
 * @param {7 | 30} days
 * @returns {{ sums: Overview | undefined, problem: unknown, again: () => Promise<void> }} `sums.next` is null once they are whole
 */
export function useSums(days) {
  const [sums, setSums] = useState(/** @type {Overview | undefined} */ (undefined));
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
          setSums(so);
        } while (so.next !== null);
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        if (!left) setProblem(error);
      }
    })();
    return () => void (left = true);
  }, [days, tries]);
  return { sums, problem, again: async () => setTries((tries) => tries + 1) };
}
