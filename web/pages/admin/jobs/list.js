import { useEffect } from 'preact/hooks';
import { Problem } from '../../../api.js';
import { listJobs } from '../../../calls/jobs.js';
import { html } from '../../../lib/html.js';
import { useListed } from '../../../lib/listed.js';
import { byDate, byNumber, byText } from '../../../lib/sort.js';
import { By } from '../../../parts/admin/by.js';
import { Empty } from '../../../parts/admin/empty.js';
import { Head } from '../../../parts/admin/head.js';
import { Icon } from '../../../parts/admin/icon.js';
import { Rest } from '../../../parts/admin/loaded.js';
import { Table } from '../../../parts/admin/table.js';
import { useNames } from '../members/names.js';
import { When } from '../members/shown.js';
import { say as sayAll } from '../say.js';

import { say } from './say.js';
import { Progress, StateChip, about, stateWords, title } from './shown.js';
import { isOver } from './watch.js';

/** @typedef {import('../../../calls/jobs.js').Job} Job */

/** How often bulk jobs that run are looked at. */
const LOOK_MS = 5_000;

/** All bulk jobs: bulk actions and imports. */
export function Jobs() {
  const names = useNames().data;
  const listed = useListed(async (cursor) => {
    const { jobs, next } = await listJobs(cursor);
    return { rows: jobs, next };
  }, []);
  const jobs = listed.rows ?? [];
  const running = jobs.slice(0, 50).some((job) => !isOver(job));
  useEffect(() => {
    if (!running) return undefined;
    // The first page alone: what runs is new.
    const timer = setInterval(async () => {
      if (document.visibilityState !== 'visible') return;
      try {
        const { jobs: fresh } = await listJobs();
        listed.change((rows) => rows.map((job) => fresh.find(({ id }) => id === job.id) ?? job));
      } catch (error) {
        // The next look may come through.
        if (!(error instanceof Problem)) throw error;
      }
    }, LOOK_MS);
    return () => clearInterval(timer);
  }, [running]);
  return html`
    <${Head} title=${sayAll('jobs')} lead=${say('lead')}>
      <a class="button plain slim" href="/admin/import"><${Icon} name="upload" />${say('import')}</a>
      <a class="button slim" href="/admin/members?access=pending"><${Icon} name="admit" />${say('to_pending')}</a>
    <//>
    ${jobs.length > 0 &&
    html`<${Table}
      caption=${sayAll('jobs')}
      rows=${jobs}
      keyOf=${(/** @type {Job} */ { id }) => id}
      ordering=${{ natural: '-started', whole: listed.complete }}
      columns=${[
        { label: say('column_what'), look: 'wide first', sort: byText('what', title), cell: (/** @type {Job} */ job) => html`<${What} job=${job} names=${names} />` },
        { label: say('column_state'), sort: byText('state', stateWords), cell: (/** @type {Job} */ job) => html`<${StateChip} job=${job} />` },
        { label: say('progress'), sort: byNumber('people', (/** @type {Job} */ { done }) => done), cell: (/** @type {Job} */ job) => html`<${Progress} job=${job} />` },
        {
          label: say('ordered'),
          sort: byDate('started', (/** @type {Job} */ { created_at }) => created_at),
          cell: (/** @type {Job} */ job) => html`<span><${When} at=${job.created_at} /><br /><span class="quiet small"><${By} id=${job.created_by} /></span></span>`,
        },
      ]}
    />`}
    ${!listed.loading && listed.rows && jobs.length === 0 && html`<${Empty} icon="jobs" title=${say('none')}><p>${say('none_text')}</p><//>`}
    <${Rest} of=${listed} />
  `;
}

/** @param {{ job: Job, names: import('../members/units.js').Names | undefined }} props */
function What({ job, names }) {
  const whom = about(job, names);
  return html`<a class="table-name" href=${`/admin/jobs/${job.id}`}>${title(job)}</a>${whom && html`<br /><span class="quiet small">${whom}</span>`}`;
}
