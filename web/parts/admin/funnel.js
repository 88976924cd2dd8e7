import { html } from '../../lib/html.js';
import { number } from '../../lib/speaker.js';
import { Bar } from './bar.js';

/**
 * Steps that people take one after the other, and how many came so far.
 * @param {{ steps: readonly { label: string, n: number }[] }} props
 */
export function Funnel({ steps }) {
  const most = Math.max(...steps.map(({ n }) => n), 1);
  return html`<ol class="funnel">
    ${steps.map(
      ({ label, n }) => html`<li key=${label}>
        <span class="funnel-words"><span>${label}</span><strong>${number(n)}</strong></span>
        <${Bar} part=${n} of=${most} />
      </li>`,
    )}
  </ol>`;
}
