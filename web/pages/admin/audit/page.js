import { auditPath, listAudit } from '../../../calls/audit.js';
import { html } from '../../../lib/html.js';
import { useListed } from '../../../lib/listed.js';
import { useLoaded } from '../../../lib/loaded.js';
import { amend, remember, useRoute } from '../../../lib/route.js';
import { byDate } from '../../../lib/sort.js';
import { moment } from '../../../lib/when.js';
import { CsvButton } from '../../../parts/admin/csv.js';
import { Empty } from '../../../parts/admin/empty.js';
import { TextField } from '../../../parts/admin/fields.js';
import { FilterFold } from '../../../parts/admin/filter_fold.js';
import { Head } from '../../../parts/admin/head.js';
import { Rest } from '../../../parts/admin/loaded.js';
import { Table } from '../../../parts/admin/table.js';
import { say as sayAll } from '../say.js';
import { zone } from '../who.js';
import { allNames } from './names.js';
import { say } from './say.js';
import { Changes, What, Who } from './shown.js';

/** @typedef {import('../../../calls/audit.js').AuditRecord} AuditRecord */

/** A day as the address has it; what is none stands for any. @param {string | null} text */
const day = (text) => (text !== null && /^\d{4}-\d\d-\d\d$/.test(text) ? text : '');

/** What was done, by whom, and what it changed. */
export function Audit() {
  const { query } = useRoute();
  const period = { from: day(query.get('from')), to: day(query.get('to')) };
  const wrong = period.from !== '' && period.to !== '' && period.to < period.from;
  // Records are read without names too.
  const names = useLoaded(allNames, []).data;
  const listed = useListed(
    async (cursor) => {
      if (wrong) return { rows: [], next: null };
      const { records, next } = await listAudit(period, cursor);
      return { rows: records, next };
    },
    [period.from, period.to],
  );
  const rows = listed.rows ?? [];
  const filtered = period.from !== '' || period.to !== '';
  return html`
    <${Head} title=${say('title')} lead=${say('lead', { zone: zone() })}>
      ${rows.length > 0 && html`<${CsvButton} path=${auditPath(period)} name="audit.csv" />`}
    <//>
    <${FilterFold} n=${[period.from, period.to].filter(Boolean).length}><div class="filters">
      <${TextField} field=${{ id: 'from', label: say('from'), optional: false }} type="date" value=${period.from} onInput=${(/** @type {string} */ from) => amend({ from })} />
      <${TextField}
        field=${{ id: 'to', label: say('to'), error: wrong ? say('wrong_to') : undefined }}
        type="date"
        value=${period.to}
        onInput=${(/** @type {string} */ to) => amend({ to })}
      />
      ${filtered && html`<button type="button" class="link" onClick=${() => remember({})}>${sayAll('clear_filters')}</button>`}
    </div><//>
    ${rows.length > 0 && html`<${Records} records=${rows} names=${names} whole=${listed.complete} />`}
    ${!listed.loading && listed.rows && rows.length === 0 && !wrong && html`<${Empty} icon="audit" title=${say('none')}><p>${say('none_text')}</p><//>`}
    <${Rest} of=${listed} />
  `;
}

/** @param {{ records: AuditRecord[], names: ReadonlyMap<string, string> | undefined, whole: boolean }} props */
const Records = ({ records, names, whole }) =>
  html`<${Table}
    caption=${say('title')}
    rows=${records}
    keyOf=${(/** @type {AuditRecord} */ { id }) => id}
    ordering=${{ natural: '-at', whole }}
    columns=${[
      { label: say('column_what'), look: 'wide first', cell: (/** @type {AuditRecord} */ record) => html`<${What} record=${record} />` },
      { label: say('column_change'), cell: (/** @type {AuditRecord} */ record) => html`<${Changes} record=${record} names=${names} />` },
      { label: say('column_who'), cell: (/** @type {AuditRecord} */ record) => html`<${Who} record=${record} />` },
      { label: say('column_when'), sort: byDate('at', (/** @type {AuditRecord} */ { at }) => at), cell: (/** @type {AuditRecord} */ { at }) => html`<time dateTime=${at}>${moment(at, zone())}</time>` },
    ]}
  />`;
