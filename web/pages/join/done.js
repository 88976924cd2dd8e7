import { useEffect } from 'preact/hooks';
import { html } from '../../lib/html.js';
import { isText, say } from '../../lib/language.js';
import { verifierOf } from '../../lib/proof.js';
import { Mailed } from '../../parts/mailed.js';
import { Panel } from '../../parts/panel.js';
import { mayWithdraw, proofOf } from './joined.js';
import { WrongAddress } from './wrong_address.js';

/**
 * @typedef {import('../../calls/worker.js').Joined} Joined
 * @typedef {{ icon: import('../../parts/icon.js').IconName, tone: 'good' | 'wait' | 'bad' | '', next: 'mail' | 'training' | '' }} Look
 */

/** @type {Record<Joined, Look>} */
const LOOKS = {
  check_your_mail: { icon: 'mail', tone: '', next: 'mail' },
  awaiting_approval: { icon: 'wait', tone: 'wait', next: '' },
  waiting: { icon: 'wait', tone: 'wait', next: '' },
  enrolled: { icon: 'check', tone: 'good', next: 'training' },
  pending: { icon: 'wait', tone: 'wait', next: 'training' },
  reserved: { icon: 'mail', tone: '', next: 'mail' },
  removed: { icon: 'alert', tone: 'bad', next: '' },
};

/**
 * What happens next.
 * @param {{
 *   code: string,
 *   joined: import('./joined.js').Registered,
 *   again: () => void,
 *   correct: () => Promise<void>,
 *   withdraw: () => Promise<void>,
 *   resend: () => Promise<void>,
 *   entered: (member: import('../../calls/worker.js').Member) => void,
 * }} props
 */
export function Done({ code, joined, again, correct, withdraw, resend, entered }) {
  const { status, email, organization, stranger, at } = joined;
  // An answer that this page doesn't know yet is at least no failure.
  const known = isText(`done_${status}`) ? status : 'pending';
  const { icon, tone, next } = LOOKS[known];
  useEffect(() => scrollTo({ top: 0 }), []);
  return html`<${Panel} icon=${icon} tone=${tone} heading=${say(`done_${known}`)}>
    <p>${say(`done_${known}_text`, { email, organization })}</p>
    ${next === 'mail' &&
    (stranger
      ? html`<${Mailed} verifier=${verifierOf(proofOf(code))} sentAt=${at} resend=${resend} entered=${entered} />`
      : html`<p class="quiet small">${say('done_no_mail')}</p>`)}
    ${stranger && mayWithdraw(code, joined) && html`<${WrongAddress} correct=${correct} withdraw=${withdraw} />`}
    ${stranger && html`<p><button type="button" class="link" onClick=${again}>${say('done_someone_else')}</button></p>`}
    ${next === 'training' && html`<p><a class="button wide" href="/training">${say('done_my_training')}</a></p>`}
  <//>`;
}
