/** What stands at the top of a link's page: its state, its seats, its time, and its address. */

import { useState } from 'preact/hooks';
import { html } from '../../../lib/html.js';
import { number } from '../../../lib/speaker.js';
import { localMoment, moment } from '../../../lib/when.js';
import { By } from '../../../parts/admin/by.js';
import { Copied } from '../../../parts/admin/copy.js';
import { Icon } from '../../../parts/admin/icon.js';
import { Poster } from '../poster/dialog.js';
import { Seats, StatusChip, Time, areHeld } from '../links/shown.js';
import { GrantAll } from '../members/order.js';
import { zone } from '../who.js';
import { say } from './say.js';

/** @typedef {import('../../../calls/links.js').Stats} Stats */
/** @typedef {import('../../../calls/links.js').Link} Link */

/** @param {{ stats: Stats }} props */
export function Figures({ stats: { link, by_state } }) {
  const [granting, setGranting] = useState(/** @type {'pending' | 'waiting' | undefined} */ (undefined));
  const { free } = link.seats;
  const held = areHeld(link) ? Math.min(free ?? 0, by_state.waiting) : 0;
  return html`<div class="figures">
      <div class="figure">
        <span class="quiet small">${say('seats')}</span>
        <span class="figure-value"><${Seats} link=${link} /></span>
        ${held > 0 && html`<span class="quiet small">${say('held', { n: held })}</span>`}
        <span><${StatusChip} link=${link} /></span>
      </div>
      <div class="figure">
        <span class="quiet small">${say('time')}</span>
        <${Time} link=${link} />
        ${link.status === 'scheduled' && link.expires_local && html`<span class="quiet small">${say('until', { when: localMoment(link.expires_local) })}</span>`}
        ${(link.starts_local || link.expires_local) && html`<span class="quiet small">${zone()}</span>`}
      </div>
      <div class="figure">
        <span class="quiet small">${say('state_pending')}</span>
        <span class="figure-value">${number(by_state.pending)}</span>
        ${by_state.pending > 0 && html`<button type="button" class="link small" onClick=${() => setGranting('pending')}>${say('grant_all_n', { n: by_state.pending })}</button>`}
      </div>
      ${(by_state.waiting > 0 || link.overflow === 'waiting_list') &&
      html`<div class="figure">
        <span class="quiet small">${say('state_waiting')}</span>
        <span class="figure-value">${number(by_state.waiting)}</span>
        <span class="quiet small">${say(link.admit_waiting ? 'waiting_admitted' : free === 0 ? 'waiting_no_seat' : 'waiting_by_hand')}</span>
        ${by_state.waiting > 0 && free !== 0 && link.state !== 'deleted' && html`<button type="button" class="link small" onClick=${() => setGranting('waiting')}>${say('grant_waiting')}</button>`}
      </div>`}
    </div>
    ${granting && html`<${GrantAll} filter=${{ link: link.id, state: granting }} onClose=${() => setGranting(undefined)} />`}`;
}

/** Opens the link's QR code and poster. @param {{ link: Link }} props */
export function Share({ link }) {
  const [shown, setShown] = useState(false);
  return html`<button type="button" class="button slim" onClick=${() => setShown(true)}><${Icon} name="qr" />${say('show_poster')}</button>
    ${shown && html`<${Poster} link=${link} onClose=${() => setShown(false)} />`}`;
}

/** @param {{ link: Link }} props */
export const Address = ({ link }) =>
  html`<section class="box" aria-labelledby="address">
    <h2 id="address">${say('address')}</h2>
    <${Copied} text=${link.url} label=${say('address')} />
    <div class="form-foot"><a class="button plain slim" href=${link.url} target="_blank" rel="noopener"><${Icon} name="link" />${say('open_link')}</a></div>
  </section>`;

/** When what was done with the link, and by whom. @param {{ link: Link }} props */
export function History({ link }) {
  const line = (/** @type {'created' | 'code_replaced' | 'deleted'} */ word, /** @type {string | null} */ at, /** @type {string | null} */ by) =>
    at && html`<dt>${say(word)}</dt><dd>${moment(at, zone())}<br /><span class="quiet small">${say('by')} <${By} id=${by} /></span></dd>`;
  return html`<section class="box" aria-labelledby="history">
    <h2 id="history">${say('history')}</h2>
    <dl class="facts">
      ${line('created', link.created_at, link.created_by)}
      ${link.updated_at !== link.created_at && html`<dt>${say('updated')}</dt><dd>${moment(link.updated_at, zone())}</dd>`}
      ${line('code_replaced', link.code_replaced_at, link.code_replaced_by)}
      ${line('deleted', link.deleted_at, link.deleted_by)}
    </dl>
  </section>`;
}
