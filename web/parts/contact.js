import { html } from '../lib/html.js';

/**
 * Whom to ask, as a link.
 * @param {{ contact: string }} props an e-mail address or an https address
 */
export const Contact = ({ contact }) =>
  html`<a href=${/^https:\/\//i.test(contact) ? contact : `mailto:${contact}`} rel="noopener noreferrer">${contact}</a>`;
