import { html } from '../../../lib/html.js';
import { Icon } from '../../../parts/admin/icon.js';
import { say } from './form_say.js';

/** @typedef {import('./form_warnings.js').Warning} Warning */

/**
 * What an admin would want to know of a field, below it.
 * @param {{ warnings: readonly Warning[], at: Warning['at'] }} props
 */
export function Warned({ warnings, at }) {
  const mine = warnings.filter((warning) => warning.at === at);
  return html`<div class="warned" role="status">
    ${mine.length > 0 &&
    html`<ul class="warnings">
      ${mine.map(({ key, values }) => html`<li key=${key}><${Icon} name="warning" /><span>${say(key, values)}</span></li>`)}
    </ul>`}
  </div>`;
}
