import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { Problem } from '../api.js';

/**
 * @template T
 * @typedef {object} Listed a list that comes in pages
 * @property {T[] | undefined} rows all that came so far; nothing before the first page
 * @property {boolean} more whether there is another page
 * @property {boolean} complete whether `rows` are the whole list, so that they can be counted
 * @property {boolean} loading
 * @property {unknown} problem why the last page did not come
 * @property {() => Promise<void>} next fetches the next page
 * @property {() => Promise<void>} again fetches the list anew, from its beginning
 * @property {(change: (rows: T[]) => T[]) => void} change puts other rows in the place of these
 */

/**
 * Fetches a list's first page when it opens and whenever its filter changes, and the others one by one.
 * @template T
 * @param {(cursor: string | undefined) => Promise<{ rows: T[], next: string | null }>} page
 * @param {readonly unknown[]} on what the list depends on
 * @param {{ whole?: boolean }} [how] `whole` fetches every page at once
 * @returns {Listed<T>}
 */
export function useListed(page, on, { whole = false } = {}) {
  /** @typedef {{ rows?: T[], next: string | null | undefined, loading: boolean, problem?: unknown }} State */
  const [state, setState] = useState(/** @type {State} */ ({ next: undefined, loading: true }));
  const turn = useRef(0);
  const fetchFrom = useCallback(async (/** @type {string | undefined} */ cursor, /** @type {T[]} */ before) => {
    const mine = ++turn.current;
    setState((state) => ({ rows: state.rows, next: state.next, loading: true }));
    let [rows, next] = [before, /** @type {string | null | undefined} */ (cursor)];
    try {
      do {
        const came = await page(next ?? undefined);
        if (mine !== turn.current) return;
        rows = [...rows, ...came.rows];
        next = came.next;
        // A page may be empty while there is another.
        const goOn = next !== null && (whole || rows.length === before.length);
        setState({ rows, next, loading: goOn });
        if (!goOn) return;
      } while (true);
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      if (mine === turn.current) setState((state) => ({ rows: state.rows, next, loading: false, problem }));
    }
  }, [...on]);
  useEffect(() => {
    setState({ next: undefined, loading: true });
    void fetchFrom(undefined, []);
    return () => void (turn.current += 1);
  }, [fetchFrom]);
  return {
    rows: state.rows,
    more: typeof state.next === 'string',
    complete: state.rows !== undefined && state.next === null,
    loading: state.loading,
    problem: state.problem,
    next: () => fetchFrom(state.next ?? undefined, state.rows ?? []),
    again: () => fetchFrom(undefined, []),
    change: (made) => setState((state) => ({ ...state, rows: state.rows && made(state.rows) })),
  };
}
