import { useState } from 'preact/hooks';
import { cancelJob } from '../../../calls/jobs.js';
import { html } from '../../../lib/html.js';
import { tell } from '../../../lib/told.js';
import { moment } from '../../../lib/when.js';
import { By } from '../../../parts/admin/by.js';
import { Confirm } from '../../../parts/admin/confirm.js';
import { Head } from '../../../parts/admin/head.js';
import { Shown } from '../../../parts/admin/loaded.js';
import { useNames } from '../members/names.js';
import { say as sayAll } from '../say.js';
import { zone } from '../who.js';
import { Report } from './report.js';
import { say } from './say.js';
import { Progress, StateChip, Sums, about, title } from './shown.js';

import { isOver, useJob } from './watch.js';

/** @typedef {import('../../../calls/jobs.js').Job} Job */

/**
 * One bulk job: how far it is, and what became of each person.
 * @param {{ id: string }} props
 */
export function JobPage({ id }) {
  const loaded = useJob(id);
  const [asking, setAsking] = useState(false);
  const job = loaded.data;
  async function cancel() {
    const cancelled = await cancelJob(id);
    loaded.change(() => cancelled);
    tell(say('cancelled'));
    await loaded.again();
  }
  return html`
    <${Head} title=${job ? title(job) : say('one')} back=${{ to: '/admin/jobs', page: sayAll('jobs') }}>
      ${job && !isOver(job) && !job.cancelling && html`<button type="button" class="button plain slim" onClick=${() => setAsking(true)}>${say('cancel')}</button>`}
      ${job?.import?.dry_run && html`<a class="button plain slim" href="/admin/import">${say('to_import')}</a>`}
    <//>
    <${Shown} of=${loaded} as=${(/** @type {Job} */ job) => html`<${Facts} job=${job} /><${Report} job=${job} />`} />
    ${asking && html`<${Confirm} title=${say('cancel_title')} label=${say('cancel')} danger onClose=${() => setAsking(false)} run=${cancel}><p>${say('cancel_text')}</p><//>`}
  `;
}

/** @param {{ job: Job }} props */
export function Facts({ job }) {
  const names = useNames().data;
  const whom = about(job, names);
  return html`<div class="columns">
    <section class="box" aria-label=${say('progress')}>
      <div class="box-head"><${StateChip} job=${job} /></div>
      <div role="status"><${Progress} job=${job} /></div>
      ${job.reason && html`<p>${reasonOf(job.reason)}</p>`}
      <dl class="facts">
        ${whom && html`<dt>${say('whom')}</dt><dd>${whom}</dd>`}
        <dt>${say('ordered')}</dt>
        <dd>${moment(job.created_at, zone())}, <${By} id=${job.created_by} /></dd>
        ${job.ended_at && html`<dt>${say('ended')}</dt><dd>${moment(job.ended_at, zone())}</dd>`}
      </dl>
    </section>
    <section class="box" aria-labelledby="sums">
      <h2 id="sums">${say(job.import?.dry_run ? 'sums_dry' : 'sums')}</h2>
      ${job.done === 0 ? html`<p class="quiet">${say(isOver(job) ? 'sums_none' : 'sums_soon')}</p>` : html`<${Sums} job=${job} />`}
    </section>
  </div>`;
}

const REASONS = /** @type {const} */ (['no_progress', 'rows_gone', 'admin_gone', 'key_gone']);

/** @param {string} reason */
function reasonOf(reason) {
  const known = REASONS.find((one) => one === reason);
  return known ? say(`reason_${known}`) : reason;
}
