import { html } from '../../lib/html.js';

/** @typedef {'good' | 'wait' | 'bad' | 'off' | 'accent'} Tone */

/**
 * A state, in a word.
 * @param {{ tone: Tone, text: string }} props
 */
export const Chip = ({ tone, text }) => html`<span class=${`chip ${tone}`}>${text}</span>`;
