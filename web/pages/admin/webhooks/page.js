import { useState } from 'preact/hooks';
import { getWebhook, pingWebhook, updateWebhook } from '../../../calls/webhooks.js';
import { html } from '../../../lib/html.js';
import { useLoaded } from '../../../lib/loaded.js';
import { useOnce } from '../../../lib/once.js';
import { tell } from '../../../lib/told.js';
import { dayOf, fromNow } from '../../../lib/when.js';
import { By } from '../../../parts/admin/by.js';
import { Head } from '../../../parts/admin/head.js';
import { Icon } from '../../../parts/admin/icon.js';
import { Shown } from '../../../parts/admin/loaded.js';
import { Menu } from '../../../parts/admin/menu.js';
import { tellTrouble } from '../../../parts/admin/trouble.js';
import { say as sayAll } from '../say.js';
import { zone } from '../who.js';
import { Deliveries } from './deliveries.js';
import { Delete, Rotate, SecretOf } from './dialogs.js';
import { EditWebhook } from './form.js';
import { say } from './say.js';
import { StateChip, eventWords } from './shown.js';

/** @typedef {import('../../../calls/webhooks.js').Webhook} Webhook */
/** @typedef {import('../../../calls/webhooks.js').WebhookWithSecret} WebhookWithSecret */

/** One webhook, and what was sent to it. @param {{ id: string }} props */
export function WebhookPage({ id }) {
  const webhook = useLoaded(() => getWebhook(id), [id]);
  // Grows when something was sent, so that the messages are fetched anew.
  const [sent, setSent] = useState(0);
  const then = (/** @type {Webhook} */ is) => webhook.change(() => is);
  return html`
    <${Head} title=${webhook.data?.url ?? say('title')} back=${{ to: '/admin/webhooks', page: say('title') }} lead=${webhook.data?.description}>
      ${webhook.data && html`<${Actions} webhook=${webhook.data} then=${then} onSent=${() => setSent(sent + 1)} />`}
    <//>
    <${Shown}
      of=${webhook}
      as=${(/** @type {Webhook} */ data) => html`<${About} webhook=${data} /><${Deliveries} webhook=${data} sent=${sent} onSent=${webhook.again} />`}
    />
  `;
}

/** @param {{ webhook: Webhook, then: (is: Webhook) => void, onSent: () => void }} props */
function Actions({ webhook, then, onSent }) {
  const [asked, setAsked] = useState(/** @type {'edit' | 'rotate' | 'delete' | undefined} */ (undefined));
  const [made, setMade] = useState(/** @type {WebhookWithSecret | undefined} */ (undefined));
  const [busy, once] = useOnce();
  const close = () => setAsked(undefined);
  const active = webhook.state === 'active';
  const turn = async () => {
    const is = await updateWebhook(webhook, { state: active ? 'inactive' : 'active' });
    const back = async () => then(await updateWebhook(is, { state: webhook.state }));
    tell(say(active ? 'deactivated' : 'activated'), { undo: { label: sayAll('undo'), run: back } });
    then(is);
  };
  const ping = async () => {
    await pingWebhook(webhook.id);
    tell(say('pinged'));
    onSent();
  };
  const run = (/** @type {() => Promise<void>} */ work) => () => void once(() => work().catch(tellTrouble));
  return html`
    ${active && html`<button type="button" class="button plain slim" aria-disabled=${busy ? 'true' : 'false'} onClick=${run(ping)}><${Icon} name="send" />${say('ping')}</button>`}
    <${Menu}
      label=${sayAll('actions')}
      text=${sayAll('actions')}
      look="button plain slim"
      items=${[
        { label: say('edit'), icon: 'edit', run: () => setAsked('edit') },
        active ? { label: say('deactivate'), icon: 'pause', run: run(turn) } : { label: say('activate'), icon: 'resume', run: run(turn) },
        { label: say('rotate'), icon: 'renew', run: () => setAsked('rotate') },
        { label: say('remove'), icon: 'remove', danger: true, run: () => setAsked('delete') },
      ]}
    />
    ${asked === 'edit' && html`<${EditWebhook} webhook=${webhook} onClose=${close} then=${then} />`}
    ${asked === 'rotate' && html`<${Rotate} webhook=${webhook} onClose=${close} onMade=${setMade} />`}
    ${asked === 'delete' && html`<${Delete} webhook=${webhook} onClose=${close} />`}
    ${!asked && made && html`<${SecretOf} of=${made} onClose=${() => setMade(undefined)} />`}
  `;
}

/** @param {{ webhook: Webhook }} props */
const About = ({ webhook }) =>
  html`<section class="box" aria-labelledby="about">
    <h2 id="about">${say('about')}</h2>
    ${webhook.state === 'inactive' && webhook.reason && html`<p class="notice bad"><${Icon} name="warning" /><span>${say(`reason_${webhook.reason}`)}</span></p>`}
    ${webhook.state === 'active' && webhook.failing_since && html`<p class="notice"><${Icon} name="warning" /><span>${say('failing_text', { when: fromNow(webhook.failing_since) })}</span></p>`}
    <dl class="facts">
      <dt>${say('fact_state')}</dt>
      <dd><${StateChip} webhook=${webhook} /></dd>
      <dt>${say('fact_events')}</dt>
      <dd>${webhook.events ? webhook.events.map(eventWords).join(', ') : say('events_all')}</dd>
      <dt>${say('fact_made')}</dt>
      <dd>${say('made_by', { day: dayOf(webhook.created_at, zone()) })} <${By} id=${webhook.created_by} /></dd>
    </dl>
  </section>`;
