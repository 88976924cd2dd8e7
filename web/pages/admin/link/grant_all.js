import { useState } from 'preact/hooks';
import { startGrants } from '../../../calls/jobs.js';
import { html } from '../../../lib/html.js';
import { go } from '../../../lib/route.js';
import { tell } from '../../../lib/told.js';
import { Confirm } from '../../../parts/admin/confirm.js';
import { say } from './say.js';

/**
 * Lets in everybody who waits for an admin on a link, as an order that is worked off.
 * @param {{ link: import('../../../calls/links.js').Link, n: number, onClose: () => void }} props
 */
export function GrantAll({ link, n, onClose }) {
  const [key] = useState(() => crypto.randomUUID());
  async function run() {
    const job = await startGrants({ access: 'pending', link: link.id }, key);
    tell(say('grant_all_ordered', { name: link.name }));
    go(`/admin/jobs/${job.id}`);
  }
  return html`<${Confirm} title=${say('grant_all_title', { n })} label=${say('grant_all')} onClose=${onClose} run=${run}>
    <p>${say('grant_all_text')}</p>
  <//>`;
}
