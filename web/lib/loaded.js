import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { Problem } from '../api.js';

/**
 * @template T
 * @typedef {object} Loaded something that is fetched for a page
 * @property {T | undefined} data what came last; it stays while it is fetched again
 * @property {unknown} problem why it did not come
 * @property {boolean} loading
 * @property {() => Promise<void>} again fetches it again
 * @property {(change: (data: T) => T) => void} change puts something else in its place, such as the answer of an edit
 */

/**
 * Fetches something when the page opens, and whenever what it depends on changes. An answer that comes late, after what was asked
 * for has changed, is left.
 * @template T
 * @param {() => Promise<T>} load
 * @param {readonly unknown[]} on what it depends on
 * @returns {Loaded<T>}
 */
export function useLoaded(load, on) {
  const [state, setState] = useState(/** @type {{ data?: T, problem?: unknown, loading: boolean }} */ ({ loading: true }));
  const turn = useRef(0);
  const again = useCallback(async () => {
    const mine = ++turn.current;
    setState(({ data }) => ({ data, loading: true }));
    try {
      const data = await load();
      if (mine === turn.current) setState({ data, loading: false });
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      if (mine === turn.current) setState(({ data }) => ({ data, problem, loading: false }));
    }
  }, [...on]);
  useEffect(() => {
    setState({ loading: true });
    void again();
    return () => void (turn.current += 1);
  }, [again]);
  const change = useCallback((/** @type {(data: T) => T} */ made) => {
    setState((state) => (state.data === undefined ? state : { ...state, data: made(state.data) }));
  }, []);
  return { data: state.data, problem: state.problem, loading: state.loading, again, change };
}
