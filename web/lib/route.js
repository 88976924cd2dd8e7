/** Which page of the dashboard is open, and how to go to another without loading it anew. */

import { useEffect, useState } from 'preact/hooks';

/** @typedef {{ path: string, query: URLSearchParams }} Route */

const ROOT = '/admin';

/** @type {Set<() => void>} */
const listeners = new Set();

/** Whether the page that is shown stays, whatever the address says. */
let held = false;

const tell = () => void (held || listeners.forEach((listener) => listener()));

/** @returns {Route} */
const here = () => ({ path: location.pathname.replace(/\/$/, ''), query: new URLSearchParams(location.search) });

/** What a page gives the focus to when it is shown. @type {{ path: string, selector: string } | undefined} */
let wanted;

/**
 * Opens a page of the dashboard.
 * @param {string} to
 * @param {string} [focus] a selector of what is to have the focus there, in the place of its heading
 */
export function go(to, focus) {
  wanted = focus === undefined ? undefined : { path: new URL(to, location.origin).pathname, selector: focus };
  history.pushState(null, '', to);
  scrollTo(0, 0);
  tell();
}

/**
 * Writes what is chosen on a page into its address, so that a reload and a way back find it. What is empty is left out.
 * @param {Record<string, string | undefined>} query
 */
export function remember(query) {
  const said = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const text = new URLSearchParams(/** @type {[string, string][]} */ (said)).toString();
  history.replaceState(history.state, '', location.pathname + (text && `?${text}`));
  tell();
}

/**
 * Writes what is chosen into the address beside what stands there now: what comes late, such as a search that was typed, brings back nothing that
 * was changed meanwhile. What is empty is taken out.
 * @param {Record<string, string | undefined>} change
 */
export const amend = (change) => remember({ ...Object.fromEntries(here().query), ...change });

/**
 * Keeps the page as it is, for it shows what would be lost: the browser's Back leads forward again, and leaving is asked about.
 * @returns {() => void} lets go of it
 */
export function hold() {
  const { href } = location;
  const stay = () => void (location.href !== href && history.forward());
  const ask = (/** @type {Event} */ event) => event.preventDefault();
  held = true;
  addEventListener('popstate', stay);
  addEventListener('beforeunload', ask);
  return () => {
    held = false;
    removeEventListener('popstate', stay);
    removeEventListener('beforeunload', ask);
    tell();
  };
}

/** What the page that is open was asked to give the focus to, this once. */
export function wantedFocus() {
  const selector = wanted?.path === here().path ? wanted.selector : undefined;
  wanted = undefined;
  return selector;
}

/** The page that is open; a component that asks is drawn anew when it is another. */
export function useRoute() {
  const [route, setRoute] = useState(here);
  useEffect(() => {
    const changed = () => setRoute(here());
    listeners.add(changed);
    return () => void listeners.delete(changed);
  }, []);
  return route;
}

/** Makes the links of the dashboard open its pages in place. Others, and those opened in another tab, are left to the browser. */
export function followLinks() {
  addEventListener('popstate', tell);
  document.addEventListener('click', (event) => {
    const anchor = /** @type {Element} */ (event.target).closest?.('a');
    if (!anchor || anchor.target || anchor.hasAttribute('download') || anchor.origin !== location.origin) return;
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if (anchor.pathname !== ROOT && !anchor.pathname.startsWith(`${ROOT}/`)) return;
    event.preventDefault();
    go(anchor.pathname + anchor.search);
  });
}
