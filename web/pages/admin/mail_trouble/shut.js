import { useState } from 'preact/hooks';
import { listSuppressions } from '../../../calls/suppressions.js';
import { html } from '../../../lib/html.js';
import { useListed } from '../../../lib/listed.js';
import { byDate, byText } from '../../../lib/sort.js';
import { Bulk } from '../../../parts/admin/bulk.js';
import { Empty } from '../../../parts/admin/empty.js';
import { Rest } from '../../../parts/admin/loaded.js';
import { Table } from '../../../parts/admin/table.js';
import { Person, When } from '../members/shown.js';
import { say as sayAll } from '../say.js';
import { Clear } from './clear.js';
import { say } from './say.js';
import { ToCorrect } from './to_correct.js';

/** @typedef {import('../../../calls/suppressions.js').Suppression} Suppression */

/** The addresses that are not mailed. @param {{ onCleared: () => void }} props */
export function Shut({ onCleared }) {
  const listed = useListed(async (cursor) => {
    const { suppressions, next } = await listSuppressions(cursor);
    return { rows: suppressions, next };
  }, []);
  const [keys, setKeys] = useState(/** @type {ReadonlySet<string>} */ (new Set()));
  const [clearing, setClearing] = useState(/** @type {Suppression[]} */ ([]));
  const rows = listed.rows ?? [];
  const selected = rows.filter(({ member }) => keys.has(member.id));
  const then = async () => {
    onCleared();
    await listed.again();
  };
  return html`<section class="stack" aria-labelledby="shut">
    <div class="section-head">
      <h2 id="shut">${say('shut')}</h2>
      <p class="quiet">${say('shut_lead')}</p>
    </div>
    ${rows.length > 0 &&
    html`<${Table}
      caption=${say('shut')}
      rows=${rows}
      keyOf=${(/** @type {Suppression} */ { member }) => member.id}
      selection=${{ keys, set: setKeys, name: (/** @type {Suppression} */ { member }) => member.name }}
      ordering=${{ whole: listed.complete }}
      columns=${[
        { label: say('column_person'), look: 'wide first', sort: byText('name', (/** @type {Suppression} */ { member }) => member.name), cell: (/** @type {Suppression} */ { member }) => html`<${Person} member=${member} />` },
        { label: say('column_why'), sort: byText('reason', (/** @type {Suppression} */ { reason }) => say(`reason_${reason}`)), cell: (/** @type {Suppression} */ { reason }) => html`<span>${say(`reason_${reason}`)}</span>` },
        { label: say('column_since'), sort: byDate('since', (/** @type {Suppression} */ { at }) => at), cell: (/** @type {Suppression} */ { at }) => html`<${When} at=${at} />` },
        {
          label: '',
          hidden: sayAll('actions'),
          look: 'end',
          cell: (/** @type {Suppression} */ one) =>
            html`<div class="row-actions">
              ${one.reason === 'bounced' && html`<${ToCorrect} member=${one.member} />`}
              <button type="button" class="button plain slim" aria-label=${`${say('clear')}: ${one.member.name}`} onClick=${() => setClearing([one])}>${say('clear')}</button>
            </div>`,
        },
      ]}
    />`}
    ${!listed.loading && listed.rows && rows.length === 0 && html`<${Empty} icon="tick" title=${say('shut_none')}><p>${say('shut_none_text')}</p><//>`}
    <${Rest} of=${listed} />
    <${Bulk}
      of=${say('shut')}
      n=${selected.length}
      onClear=${() => setKeys(new Set())}
      actions=${[{ label: say('clear'), icon: 'send', run: () => setClearing(selected) }]}
    />
    ${clearing.length > 0 && html`<${Clear} all=${clearing} onClose=${() => setClearing([])} then=${then} />`}
  </section>`;
}
