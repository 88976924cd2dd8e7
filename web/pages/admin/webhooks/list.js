import { useState } from 'preact/hooks';
import { listWebhooks } from '../../../calls/webhooks.js';
import { html } from '../../../lib/html.js';
import { useLoaded } from '../../../lib/loaded.js';
import { byNumber, byText } from '../../../lib/sort.js';
import { Empty } from '../../../parts/admin/empty.js';
import { Head } from '../../../parts/admin/head.js';
import { Icon } from '../../../parts/admin/icon.js';
import { Shown } from '../../../parts/admin/loaded.js';
import { Table } from '../../../parts/admin/table.js';
import { SecretOf } from './dialogs.js';
import { NewWebhook } from './form.js';
import { say } from './say.js';
import { StateChip, eventsOf, stateWords } from './shown.js';

/** @typedef {import('../../../calls/webhooks.js').Webhook} Webhook */

/** The webhooks of the organization. */
export function Webhooks() {
  const webhooks = useLoaded(async () => (await listWebhooks()).webhooks, []);
  const [adding, setAdding] = useState(false);
  const [made, setMade] = useState(/** @type {import('../../../calls/webhooks.js').WebhookWithSecret | undefined} */ (undefined));
  return html`
    <${Head} title=${say('title')} lead=${say('lead')}>
      <button type="button" class="button slim" onClick=${() => setAdding(true)}><${Icon} name="add" />${say('create')}</button>
    <//>
    <${Shown}
      of=${webhooks}
      as=${(/** @type {Webhook[]} */ rows) =>
        rows.length > 0 ? html`<${WebhookTable} webhooks=${rows} />` : html`<${Empty} icon="webhook" title=${say('none')}><p>${say('none_text')}</p><//>`}
    />
    ${adding && html`<${NewWebhook} onClose=${() => setAdding(false)} onMade=${setMade} then=${webhooks.again} />`}
    ${!adding && made && html`<${SecretOf} of=${made} onClose=${() => setMade(undefined)} />`}
  `;
}

/** @param {{ webhooks: Webhook[] }} props */
const WebhookTable = ({ webhooks }) =>
  html`<${Table}
    caption=${say('title')}
    rows=${webhooks}
    keyOf=${(/** @type {Webhook} */ { id }) => id}
    columns=${[
      {
        label: say('column_url'),
        look: 'wide first',
        sort: byText('address', (/** @type {Webhook} */ { url }) => url),
        cell: (/** @type {Webhook} */ { id, url, description }) =>
          html`<a class="table-name" href=${`/admin/webhooks/${id}`}>${url}</a>${description && html`<br /><span class="quiet small">${description}</span>`}`,
      },
      { label: say('column_events'), sort: byNumber('events', (/** @type {Webhook} */ { events }) => events?.length ?? Infinity), cell: (/** @type {Webhook} */ webhook) => html`<span>${eventsOf(webhook)}</span>` },
      { label: say('column_state'), sort: byText('state', stateWords), cell: (/** @type {Webhook} */ webhook) => html`<${StateChip} webhook=${webhook} />` },
    ]}
  />`;
