import { html } from '../../lib/html.js';
import { say } from '../../pages/admin/say.js';

/** Puts the focus on what can be done with the selection. */
export const toBulk = () => /** @type {HTMLElement | null} */ (document.querySelector('.bulk button, .bulk a, .bulk select'))?.focus();

/**
 * What can be done with the rows that are chosen. It is there while any are.
 * @param {{ n: number, onClear: () => void, of?: string, children: unknown }} props `of` says of which list, where a page has several
 */
export const Bulk = ({ n, onClear, of, children }) =>
  n === 0
    ? null
    : html`<div class="bulk" role="region" aria-label=${of ? say('actions_for', { name: of }) : say('actions')}>
        <p class="bulk-count" role="status">${say('selected', { n })}</p>
        <div class="bulk-actions">${children}</div>
        <button type="button" class="link small" onClick=${onClear}>${say('select_none')}</button>
      </div>`;
