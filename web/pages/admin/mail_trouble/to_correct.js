import { html } from '../../../lib/html.js';
import { say } from './say.js';

/**
 * Leads to where an address is corrected.
 * @param {{ member: { id: string, name: string } }} props
 */
export const ToCorrect = ({ member: { id, name } }) =>
  html`<a class="button plain slim" href=${`/admin/members/${id}?correct=1`} aria-label=${`${say('correct')}: ${name}`}>${say('correct')}</a>`;
