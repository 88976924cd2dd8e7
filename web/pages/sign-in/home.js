/** Where somebody comes to who signs in. */

const KEY = 'come-back';

/** How long a page is remembered that was left for signing in. A login link is good for so long. */
const REMEMBERED_MS = 15 * 60_000;

/** Remembers the page that is open, because nobody is signed in. The mail with the login link opens another tab, so the browser remembers. */
export function comeBackHere() {
  try {
    localStorage.setItem(KEY, JSON.stringify({ path: location.pathname + location.search, at: Date.now() }));
  } catch {
    // Storage is switched off: signing in then leads to the first page.
  }
}

/**
 * The page that somebody comes to who signs in.
 * @param {import('../../calls/worker.js').Member} member
 */
export const homeOf = (member) => (member.role === 'admin' ? (left() ?? '/admin') : '/training');

/** The page of the dashboard that was left a short while ago, once. */
function left() {
  try {
    const { path, at } = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    localStorage.removeItem(KEY);
    const ours = typeof path === 'string' && /^\/admin(?:[/?]|$)/.test(path);
    return ours && Math.abs(Date.now() - at) < REMEMBERED_MS ? path : undefined;
  } catch {
    // Storage is switched off, or holds what we didn't write.
    return undefined;
  }
}
