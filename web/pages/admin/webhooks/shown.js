/** How webhooks and what is sent to them are shown. */

import { html } from '../../../lib/html.js';
import { fromNow, moment } from '../../../lib/when.js';
import { Chip } from '../../../parts/admin/chip.js';
import { zone } from '../who.js';
import { say } from './say.js';

/** @typedef {import('../../../calls/webhooks.js').Webhook} Webhook */
/** @typedef {import('../../../calls/webhooks.js').Delivery} Delivery */
/** @typedef {import('../../../calls/webhooks.js').EventType} EventType */

/** @param {EventType | 'webhook.ping'} type */
export function eventWords(type) {
  const key = /** @type {'link_created' | 'webhook_ping'} */ (type.replaceAll('.', '_'));
  return say(`event_${key}`);
}

/** @param {Webhook} webhook */
export const eventsOf = ({ events }) => (events ? say('events_n', { n: events.length }) : say('events_all'));

/** @param {Webhook} webhook */
export const stateWords = ({ state, failing_since }) => say(state === 'inactive' ? 'state_inactive' : failing_since ? 'state_failing' : 'state_active');

/** @param {{ webhook: Webhook }} props */
export function StateChip({ webhook: { state, failing_since } }) {
  if (state === 'inactive') return html`<${Chip} tone="off" text=${say('state_inactive')} />`;
  if (failing_since) return html`<span title=${moment(failing_since, zone())}><${Chip} tone="bad" text=${say('state_failing')} /></span>`;
  return html`<${Chip} tone="good" text=${say('state_active')} />`;
}

/** @type {Record<Delivery['state'], import('../../../parts/admin/chip.js').Tone>} */
const TONES = { queued: 'accent', sending: 'accent', waiting: 'wait', delivered: 'good', failed: 'bad' };

/** When it is tried again; nothing for what is due, which is on its way even before that is written down. @param {Delivery} delivery */
const triedAgain = ({ next_attempt_at }) => (next_attempt_at !== null && Date.parse(next_attempt_at) > Date.now() ? next_attempt_at : undefined);

/** @param {Delivery} delivery */
const fateOf = (delivery) => (delivery.state === 'waiting' && !triedAgain(delivery) ? 'queued' : delivery.state);

/** What has become of a delivery, in words. @param {Delivery} delivery */
export function fateWords(delivery) {
  const later = triedAgain(delivery);
  return say(`fate_${fateOf(delivery)}`, { when: later ? fromNow(later) : '' });
}

/** @param {{ delivery: Delivery }} props */
export function Fate({ delivery }) {
  const later = triedAgain(delivery);
  const { attempts } = delivery;
  return html`<span title=${later && moment(later, zone())}>
    <${Chip} tone=${TONES[fateOf(delivery)]} text=${fateWords(delivery)} />
    ${attempts > 0 && html`<br /><span class="quiet small">${say('attempts', { n: attempts })}</span>`}
  </span>`;
}

const REASONS = /** @type {const} */ (['status', 'redirect', 'gone', 'timed_out', 'unreachable', 'refused_address', 'webhook_inactive', 'webhook_deleted', 'no_answer']);

/** @param {NonNullable<Delivery['last_attempt']>} last */
function lastWords({ status, reason }) {
  if (reason === null) return say('last_ok', { status: String(status ?? '') });
  const known = REASONS.find((one) => one === reason);
  return known ? say(`last_${known}`, { status: String(status ?? '') }) : say('last_other', { reason });
}

/** @param {{ delivery: Delivery }} props */
export const LastAttempt = ({ delivery: { last_attempt } }) =>
  last_attempt
    ? html`<span>${lastWords(last_attempt)}<br /><span class="quiet small" title=${moment(last_attempt.at, zone())}>${fromNow(last_attempt.at)}</span></span>`
    : html`<span class="quiet">${say('last_none')}</span>`;
