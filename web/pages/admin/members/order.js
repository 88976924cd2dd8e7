import { useState } from 'preact/hooks';
import { startGrants } from '../../../calls/jobs.js';
import { html } from '../../../lib/html.js';
import { go } from '../../../lib/route.js';
import { tell } from '../../../lib/told.js';
import { Confirm } from '../../../parts/admin/confirm.js';
import { say } from './say.js';
import { unitName } from './units.js';

/**
 * Orders access for everybody who waits, by who they are and not by a list of them.
 * @param {{ order: NonNullable<ReturnType<typeof import('./asked.js').orderOf>>, names: import('./units.js').Names | undefined, onClose: () => void }} props
 */
export function Order({ order, names, onClose }) {
  const [key] = useState(() => crypto.randomUUID());
  async function run() {
    const job = await startGrants(order, key);
    tell(say('ordered'));
    go(`/admin/jobs/${job.id}`);
  }
  const link = order.link && (names?.links.find(({ id }) => id === order.link)?.name ?? order.link);
  return html`<${Confirm} title=${say('order_title')} label=${say('order')} onClose=${onClose} run=${run}>
    <p>${say(`order_${order.access}`)}</p>
    ${link && html`<p>${say('order_link', { name: link })}</p>`}
    ${order.unit && html`<p>${say('order_unit', { name: names ? unitName(names.units, order.unit) : order.unit })}</p>`}
    <p class="quiet">${say('order_text')}</p>
  <//>`;
}
