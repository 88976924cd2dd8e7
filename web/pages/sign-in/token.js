/**
 * Takes the token of a login link out of the address bar, before anything else of the page runs. It stays with this entry of the
 * tab's history, so that a reload still has it, until it is used.
 */

const query = new URLSearchParams(location.search);
const found = query.get('t');

/** Whether somebody was led here by a page that only members see. */
export const isLedHere = query.has('out');

if (location.search !== '') history.replaceState(found ? { token: found } : null, '', location.pathname);

/** The token that this page was opened with; none if it was opened without, or it has been used. */
export const token = () => {
  const token = /** @type {{ token?: unknown } | null} */ (history.state)?.token;
  return typeof token === 'string' ? token : undefined;
};

/** Forgets the token: it is used, or of no use. */
export const forget = () => history.replaceState(null, '', location.pathname);
