/** How a link's state, seats and expiry are shown, wherever they are. */

import { html } from '../../../lib/html.js';
import { fromNow, localMoment, moment } from '../../../lib/when.js';
import { Bar } from '../../../parts/admin/bar.js';
import { Chip } from '../../../parts/admin/chip.js';
import { zone } from '../who.js';
import { say } from './say.js';

/** @typedef {import('../../../calls/links.js').Link} Link */

/** @type {Record<import('../../../calls/links.js').Status, import('../../../parts/admin/chip.js').Tone>} */
const TONES = { open: 'good', scheduled: 'accent', full: 'wait', waiting_list: 'wait', expired: 'off', inactive: 'off', deleted: 'off' };

/** @param {{ link: Link }} props */
export const StatusChip = ({ link: { status } }) => html`<${Chip} tone=${TONES[status]} text=${say(`status_${status}`)} />`;

/** Whether the seats that are free are for the people on the waiting list. @param {Link} link */
export const areHeld = ({ status, seats, expires_at }) =>
  (status === 'full' || status === 'waiting_list') && (seats.free ?? 0) > 0 && (expires_at === null || Date.parse(expires_at) > Date.now());

/** @param {{ link: Link }} props */
export function Seats({ link: { cap, seats } }) {
  if (cap === null) return html`<span>${say('seats_no_cap', { n: seats.taken })}</span>`;
  const tone = seats.taken >= 0.8 * cap ? 'wait' : 'accent';
  return html`<span class="with-bar"><span>${say('seats_of', { taken: seats.taken, cap })}</span><${Bar} part=${seats.taken} of=${cap} tone=${tone} /></span>`;
}

/**
 * When a link begins, expires or expired, in words, with the moment in the organization's zone.
 * @param {{ link: Link }} props
 */
export function Time({ link: { status, starts_at, starts_local, expires_at, expires_local, deleted_at } }) {
  // What it was to expire does not matter any more.
  if (status === 'deleted' && deleted_at) return html`<span title=${moment(deleted_at, zone())}>${say('deleted_then', { when: fromNow(deleted_at) })}</span>`;
  if (status === 'scheduled' && starts_at && starts_local) return html`<${Moment} words=${say('begins', { when: fromNow(starts_at) })} local=${starts_local} />`;
  if (!expires_at || !expires_local) return html`<span class="quiet">${say('never_expires')}</span>`;
  const word = Date.parse(expires_at) <= Date.now() ? 'expired' : 'expires_then';
  return html`<${Moment} words=${say(word, { when: fromNow(expires_at) })} local=${expires_local} />`;
}

/** @param {{ words: string, local: string }} props */
const Moment = ({ words, local }) => html`<span>${words}<br /><span class="quiet small">${localMoment(local)}</span></span>`;
