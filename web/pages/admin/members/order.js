import { useState } from 'preact/hooks';
import { startGrants } from '../../../calls/jobs.js';
import { html } from '../../../lib/html.js';
import { useKeys } from '../../../lib/keys.js';
import { go } from '../../../lib/route.js';
import { tell } from '../../../lib/told.js';
import { Confirm } from '../../../parts/admin/confirm.js';
import { Icon } from '../../../parts/admin/icon.js';
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

/**
 * Leads to the question. Where all whom the filter admits are listed, it says how many of them will get access: some may be skipped.
 * @param {{ filter: import('../../../calls/jobs.js').NewGrantFilter, all: number | undefined, onClick: () => void }} props `all` is how many are listed, if that are all
 */
export function GrantAllButton({ filter, all, onClick }) {
  const n = granted(usePreview(all === undefined ? undefined : { filter }), false);
  const label = n === undefined || all === undefined ? say('grant_all') : n === all ? say('grant_all_n', { n }) : say('grant_some', { n, all });
  return html`<button type="button" class="button slim" onClick=${onClick}><${Icon} name="admit" />${label}</button>`;
}
