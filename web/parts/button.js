import { html } from '../lib/html.js';
import { say } from '../lib/language.js';

/**
 * A button that keeps its place and the focus while its work is under way.
 * @param {{ label: string, busy: boolean, off?: boolean, look?: string, onClick?: () => void, describedBy?: string }} props `off` while there is nothing to do; without
 * `onClick` it sends the form it is in
 */
export function Button({ label, busy, off = false, look = '', onClick, describedBy }) {
  return html`<button
    type=${onClick ? 'button' : 'submit'}
    class=${`button ${look}`}
    aria-disabled=${busy || off ? 'true' : 'false'}
    aria-describedby=${describedBy}
    onClick=${onClick}
  >
    ${busy && html`<span class="spinner" aria-hidden="true"></span>`} ${busy ? say('working') : label}
  </button>`;
}
