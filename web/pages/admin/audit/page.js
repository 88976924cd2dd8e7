import { auditPath, listAudit } from '../../../calls/audit.js';
import { html } from '../../../lib/html.js';
import { useListed } from '../../../lib/listed.js';
import { useLoaded } from '../../../lib/loaded.js';
import { amend, remember, useRoute } from '../../../lib/route.js';
import { byDate } from '../../../lib/sort.js';
import { moment } from '../../../lib/when.js';
import { CsvButton } from '../../../parts/admin/csv.js';
import { Empty } from '../../../parts/admin/empty.js';
import { Head } from '../../../parts/admin/head.js';
import { Rest } from '../../../parts/admin/loaded.js';
import { Table } from '../../../parts/admin/table.js';
import { say as sayAll } from '../say.js';
import { zone } from '../who.js';
import { Filters, askedIn } from './filters.js';
import { allNames } from './names.js';
import { say } from './say.js';
import { Changes, What, Who } from './shown.js';

/** @typedef {import('../../../calls/audit.js').AuditRecord} AuditRecord */

/** What was done, by whom, and what it changed. */
export function Audit() {
  const { query } = useRoute();
  const asked = askedIn(query);
  const wrong = asked.from !== '' && asked.to !== '' && asked.to < asked.from;
  // Records are read without names too.
  const names = useLoaded(allNames, []).data;
  const listed = useListed(
    async (cursor) => {
      if (wrong) return { rows: [], next: null };
      const { records, next } = await listAudit(asked, cursor);
      return { rows: records, next };
    },
    [asked.by, asked.act, asked.from, asked.to],
  );
  const rows = listed.rows ?? [];
  const none = !listed.loading && listed.complete && rows.length === 0 && !wrong;
  const clear = () => remember({});
  return html`
    <${Head} title=${say('title')} lead=${say('lead', { zone: zone() })}>
      ${rows.length > 0 && html`<${CsvButton} path=${auditPath(asked)} name="audit.csv" />`}
    <//>
    <${Filters}
      asked=${asked}
      wrong=${wrong}
      name=${rows.find(({ by }) => by?.id === asked.by)?.by?.name}
      choose=${amend}
      clear=${clear}
    />
    ${rows.length > 0 && html`<${Records} records=${rows} names=${names} whole=${listed.complete} />`}
    ${none && html`<${Nothing} chosen=${asked.by !== '' || asked.act !== ''} clear=${clear} />`}
    <${Rest} of=${listed} />
  `;
}

/** @param {{ chosen: boolean, clear: () => void }} props `chosen` where more than a time is */
const Nothing = ({ chosen, clear }) =>
  chosen
    ? html`<${Empty} icon="audit" title=${sayAll('nothing_found')}>
        <p>${say('none_chosen')}</p>
        <p><button type="button" class="button plain slim" onClick=${clear}>${sayAll('clear_filters')}</button></p>
      <//>`
    : html`<${Empty} icon="audit" title=${say('none')}><p>${say('none_text')}</p><//>`;

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
