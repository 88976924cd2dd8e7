/** A link's statistics and people, fetched again and again while somebody looks. */

import { useEffect, useRef, useState } from 'preact/hooks';
import { Problem } from '../../../api.js';
import { linkStats } from '../../../calls/links.js';

/** @typedef {import('../../../calls/links.js').Stats} Stats */
/** @typedef {import('../../../calls/links.js').Enrollment} Enrollment */

/**
 * @typedef {object} Watched
 * @property {Stats | undefined} stats of the whole link; its people stand in `rows`
 * @property {Enrollment[]} rows those that came so far
 * @property {boolean} more
 * @property {boolean} loading
 * @property {unknown} problem why the last call did not bring anything
 * @property {number} at when it was fetched last
 * @property {() => Promise<void>} again fetches all that is shown
 * @property {() => Promise<void>} next fetches the next page
 */

const PAGE = 100;
const EVERY_MS = 30_000;
/** More people than this are not fetched anew by themselves: the numbers are. */
const GENTLE = 300;

/**
 * @param {string} id of the link
 * @param {import('../../../calls/links.js').EnrollmentState | undefined} inState only people in this state, where it is said
 * @returns {Watched}
 */
export function useWatched(id, inState) {
  /** @typedef {{ stats?: Stats, rows: Enrollment[], next: string | null, loading: boolean, problem?: unknown, at: number }} State */
  const [state, setState] = useState(/** @type {State} */ ({ rows: [], next: null, loading: true, at: 0 }));
  const now = useRef(state);
  now.current = state;
  const turn = useRef(0);

  const running = useRef(false);

  /**
   * @param {() => Promise<Partial<State>>} work
   * @param {boolean} [gently] what nobody asked for leaves the page as it is until there is something new
   */
  async function run(work, gently = false) {
    const mine = ++turn.current;
    running.current = true;
    if (!gently) setState((state) => ({ ...state, loading: true, problem: undefined }));
    try {
      const came = await work();
      if (mine === turn.current) setState((state) => ({ ...state, ...came, loading: false, problem: undefined, at: Date.now() }));
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      if (mine === turn.current) setState((state) => ({ ...state, loading: false, problem, at: Date.now() }));
    } finally {
      if (mine === turn.current) running.current = false;
    }
  }

  /** @param {number} wanted how many people there are to be at least @param {boolean} [gently] */
  const fetchFirst = (wanted, gently) =>
    run(async () => {
      let stats = await linkStats(id, undefined, PAGE, inState);
      const rows = [...stats.enrollments];
      let cursor = stats.next;
      // A page may be empty while there is another.
      while (cursor !== null && (rows.length < wanted || rows.length === 0)) {
        stats = await linkStats(id, cursor, PAGE, inState);
        rows.push(...stats.enrollments);
        cursor = stats.next;
      }
      return { stats, rows, next: cursor };
    }, gently);
  const again = () => fetchFirst(now.current.rows.length);
  const next = () =>
    run(async () => {
      let stats = await linkStats(id, now.current.next ?? undefined, PAGE, inState);
      const rows = [...now.current.rows, ...stats.enrollments];
      while (stats.next !== null && rows.length === now.current.rows.length) {
        stats = await linkStats(id, stats.next, PAGE, inState);
        rows.push(...stats.enrollments);
      }
      return { stats, rows, next: stats.next };
    });
  const numbers = () => run(async () => ({ stats: await linkStats(id, undefined, 1) }), true);

  useEffect(() => {
    // The numbers are those of the whole link, whoever is listed.
    setState(({ stats }) => ({ ...(stats?.link.id === id && { stats }), rows: [], next: null, loading: true, at: 0 }));
    void fetchFirst(0);
    const look = () => {
      const { rows, at } = now.current;
      if (document.visibilityState !== 'visible' || running.current || Date.now() - at < EVERY_MS) return;
      void (rows.length > GENTLE ? numbers() : fetchFirst(rows.length, true));
    };
    const timer = setInterval(look, EVERY_MS / 10);
    document.addEventListener('visibilitychange', look);
    return () => {
      turn.current += 1;
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [id, inState]);

  const { stats, rows, loading, problem, at } = state;
  return { stats, rows, more: state.next !== null, loading, problem, at, again, next };
}
