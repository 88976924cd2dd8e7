/** How somebody's access, units and mails are shown, wherever they are. */

import { html } from '../../../lib/html.js';
import { fromNow, moment } from '../../../lib/when.js';
import { Chip } from '../../../parts/admin/chip.js';
import { zone } from '../who.js';
import { KINDS, unitName } from './units.js';
import { say } from './say.js';

/** @typedef {import('../../../calls/members.js').Member} Member */
/** @typedef {import('../../../calls/members.js').MailState} MailState */
/** @typedef {import('../../../parts/admin/chip.js').Tone} Tone */

/** @type {Record<import('../../../calls/members.js').Access, Tone>} */
const ACCESS_TONES = { unverified: 'off', rejected: 'bad', pending: 'wait', granted: 'good', revoked: 'bad' };

/** @param {{ access: import('../../../calls/members.js').Access }} props */
export const AccessChip = ({ access }) => html`<${Chip} tone=${ACCESS_TONES[access]} text=${say(`access_${access}`)} />`;

/** @type {Record<MailState, Tone>} */
const MAIL_TONES = { queued: 'accent', sending: 'accent', sent: 'good', failed: 'bad', dropped: 'bad', bounced: 'bad', complained: 'bad' };

const REASONS = /** @type {const} */ (['too_many', 'suppressed', 'permanent', 'transient', 'delayed', 'rejected']);

/**
 * Why a mail ended as it did, where there is a word for it.
 * @param {string | null} reason
 */
export function reasonWords(reason) {
  const known = REASONS.find((one) => one === reason);
  return known ? say(`mail_reason_${known}`) : '';
}

/**
 * What has become of a mail.
 * @param {{ mail: { state: MailState, reason: string | null } }} props
 */
export const MailFate = ({ mail: { state, reason } }) =>
  html`<span><${Chip} tone=${MAIL_TONES[state]} text=${say(`mail_${state}`)} />${reasonWords(reason) && html`<br /><span class="quiet small">${reasonWords(reason)}</span>`}</span>`;

/** What has become of somebody's last mail, in a word. @param {{ mail: { state: MailState } | null, suppressed: boolean }} member */
export const mailWords = ({ mail, suppressed }) => (suppressed ? say('not_mailed') : mail ? say(`mail_${mail.state}`) : null);

/** @param {{ member: Member }} props */
export const LastMail = ({ member: { mail, suppressed } }) =>
  suppressed
    ? html`<${Chip} tone="bad" text=${say('not_mailed')} />`
    : mail
      ? html`<${MailFate} mail=${mail} />`
      : html`<span class="quiet">${say('no_mail')}</span>`;

/** @param {Member} member @param {import('./units.js').Names | undefined} names */
export const whereOf = (member, names) => (names ? KINDS.flatMap((kind) => member[kind].map((id) => unitName(names.units, id))) : []);

/** How many units a row names. */
const NAMED = 3;

/** @param {{ member: Member, names: import('./units.js').Names | undefined }} props */
export function Where({ member, names }) {
  const where = whereOf(member, names);
  if (where.length === 0) return html`<span class="quiet">${names ? say('nowhere') : '…'}</span>`;
  const more = where.length - NAMED;
  // Units give nothing to anybody without access.
  const later = member.access === 'granted' ? undefined : say(member.access === 'revoked' ? 'where_restored' : 'where_later');
  return html`<span>${later && html`<span class="quiet">${later}</span> `}${where.slice(0, NAMED).join(', ')}${more > 0 && html` <span class="quiet">${say('more_units', { n: more })}</span>`}</span>`;
}

/**
 * A moment from now, with the moment itself.
 * @param {{ at: string }} props
 */
export const When = ({ at }) => html`<span title=${moment(at, zone())}>${fromNow(at)}</span>`;

/**
 * Somebody's name, which leads to their page, and their address.
 * @param {{ member: { id: string, name: string, email: string, role?: string } }} props
 */
export const Person = ({ member: { id, name, email, role } }) =>
  html`<a class="table-name" href=${`/admin/members/${id}`}>${name}</a>${role === 'admin' && html` <${Chip} tone="accent" text=${say('role_admin')} />`}
    <br /><span class="quiet small address">${email}</span>`;
