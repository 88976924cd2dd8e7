import { useEffect, useState } from 'preact/hooks';
import { html } from '../../lib/html.js';
import { isText, say } from '../../lib/language.js';
import { verifierOf } from '../../lib/proof.js';
import { Mailed } from '../../parts/mailed.js';
import { Panel } from '../../parts/panel.js';
import { mayCorrect, mayWithdraw, proofOf } from './joined.js';

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
  removed: { icon: 'alert', tone: 'bad', next: 'training' },
};

/**
 * What happens next.
 * @param {{
 *   code: string,
 *   joined: import('./joined.js').Registered,
 *   again: () => void,
 *   correct: (email: string) => Promise<void>,
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
  // Few need it, so it is loaded when there is somebody who may.
  const [loaded, setLoaded] = useState(/** @type {typeof import('./wrong_address.js') | undefined} */ (undefined));
  const wrongAddress = stranger && mayWithdraw(code, joined);
  useEffect(() => {
    // Without it the page says all that it must; a reload tries again.
    if (wrongAddress) import('./wrong_address.js').then(setLoaded, () => undefined);
  }, [wrongAddress]);
  useEffect(() => scrollTo({ top: 0 }), []);
  return html`<${Panel} icon=${icon} tone=${tone} heading=${say(`done_${known}`)}>
    <p>${say(`done_${known}_text`, { email, organization })}</p>
    ${next === 'mail' &&
    (stranger
      ? html`<${Mailed} verifier=${verifierOf(proofOf(code))} sentAt=${at} resend=${resend} entered=${entered} />`
      : html`<p class="quiet small">${say('done_no_mail')}</p>`)}
    ${wrongAddress && loaded && html`<${loaded.WrongAddress} email=${email} correct=${mayCorrect(joined) ? correct : undefined} withdraw=${withdraw} />`}
    ${stranger && html`<p><button type="button" class="link" onClick=${again}>${say('done_someone_else')}</button></p>`}
    ${next === 'training' && html`<p><a class="button wide" href="/training">${say('done_my_training')}</a></p>`}
  <//>`;
}
