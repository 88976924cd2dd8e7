import { html } from '../../lib/html.js';

/**
 * How much of something there is, as a bar. The words beside it say the same.
 * @param {{ part: number, of: number, tone?: 'accent' | 'wait' | 'bad' | 'good' }} props
 */
export const Bar = ({ part, of, tone = 'accent' }) =>
  html`<svg class=${`bar ${tone}`} viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
    <rect class="bar-ground" width="100" height="6" />
    <rect class="bar-part" width=${of > 0 ? Math.min(100, (100 * part) / of) : 0} height="6" />
  </svg>`;
