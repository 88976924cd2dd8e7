import { html } from '../lib/html.js';

/**
 * A picture beside words that say the same.
 * @param {{ paths: readonly string[] }} props each in a field of 24 by 24
 */
export const Outline = ({ paths }) =>
  html`<svg
    class="icon"
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    stroke-width="2"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    ${paths.map((path) => html`<path d=${path} />`)}
  </svg>`;
