/** What the dashboard says of what was just done, and how to take it back. */

import { useEffect, useState } from 'preact/hooks';

/**
 * @typedef {object} Told
 * @property {number} id
 * @property {string} text
 * @property {'good' | 'bad'} tone
 * @property {{ label: string, run: () => Promise<void> }} [undo]
 * @property {boolean} [signIn] whether it needs somebody who is signed in
 */

/** How long it stays. What something can be done about stays longer. */
const STAYS_MS = 8_000;
const STAYS_WITH_ACTION_MS = 20_000;

/** @type {Told[]} */
let all = [];
let last = 0;
/** @type {Set<(all: Told[]) => void>} */
const listeners = new Set();

/** @param {Told[]} changed */
function put(changed) {
  all = changed;
  listeners.forEach((listener) => listener(all));
}

/**
 * @param {string} text
 * @param {{ tone?: 'good' | 'bad', undo?: { label: string, run: () => Promise<void> }, signIn?: boolean }} [more]
 */
export function tell(text, { tone = 'good', undo, signIn } = {}) {
  const id = ++last;
  put([...all.slice(-2), { id, text, tone, undo, signIn }]);
  setTimeout(() => untell(id), undo || signIn ? STAYS_WITH_ACTION_MS : STAYS_MS);
}

/** @param {number} id */
export const untell = (id) => put(all.filter((told) => told.id !== id));

/** All that is being said. */
export function useTold() {
  const [told, setTold] = useState(all);
  useEffect(() => {
    listeners.add(setTold);
    return () => void listeners.delete(setTold);
  }, []);
  return told;
}
