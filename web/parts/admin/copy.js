import { html } from '../../lib/html.js';
import { tell } from '../../lib/told.js';
import { say } from '../../pages/admin/say.js';
import { Icon } from './icon.js';

/** @param {string} text */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    tell(say('copied'));
  } catch {
    // The browser forbids it, or the page is not in front.
    tell(say('not_copied'), { tone: 'bad' });
  }
}

/**
 * A text that is there to be copied, with a button that does.
 * @param {{ text: string, label: string }} props `label` says what it is
 */
export const Copied = ({ text, label }) =>
  html`<div class="copied">
    <input class="input" readonly value=${text} aria-label=${label} onFocus=${(/** @type {FocusEvent} */ event) => /** @type {HTMLInputElement} */ (event.currentTarget).select()} />
    <button type="button" class="button plain slim" onClick=${() => copy(text)}><${Icon} name="copy" />${say('copy')}</button>
  </div>`;
