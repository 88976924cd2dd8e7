import { drop, keep, kept } from './kept.js';

/**
 * The idempotency key of what is being sent: the same as long as the same is sent again, over a reload too, so that it is done once.
 * @param {string} name of what is sent
 * @param {object} body
 */
export function attemptKey(name, body) {
  const text = JSON.stringify(body);
  const before = /** @type {{ text?: string, key?: string } | null} */ (kept(`attempt:${name}`));
  if (before?.text === text && before.key) return before.key;
  const key = crypto.randomUUID();
  keep(`attempt:${name}`, { text, key });
  return key;
}

/** It has been done; the next is another. @param {string} name */
export const attemptDone = (name) => drop(`attempt:${name}`);
