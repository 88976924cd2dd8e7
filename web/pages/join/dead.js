import { html } from '../../lib/html.js';
import { say, spoken } from '../../lib/language.js';
import { inWords, zoneOf } from '../../lib/dates.js';
import { Contact } from '../../parts/contact.js';
import { Logo } from '../../parts/logo.js';
import { Panel } from '../../parts/panel.js';

/**
 * @typedef {'link_full' | 'link_expired' | 'link_inactive' | 'link_not_found' | 'link_not_started'} Reason
 * @typedef {import('../../calls/worker.js').PublicLink} PublicLink
 */

/** @type {Record<Reason, import('../../parts/icon.js').IconName>} */
const ICONS = {
  link_full: 'groups',
  link_expired: 'clock',
  link_inactive: 'linkOff',
  link_not_found: 'linkOff',
  link_not_started: 'clock',
};

/**
 * @param {string} code
 * @returns {code is Reason}
 */
export const isDead = (code) => Object.hasOwn(ICONS, code);

/**
 * Why nobody can join by a link, and whom to ask.
 * @param {{ code: Reason, link?: PublicLink, ask?: Pick<PublicLink, 'organization' | 'support_contact' | 'logo'>, sentTo?: string }} props
 */
export const Dead = ({ code, link, ask = link, sentTo }) =>
  html`<${Panel} icon=${ICONS[code]} tone="wait" heading=${say(`dead_${code}`)} focus=${false}>
    ${ask && html`<${Logo} logo=${ask.logo} /><p class="eyebrow">${ask.organization}</p>`}
    <p>${reason(code, link)}</p>
    ${sentTo && code === 'link_full' && html`<p>${say('dead_link_full_sent', { email: sentTo })}</p>`}
    <p>${ask ? say('dead_ask_organization', { organization: ask.organization }) : say('dead_ask')}</p>
    ${ask?.support_contact && html`<p><${Contact} contact=${ask.support_contact} /></p>`}
    <p class="quiet">${say('join_been_here')} <a href="/sign-in">${say('join_sign_in')}</a></p>
  <//>`;

/**
 * @param {Reason} code
 * @param {PublicLink | undefined} link
 */
function reason(code, link) {
  if (code !== 'link_not_started') return say(`dead_${code}_text`);
  if (!link?.starts_at) return say('dead_link_not_started_no_time');
  return say('dead_link_not_started_text', { time: inWords(link.starts_at, spoken(), zoneOf(link.starts_local)) });
}
