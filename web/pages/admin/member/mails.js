import { useState } from 'preact/hooks';
import { clearSuppression } from '../../../calls/members.js';
import { html } from '../../../lib/html.js';
import { tell } from '../../../lib/told.js';
import { moment } from '../../../lib/when.js';
import { Confirm } from '../../../parts/admin/confirm.js';
import { MailFate } from '../members/shown.js';
import { zone } from '../who.js';
import { say } from './say.js';

/** @typedef {import('../../../calls/members.js').MemberFile} MemberFile */
/** @typedef {import('../../../calls/members.js').Mail} Mail */

/** How many mails are shown at first. */
const FIRST = 5;

/**
 * The mails to somebody and their fate, and whether their address is mailed at all.
 * @param {{ file: MemberFile, then: () => Promise<void> }} props
 */
export function Mails({ file: { member, mails }, then }) {
  const [asking, setAsking] = useState(false);
  const [all, setAll] = useState(false);
  async function clear() {
    await clearSuppression(member.id);
    tell(say('cleared', { name: member.name }));
    await then();
  }
  return html`<section class="box" aria-labelledby="mails">
    <h2 id="mails">${say('mails')}</h2>
    ${member.suppressed &&
    html`<div class="notice bad"><p>${say('suppressed')}</p></div>
      <div><button type="button" class="button plain slim" onClick=${() => setAsking(true)}>${say('clear')}</button></div>`}
    ${mails.length === 0 && html`<p class="quiet">${say('mails_none')}</p>`}
    <ul class="rows">
      ${mails.slice(0, all ? undefined : FIRST).map(
        (mail) => html`<li key=${mail.id}>
          <span>${say(`mail_${mail.kind}`)}<br /><span class="quiet small">${moment(mail.created_at, zone())}</span></span>
          <${MailFate} mail=${mail} />
        </li>`,
      )}
    </ul>
    ${!all && mails.length > FIRST && html`<div><button type="button" class="link small" onClick=${() => setAll(true)}>${say('mails_all', { n: mails.length })}</button></div>`}
    ${asking && html`<${Confirm} title=${say('clear_title', { name: member.name })} label=${say('clear')} onClose=${() => setAsking(false)} run=${clear}><p>${say('clear_text')}</p><//>`}
  </section>`;
}
