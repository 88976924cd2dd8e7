import { listDeliveries, redeliver } from '../../../calls/webhooks.js';
import { html } from '../../../lib/html.js';
import { useListed } from '../../../lib/listed.js';
import { useOnce } from '../../../lib/once.js';
import { amend, remember, useRoute } from '../../../lib/route.js';
import { byDate, byText } from '../../../lib/sort.js';
import { tell } from '../../../lib/told.js';
import { moment } from '../../../lib/when.js';
import { Empty } from '../../../parts/admin/empty.js';
import { Rest } from '../../../parts/admin/loaded.js';
import { Table } from '../../../parts/admin/table.js';
import { tellTrouble } from '../../../parts/admin/trouble.js';
import { say as sayAll } from '../say.js';
import { zone } from '../who.js';
import { say } from './say.js';
import { Fate, LastAttempt, eventWords, fateWords } from './shown.js';

/** @typedef {import('../../../calls/webhooks.js').Webhook} Webhook */
/** @typedef {import('../../../calls/webhooks.js').Delivery} Delivery */
/** @typedef {import('../../../calls/webhooks.js').DeliveryFilter} DeliveryFilter */

const FILTERS = /** @type {const} */ (['open', 'delivered', 'failed']);

/**
 * What was sent to a webhook, and what became of it.
 * @param {{ webhook: Webhook, sent: number, onSent: () => Promise<void> }} props `sent` changes when there is something new to fetch
 */
export function Deliveries({ webhook, sent, onSent }) {
  const { query } = useRoute();
  const state = FILTERS.find((one) => one === query.get('state')) ?? '';
  const listed = useListed(
    async (cursor) => {
      const { deliveries, next } = await listDeliveries(webhook.id, state, cursor);
      return { rows: deliveries, next };
    },
    [webhook.id, state, sent],
  );
  const again = async () => {
    await Promise.all([listed.again(), onSent()]);
  };
  const rows = listed.rows ?? [];
  return html`<section class="stack" aria-labelledby="deliveries">
    <div class="box-head">
      <h2 id="deliveries">${say('deliveries')}</h2>
      <button type="button" class="link small" onClick=${() => void again()}>${say('look_again')}</button>
    </div>
    <div class="tabs" role="group" aria-label=${say('column_fate')}>
      ${/** @type {const} */ (['', ...FILTERS]).map(
        (one) => html`<button type="button" class="tab" key=${one} aria-pressed=${state === one ? 'true' : 'false'} onClick=${() => amend({ state: one })}>
          ${one ? say(`filter_${one}`) : say('filter_all')}
        </button>`,
      )}
    </div>
    ${rows.length > 0 &&
    html`<${Table}
      caption=${say('deliveries')}
      rows=${rows}
      keyOf=${(/** @type {Delivery} */ { id }) => id}
      ordering=${{ whole: listed.complete }}
      columns=${[
        {
          label: say('column_event'),
          look: 'wide first',
          sort: byDate('sent', (/** @type {Delivery} */ { created_at }) => created_at),
          cell: (/** @type {Delivery} */ { type, created_at }) => html`<strong>${eventWords(type)}</strong><br /><span class="quiet small">${moment(created_at, zone())}</span>`,
        },
        { label: say('column_fate'), sort: byText('fate', fateWords), cell: (/** @type {Delivery} */ delivery) => html`<${Fate} delivery=${delivery} />` },
        { label: say('column_last'), sort: byDate('last', (/** @type {Delivery} */ { last_attempt }) => last_attempt?.at), cell: (/** @type {Delivery} */ delivery) => html`<${LastAttempt} delivery=${delivery} />` },
        {
          label: '',
          hidden: sayAll('actions'),
          look: 'end',
          cell: (/** @type {Delivery} */ delivery) => webhook.state === 'active' && html`<${Again} webhook=${webhook} delivery=${delivery} then=${again} />`,
        },
      ]}
    />`}
    ${!listed.loading && listed.rows && rows.length === 0 &&
    (state
      ? html`<${Empty} icon="search" title=${sayAll('nothing_found')}><button type="button" class="link" onClick=${() => remember({})}>${sayAll('clear_filters')}</button><//>`
      : html`<${Empty} icon="webhook" title=${say('deliveries_none')}><p>${say('deliveries_none_text')}</p><//>`)}
    <${Rest} of=${listed} />
  </section>`;
}

/** @param {{ webhook: Webhook, delivery: Delivery, then: () => Promise<void> }} props */
function Again({ webhook, delivery, then }) {
  const [busy, once] = useOnce();
  if (delivery.state === 'queued' || delivery.state === 'sending') return null;
  async function send() {
    try {
      await redeliver(webhook.id, delivery.id);
      tell(say('sent_again'));
      await then();
    } catch (error) {
      tellTrouble(error);
    }
  }
  return html`<button type="button" class="button plain slim" aria-disabled=${busy ? 'true' : 'false'} onClick=${() => once(send)}>${say('again')}</button>`;
}
