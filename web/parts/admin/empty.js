import { html } from '../../lib/html.js';
import { Icon } from './icon.js';

/**
 * Says why there is nothing to see, and what to do.
 * @param {{ icon: import('./icon.js').IconName, title: string, children?: unknown }} props
 */
export const Empty = ({ icon, title, children }) =>
  html`<div class="empty"><${Icon} name=${icon} /><p><strong>${title}</strong></p>${children}</div>`;
