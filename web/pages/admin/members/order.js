import { useState } from 'preact/hooks';
import { startGrants } from '../../../calls/jobs.js';
import { html } from '../../../lib/html.js';
import { useKeys } from '../../../lib/keys.js';
import { go } from '../../../lib/route.js';
import { tell } from '../../../lib/told.js';
import { Confirm } from '../../../parts/admin/confirm.js';
import { GrantPreview, granted, usePreview } from './preview.js';
import { say } from './say.js';

/**
 * Grants access to everybody whom a filter admits, as a job; says first how many that are, and who is skipped.
 * @param {{ filter: import('../../../calls/jobs.js').NewGrantFilter, about?: unknown, onClose: () => void }} props `about` says whom the filter admits
 */
export function GrantAll({ filter, about, onClose }) {
  const [includeRejected, setIncludeRejected] = useState(false);
  const keyOf = useKeys();
  const counted = usePreview({ filter });
  const n = granted(counted, includeRejected);
  async function run() {
    const order = { ...filter, ...(includeRejected && { include_rejected: true }) };
    const job = await startGrants(order, keyOf(order));
    tell(say('job_started'));
    go(`/admin/jobs/${job.id}`);
  }
  return html`<${Confirm}
    title=${n === undefined ? say('grant_question') : say('title_grant', { n })}
    label=${n === undefined ? say('grant') : say('grant_n', { n })}
    off=${!n}
    onClose=${onClose}
    run=${run}
  >
    ${about}
    <${GrantPreview} counted=${counted} includeRejected=${includeRejected} setIncludeRejected=${setIncludeRejected} />
    <p class="quiet">${say('grant_all_text')}</p>
  <//>`;
}
