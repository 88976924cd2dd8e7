import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { drop, keep, kept } from './kept.js';

/**
 * What is being filled in. The tab keeps it, so that neither a reload nor a way back loses it, until it is sent or let go.
 * @template {object} T
 * @param {string} key
 * @param {T} initial what stands there to begin with
 * @returns {{ draft: T, edit: (change: Partial<T>) => void, forget: () => void, edited: boolean }}
 */
export function useDraft(key, initial) {
  const first = useRef(initial);
  const [draft, setDraft] = useState(() => {
    const before = kept(key);
    return /** @type {T} */ (before !== null && typeof before === 'object' ? { ...initial, ...before } : initial);
  });
  const edited = JSON.stringify(draft) !== JSON.stringify(first.current);
  const over = useRef(false);
  // At once: a reload may follow the last key.
  useLayoutEffect(() => {
    if (over.current) return;
    if (edited) keep(key, draft);
    else drop(key);
  }, [draft]);
  return {
    draft,
    edited,
    edit: (change) => setDraft((draft) => ({ ...draft, ...change })),
    forget: () => {
      over.current = true;
      drop(key);
    },
  };
}
