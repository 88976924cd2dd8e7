import { go } from '../../lib/route.js';

const SEARCH = '#content input[type="search"]';

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
  const search = /** @type {HTMLElement | null} */ (document.querySelector(SEARCH));
  if (search) {
    event.preventDefault();
    search.focus();
  } else if (control) {
    event.preventDefault();
    go('/admin/members', SEARCH);
  }
}
