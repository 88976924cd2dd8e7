import { isConnection } from '../api.js';
import { html } from '../lib/html.js';
import { wordsOf } from '../lib/words.js';
import { Icon } from './icon.js';

/**
 * Says that something went wrong, at once to screen readers too.
 * @param {{ text: string, icon?: import('./icon.js').IconName, children?: unknown }} props
 */
export const Notice = ({ text, icon = 'alert', children }) =>
  html`<div class="notice bad" role="alert"><${Icon} name=${icon} /><p>${text}${children}</p></div>`;

/**
 * Says why a call failed, if it did.
 * @param {{ problem: unknown, text?: string }} props `text` where the page has better words for it
 */
export const ProblemNotice = ({ problem, text }) =>
  problem === undefined ? null : html`<${Notice} icon=${isConnection(problem) ? 'offline' : 'alert'} text=${text ?? wordsOf(problem)} />`;
