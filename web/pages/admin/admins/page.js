import { useState } from 'preact/hooks';
import { listAdmins } from '../../../calls/admins.js';
import { actsOf } from '../../../calls/audit.js';
import { html } from '../../../lib/html.js';
import { useLoaded } from '../../../lib/loaded.js';
import { byDate, byText } from '../../../lib/sort.js';
import { dayOf } from '../../../lib/when.js';
import { Chip } from '../../../parts/admin/chip.js';
import { Head } from '../../../parts/admin/head.js';
import { Icon } from '../../../parts/admin/icon.js';
import { Shown } from '../../../parts/admin/loaded.js';
import { Table } from '../../../parts/admin/table.js';
import { say as sayAll } from '../say.js';
import { admin as whoIs, zone } from '../who.js';
import { AddAdmin, RemoveAdmin } from './dialogs.js';
import { say } from './say.js';

/** @typedef {import('../../../calls/admins.js').Admin} Admin */

/** The admins of the organization. */
export function Admins() {
  const admins = useLoaded(async () => (await listAdmins()).admins, []);
  const [asked, setAsked] = useState(/** @type {'add' | Admin | undefined} */ (undefined));
  const close = () => setAsked(undefined);
  return html`
    <${Head} title=${say('title')} lead=${say('lead')}>
      <button type="button" class="button slim" onClick=${() => setAsked('add')}><${Icon} name="add" />${say('add')}</button>
    <//>
    <${Shown} of=${admins} as=${(/** @type {Admin[]} */ rows) => html`<${AdminTable} admins=${rows} onRemove=${setAsked} />`} />
    ${asked === 'add' && html`<${AddAdmin} known=${admins.data ?? []} onClose=${close} then=${admins.again} />`}
    ${asked && asked !== 'add' && html`<${RemoveAdmin} admin=${asked} onClose=${close} then=${admins.again} />`}
  `;
}

/** @param {{ admins: Admin[], onRemove: (admin: Admin) => void }} props */
const AdminTable = ({ admins, onRemove }) =>
  html`<${Table}
    caption=${say('title')}
    rows=${admins}
    keyOf=${(/** @type {Admin} */ { id }) => id}
    ordering=${{ natural: 'name' }}
    columns=${[
      { label: say('column_name'), look: 'wide first', sort: byText('name', (/** @type {Admin} */ { name }) => name), cell: (/** @type {Admin} */ admin) => html`<${Name} admin=${admin} />` },
      { label: say('column_since'), sort: byDate('since', (/** @type {Admin} */ { created_at }) => created_at), cell: (/** @type {Admin} */ { created_at }) => html`<span>${dayOf(created_at, zone())}</span>` },
      {
        label: say('column_mail'),
        sort: byText('mail', (/** @type {Admin} */ { suppressed }) => say(suppressed ? 'mail_stopped' : 'mail_reaches')),
        cell: (/** @type {Admin} */ { suppressed }) =>
          suppressed ? html`<a href="/admin/mail-trouble"><${Chip} tone="bad" text=${say('mail_stopped')} /></a>` : html`<span class="quiet">${say('mail_reaches')}</span>`,
      },
      {
        label: '',
        hidden: sayAll('actions'),
        look: 'end',
        cell: (/** @type {Admin} */ admin) =>
          html`<span class="row-actions">
            <a class="button plain slim" href=${actsOf(admin.id)} aria-label=${`${say('activity')}: ${admin.name}`}>${say('activity')}</a>
            <button type="button" class="button plain slim" aria-label=${`${say('remove')}: ${admin.name}`} onClick=${() => onRemove(admin)}>${say('remove')}</button>
          </span>`,
      },
    ]}
  />`;

/** @param {{ admin: Admin }} props */
const Name = ({ admin: { id, name, email } }) =>
  html`<a class="table-name" href=${`/admin/members/${id}`}>${name}</a> ${id === whoIs().id && html`<${Chip} tone="accent" text=${say('you')} />`}
    <br /><span class="quiet small">${email}</span>`;
