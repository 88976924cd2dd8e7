import { Problem } from '../../api.js';
import { countOpened } from '../../calls/worker.js';
import { keep, kept } from '../../lib/kept.js';

/**
 * Tells once per tab that somebody opened the link: not while the browser only prepares the page, nor again on reload.
 * @param {string} code
 */
export function tellOpened(code) {
  const key = `opened:${code}`;
  if (kept(key)) return;
  if (document.visibilityState !== 'visible') {
    document.addEventListener('visibilitychange', () => tellOpened(code), { once: true });
    return;
  }
  keep(key, true);
  countOpened(code).catch((error) => {
    // A figure of the admin's. It is not worth a word to whoever joins.
    if (!(error instanceof Problem)) throw error;
  });
}
