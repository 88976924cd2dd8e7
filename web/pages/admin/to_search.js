import { go } from '../../lib/route.js';

const searches = () => /** @type {HTMLElement | null} */ (document.querySelector('#content input[type="search"]'));

/** Whether keys typed there are text. @param {EventTarget | null} target */
const isTyping = (target) => target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable], dialog') !== null;

/**
 * `/` and Ctrl+K (⌘K on a Mac) lead to the search of the page. Where there is none, Ctrl+K leads to the list of members, and its search.
 * @param {KeyboardEvent} event
 */
export function toSearch(event) {
  const control = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k';
  const slash = event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target);
  if ((!control && !slash) || document.querySelector('dialog[open]')) return;
  const search = searches();
  if (search) {
    event.preventDefault();
    search.focus();
  } else if (control) {
    event.preventDefault();
    go('/admin/members');
    focusWhenThere();
  }
}

/** How many frames the search has the focus before it counts as given: a page gives it to its heading a moment after it is shown. */
const HELD = 10;

/**
 * Gives the search the focus once the page that was opened shows it.
 * @param {number} [tries] frames that are waited at most
 * @param {number} [held] for how many it has had the focus
 */
function focusWhenThere(tries = 300, held = 0) {
  const search = searches();
  const now = document.activeElement;
  if (tries === 0 || held === HELD || (now?.matches('input, select, textarea') && now !== search)) return;
  search?.focus();
  requestAnimationFrame(() => focusWhenThere(tries - 1, search ? held + 1 : 0));
}
