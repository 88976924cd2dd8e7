import { useId } from 'preact/hooks';
import { html } from '../../lib/html.js';
import { useNarrow } from '../../lib/narrow.js';
import { say } from '../../pages/admin/say.js';
import { Icon } from './icon.js';
import { Menu } from './menu.js';

/** Puts the focus on what can be done with the selection. */
export const toBulk = () => /** @type {HTMLElement | null} */ (document.querySelector('.bulk-actions button, .bulk button'))?.focus();

/** @typedef {import('./menu.js').Item} Action */

/**
 * What can be done with the rows that are chosen. It is there while any are. On a phone it is one line: the first action, and a menu of the others.
 * @param {{ n: number, onClear: () => void, actions: readonly (Action | false)[], of?: string, children?: unknown }} props `of` says of which list, where a page has
 * several; `children` is a note
 */
export function Bulk({ n: chosen, onClear, actions: offered, of, children }) {
  const narrow = useNarrow();
  const id = useId();
  if (chosen === 0) return null;
  const actions = offered.filter((action) => action !== false);
  const others = narrow ? actions.slice(1) : [];
  return html`<div class="bulk" role="region" aria-label=${of ? say('actions_for', { name: of }) : say('actions')}>
    <p class="bulk-count" role="status">${say('selected', { n: chosen })}</p>
    ${narrow && children}
    <div class="bulk-actions">
      ${actions.slice(0, actions.length - others.length).map(
        ({ label, run, off }, n) => html`<button type="button" class="button plain slim" key=${label} aria-disabled=${off ? 'true' : 'false'} aria-describedby=${typeof off === 'string' && `${id}-${n}`} onClick=${run}>
            ${label}
          </button>
          ${typeof off === 'string' && html`<span class="unseen" id=${`${id}-${n}`}>${off}</span>`}`,
      )}
      ${others.length > 0 && html`<${Menu} label=${say('more_actions')} items=${others} />`}
      ${!narrow && children}
    </div>
    ${narrow
      ? html`<button type="button" class="icon-button" aria-label=${say('select_none')} onClick=${onClear}><${Icon} name="close" /></button>`
      : html`<button type="button" class="link small" onClick=${onClear}>${say('select_none')}</button>`}
  </div>`;
}
