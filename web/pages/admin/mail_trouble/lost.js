import { useState } from 'preact/hooks';
import { listMembers } from '../../../calls/members.js';
import { html } from '../../../lib/html.js';
import { useListed } from '../../../lib/listed.js';
import { byDate, byText } from '../../../lib/sort.js';
import { Bulk } from '../../../parts/admin/bulk.js';
import { Empty } from '../../../parts/admin/empty.js';
import { Rest } from '../../../parts/admin/loaded.js';
import { Table } from '../../../parts/admin/table.js';
import { DeedDialog } from '../members/deed.js';
import { LastMail, Person, When, mailWords } from '../members/shown.js';
import { say as sayAll } from '../say.js';
import { say } from './say.js';
import { ToCorrect } from './to_correct.js';

/** @typedef {import('../../../calls/members.js').Member} Member */

/**
 * Whether to send another: those who wait for an admin, and those who are shut out, have nothing to sign in for, and whoever marked a mail as
 * spam is asked first.
 * @param {Member} member
 */
const canBeSent = ({ access, mail }) => (access === 'granted' || access === 'unverified') && mail?.state !== 'complained';

/** Whether the address may be wrong. @param {Member} member */
const isReturned = ({ mail }) => mail?.state === 'bounced' || mail?.state === 'failed';

/** Members who are mailed, but whose last mail did not arrive. @param {{ cleared: number }} props `cleared` changes when others are mailed again */
export function Lost({ cleared }) {
  const listed = useListed(
    async (cursor) => {
      const { members, next } = await listMembers({ mail: 'trouble' }, cursor);
      return { rows: members.filter(({ suppressed }) => !suppressed), next };
    },
    [cleared],
  );
  const [keys, setKeys] = useState(/** @type {ReadonlySet<string>} */ (new Set()));
  const [sending, setSending] = useState(/** @type {Member[]} */ ([]));
  const rows = listed.rows ?? [];
  const selected = rows.filter((member) => keys.has(member.id) && canBeSent(member));
  return html`<section class="stack" aria-labelledby="lost">
    <div class="section-head">
      <h2 id="lost">${say('lost')}</h2>
      <p class="quiet">${say('lost_lead')}</p>
    </div>
    ${rows.length > 0 &&
    html`<${Table}
      caption=${say('lost')}
      rows=${rows}
      keyOf=${(/** @type {Member} */ { id }) => id}
      selection=${{ keys, set: setKeys, name: (/** @type {Member} */ { name }) => name }}
      ordering=${{ name: 'sort_lost', whole: listed.complete }}
      columns=${[
        { label: say('column_person'), look: 'wide first', sort: byText('name', (/** @type {Member} */ { name }) => name), cell: (/** @type {Member} */ member) => html`<${Person} member=${member} />` },
        { label: say('column_mail'), sort: byText('mail', mailWords), cell: (/** @type {Member} */ member) => html`<${LastMail} member=${member} />${member.mail?.state === 'complained' && html`<br /><span class="quiet small">${say('ask_first')}</span>`}` },
        { label: say('column_since'), sort: byDate('since', (/** @type {Member} */ { mail }) => mail?.at), cell: (/** @type {Member} */ { mail }) => mail && html`<${When} at=${mail.at} />` },
        {
          label: '',
          hidden: sayAll('actions'),
          look: 'end',
          cell: (/** @type {Member} */ member) =>
            html`<div class="row-actions">
              ${isReturned(member) && html`<${ToCorrect} member=${member} />`}
              ${canBeSent(member) &&
              html`<button type="button" class="button plain slim" aria-label=${`${say('send')}: ${member.name}`} onClick=${() => setSending([member])}>${say('send')}</button>`}
            </div>`,
        },
      ]}
    />`}
    ${!listed.loading && listed.rows && rows.length === 0 && html`<${Empty} icon="tick" title=${say('lost_none')}><p>${say('lost_none_text')}</p><//>`}
    <${Rest} of=${listed} />
    <${Bulk}
      of=${say('lost')}
      n=${selected.length}
      onClear=${() => setKeys(new Set())}
      actions=${[{ label: say('send'), icon: 'send', run: () => setSending(selected) }]}
    />
    ${sending.length > 0 && html`<${DeedDialog} deed="login-mails" people=${sending} onClose=${() => setSending([])} then=${listed.again} />`}
  </section>`;
}
