import { useState } from 'preact/hooks';
import { listApiKeys } from '../../../calls/api_keys.js';
import { actsOf } from '../../../calls/audit.js';
import { html } from '../../../lib/html.js';
import { useLoaded } from '../../../lib/loaded.js';
import { byDate, byText } from '../../../lib/sort.js';
import { dayOf, endMoment, fromNow, moment } from '../../../lib/when.js';
import { By } from '../../../parts/admin/by.js';
import { Chip } from '../../../parts/admin/chip.js';
import { Empty } from '../../../parts/admin/empty.js';
import { Head } from '../../../parts/admin/head.js';
import { Icon } from '../../../parts/admin/icon.js';
import { Shown } from '../../../parts/admin/loaded.js';
import { Table } from '../../../parts/admin/table.js';
import { say as sayAll } from '../say.js';
import { zone } from '../who.js';
import { Lost, Made, NewKey, Revoke } from './dialogs.js';
import { say } from './say.js';

/** @typedef {import('../../../calls/api_keys.js').ApiKey} ApiKey */
/** @typedef {import('../../../calls/api_keys.js').MadeApiKey} MadeApiKey */

/** The API keys of the organization. */
export function ApiKeys() {
  const keys = useLoaded(async () => (await listApiKeys()).api_keys, []);
  const [adding, setAdding] = useState(false);
  const [made, setMade] = useState(/** @type {MadeApiKey | undefined} */ (undefined));
  const [revoking, setRevoking] = useState(/** @type {ApiKey | undefined} */ (undefined));
  return html`
    <${Head} title=${say('title')} lead=${say('lead')}>
      <button type="button" class="button slim" onClick=${() => setAdding(true)}><${Icon} name="add" />${say('create')}</button>
    <//>
    <${Shown}
      of=${keys}
      as=${(/** @type {ApiKey[]} */ rows) =>
        rows.length > 0 ? html`<${KeyTable} keys=${rows} onRevoke=${setRevoking} />` : html`<${Empty} icon="key" title=${say('none')}><p>${say('none_text')}</p><//>`}
    />
    ${adding && html`<${NewKey} onClose=${() => setAdding(false)} onMade=${setMade} then=${keys.again} />`}
    ${!adding && made?.key && html`<${Made} name=${made.name} text=${made.key} onClose=${() => setMade(undefined)} />`}
    ${!adding && made && !made.key && html`<${Lost} made=${made} onClose=${() => setMade(undefined)} then=${keys.again} />`}
    ${revoking && html`<${Revoke} apiKey=${revoking} onClose=${() => setRevoking(undefined)} then=${keys.again} />`}
  `;
}

/** @param {{ keys: ApiKey[], onRevoke: (key: ApiKey) => void }} props */
const KeyTable = ({ keys, onRevoke }) =>
  html`<${Table}
    caption=${say('title')}
    rows=${keys}
    keyOf=${(/** @type {ApiKey} */ { id }) => id}
    ordering=${{ natural: '-created' }}
    columns=${[
      { label: say('column_name'), look: 'wide first', sort: byText('name', (/** @type {ApiKey} */ { name }) => name), cell: (/** @type {ApiKey} */ { name }) => html`<strong>${name}</strong>` },
      { label: say('column_scope'), sort: byText('permissions', (/** @type {ApiKey} */ { scope }) => say(`scope_${scope}`)), cell: (/** @type {ApiKey} */ { scope }) => html`<span>${say(`scope_${scope}`)}</span>` },
      {
        label: say('column_made'),
        sort: byDate('created', (/** @type {ApiKey} */ { created_at }) => created_at),
        cell: (/** @type {ApiKey} */ { created_at, created_by }) =>
          html`<span>${dayOf(created_at, zone())}<br /><span class="quiet small">${say('made_by')} <${By} id=${created_by} /></span></span>`,
      },
      {
        label: say('column_used'),
        sort: byDate('used', (/** @type {ApiKey} */ { last_used_at }) => last_used_at),
        cell: (/** @type {ApiKey} */ { last_used_at }) =>
          last_used_at ? html`<span title=${moment(last_used_at, zone())}>${fromNow(last_used_at)}</span>` : html`<span class="quiet">${say('used_never')}</span>`,
      },
      { label: say('column_expires'), sort: byDate('expires', (/** @type {ApiKey} */ { expires_at, revoked_at }) => revoked_at ?? expires_at), cell: (/** @type {ApiKey} */ key) => html`<${End} apiKey=${key} />` },
      {
        label: '',
        hidden: sayAll('actions'),
        look: 'end',
        cell: (/** @type {ApiKey} */ key) =>
          html`<span class="row-actions">
            <a class="button plain slim" href=${actsOf(`key:${key.id}`)} aria-label=${`${say('activity')}: ${key.name}`}>${say('activity')}</a>
            ${!key.revoked_at && html`<button type="button" class="button plain slim" aria-label=${`${say('revoke')}: ${key.name}`} onClick=${() => onRevoke(key)}>${say('revoke')}</button>`}
          </span>`,
      },
    ]}
  />`;

/** @param {{ apiKey: ApiKey }} props */
function End({ apiKey: { expires_at, revoked_at, revoked_by } }) {
  if (revoked_at)
    return html`<span><${Chip} tone="bad" text=${say('is_revoked', { when: fromNow(revoked_at) })} /><br /><span class="quiet small">${say('made_by')} <${By} id=${revoked_by} /></span></span>`;
  if (!expires_at) return html`<span class="quiet">${say('expires_never')}</span>`;
  if (Date.parse(expires_at) <= Date.now()) return html`<${Chip} tone="off" text=${say('is_expired', { when: fromNow(expires_at) })} />`;
  return html`<span>${fromNow(expires_at)}<br /><span class="quiet small">${endMoment(expires_at, zone())}</span></span>`;
}
