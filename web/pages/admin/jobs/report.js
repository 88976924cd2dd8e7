import { useEffect, useState } from 'preact/hooks';
import { jobReport, reportPath } from '../../../calls/jobs.js';
import { html } from '../../../lib/html.js';
import { useListed } from '../../../lib/listed.js';
import { byNumber, byText } from '../../../lib/sort.js';
import { number } from '../../../lib/speaker.js';
import { visible } from '../../../lib/visible.js';
import { Chip } from '../../../parts/admin/chip.js';
import { CsvButton } from '../../../parts/admin/csv.js';
import { Rest } from '../../../parts/admin/loaded.js';
import { Table } from '../../../parts/admin/table.js';
import { MailFate, mailWords } from '../members/shown.js';
import { say as sayAll } from '../say.js';
import { fieldWords, rowWords } from './faults.js';
import { say } from './say.js';
import { OUTCOMES, toneOf } from './shown.js';
import { isOver } from './watch.js';

/** @typedef {import('../../../calls/jobs.js').Row} Row */
/** @typedef {import('../../../calls/jobs.js').Job} Job */
/** @typedef {import('../../../calls/jobs.js').ImportProblem} Wrong */

/**
 * What became of each person of a bulk job.
 * @param {{ job: Job, lines?: readonly string[], problems?: readonly Wrong[] }} props `lines` of the file, where it is at hand: whoever is no member yet has no
 *   name; `problems` as the check of the file told them
 */
export function Report({ job, lines, problems = [] }) {
  const [outcome, setOutcome] = useState(/** @type {import('../../../calls/jobs.js').JobOutcome | ''} */ (''));
  const listed = useListed(async (cursor) => {
    const { rows, next } = await jobReport(job.id, cursor, outcome || undefined);
    return { rows, next };
  }, [job.id, outcome]);
  const over = isOver(job);
  useEffect(() => {
    if (over) void listed.again();
  }, [over]);
  const all = listed.rows ?? [];
  const rows = all;
  const there = OUTCOMES.filter((one) => (job.outcomes[one] ?? 0) > 0);
  const file = job.kind === 'imports';
  const mailed = all.some(({ mail }) => mail !== null);
  return html`<section class="stack" aria-labelledby="report">
    <div class="box-head">
      <h2 id="report">${say('report')}</h2>
      ${job.done > 0 && html`<${CsvButton} path=${reportPath(job.id)} name="report.csv" />`}
    </div>
    ${there.length > 1 &&
    html`<div class="tabs" role="group" aria-label=${say('column_outcome')}>
      ${/** @type {const} */ (['', ...there]).map(
        (one) => html`<button type="button" class="tab" key=${one} data-count=${over ? (one ? job.outcomes[one] : job.done) : undefined} aria-pressed=${outcome === one ? 'true' : 'false'} onClick=${() => setOutcome(one)}>
          ${one ? say(`outcome_${one}`) : sayAll('all')} ${number(one ? (job.outcomes[one] ?? 0) : job.done)}
        </button>`,
      )}
    </div>`}
    ${rows.length > 0 &&
    html`<${Table}
      caption=${say('report')}
      rows=${rows}
      keyOf=${(/** @type {Row} */ row) => `${row.row ?? ''}-${row.member ?? ''}`}
      ordering=${{ natural: file ? 'line' : '', whole: listed.complete }}
      columns=${[
        file && { label: say('column_line'), look: 'tight', sort: byNumber('line', (/** @type {Row} */ { row }) => row), cell: (/** @type {Row} */ { row }) => row !== null && number(row) },
        { label: say('column_name'), look: 'wide first', sort: byText('name', (/** @type {Row} */ { name, email }) => name || email), cell: (/** @type {Row} */ row) => html`<${Who} row=${row} line=${row.row !== null && lines?.[row.row - 1]} />` },
        {
          label: say('column_outcome'),
          sort: byText('outcome', (/** @type {Row} */ { outcome }) => say(`outcome_${outcome}`)),
          cell: (/** @type {Row} */ row) => html`<${Outcome} row=${row} wrong=${problems.find((one) => one.row === row.row)} />`,
        },
        mailed && { label: say('column_mail'), sort: byText('mail', (/** @type {Row} */ { mail }) => mail && mailWords({ mail, suppressed: false })), cell: (/** @type {Row} */ { mail }) => (mail ? html`<${MailFate} mail=${mail} />` : html`<span class="quiet">–</span>`) },
      ]}
    />`}
    ${!listed.loading && listed.rows && all.length === 0 && html`<p class="quiet">${say(over ? 'report_empty' : 'report_soon')}</p>`}
    <${Rest} of=${listed} />
    ${!over && !listed.more && !listed.loading && all.length > 0 && html`<p class="rest"><button type="button" class="button plain slim" onClick=${() => void listed.again()}>${say('report_again')}</button></p>`}
  </section>`;
}

/** @param {{ row: Row, line?: string | false }} props */
function Who({ row: { member, name, email, row }, line }) {
  if (name === null && email === null) {
    if (line) return html`<span class="address">${line}</span>`;
    return html`<span class="quiet">${row === null ? say('nobody') : say('no_member')}</span>`;
  }
  return html`${member ? html`<a class="table-name" href=${`/admin/members/${member}`}>${name || email}</a>` : html`<strong>${name || email}</strong>`}
    ${name && email && html`<br /><span class="quiet small address">${email}</span>`}`;
}

/** What to do about somebody who was skipped, in this page's words. */
const NEXT = /** @type {const} */ (['already_granted', 'rejected', 'revoked', 'not_found', 'unavailable']);

/** @param {{ row: Row, wrong?: Wrong }} props */
const Outcome = ({ row, wrong }) =>
  html`<span><${Chip} tone=${toneOf(row.outcome)} text=${say(`outcome_${row.outcome}`)} /><${Why} row=${row} wrong=${wrong} /></span>`;

/** @param {{ row: Row, wrong?: Wrong }} props */
function Why({ row: { outcome, field, reason, why, link }, wrong }) {
  if (outcome === 'link_full') {
    if (!link) return html`<br /><span class="quiet small">${say('next_some_link_full')}</span>`;
    return html`<br /><a class="small address" href=${`/admin/links/${link.id}`}>${say('next_link_full', { name: link.name ?? '…' })}</a>`;
  }
  const next = NEXT.find((one) => one === outcome);
  if (next) return html`<br /><span class="quiet small">${say(`next_${next}`)}</span>`;
  if (!field && !reason) return null;
  const column = wrong?.heading || (field && fieldWords(field));
  return html`<br /><span class="small address">${column && html`<strong>${column}</strong> `}${wrong?.value && html`${say('value', { value: visible(wrong.value) })} `}${rowWords(why)}</span>`;
}
