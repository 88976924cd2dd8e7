import { html } from '../lib/html.js';
import { Icon } from './icon.js';

/**
 * Says that something went wrong, at once to screen readers too.
 * @param {{ text: string, icon?: import('./icon.js').IconName, children?: unknown }} props
 */
export const Notice = ({ text, icon = 'alert', children }) =>
  html`<div class="notice bad" role="alert"><${Icon} name=${icon} /><p>${text}${children}</p></div>`;
