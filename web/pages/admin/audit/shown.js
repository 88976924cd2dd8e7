/** How the parts of a record are shown. */

import { html } from '../../../lib/html.js';
import { zone } from '../who.js';
import { changesOf } from './changes.js';
import { actWords, fieldWords, say } from './say.js';
import { valueWords } from './value.js';

/** @typedef {import('../../../calls/audit.js').AuditRecord} AuditRecord */
/** @typedef {ReadonlyMap<string, string> | undefined} Names nothing while they are not known */

/** How many fields stand there at once; more are unfolded. */
const AT_ONCE = 3;

/** @type {Record<import('../../../calls/audit.js').SubjectKind, (id: string) => string>} */
const PAGES = {
  link: (id) => `/admin/links/${id}`,
  member: (id) => `/admin/members/${id}`,
  job: (id) => `/admin/jobs/${id}`,
  webhook: (id) => `/admin/webhooks/${id}`,
  unit: () => '/admin/catalog',
  module: () => '/admin/catalog?kind=module',
  api_key: () => '/admin/api-keys',
  organization: () => '/admin/settings',
};

/** @param {{ record: AuditRecord }} props */
export function Who({ record: { by } }) {
  if (!by) return html`<span class="quiet">${say('the_system')}</span>`;
  if (by.id === 'operator') return html`<span class="quiet">${say('the_operator')}</span>`;
  if (by.id.startsWith('key:')) return html`<span>${by.name === null ? say('old_key') : say('a_key', { name: by.name })}</span>`;
  return by.name === null ? html`<span>${say('old_admin')}</span>` : html`<a href=${PAGES.member(by.id)}>${by.name}</a>`;
}

/** @param {{ record: AuditRecord }} props */
export const What = ({ record: { act, subject } }) => html`<strong>${actWords(act)}</strong><br /><${Subject} subject=${subject} />`;

/** @param {{ subject: AuditRecord['subject'] }} props */
function Subject({ subject: { kind, id, name } }) {
  // Bulk jobs have no names.
  const words = name ?? (kind === 'job' ? say('see_it') : undefined);
  if (words === undefined) return html`<span class="quiet small">${say(`of_${kind}`)}: ${say('no_name')}</span>`;
  return html`<span class="small"><span class="quiet">${say(`of_${kind}`)}: </span><a href=${PAGES[kind](id)}>${words}</a></span>`;
}

/** @param {{ record: AuditRecord, names: Names }} props */
export function Changes({ record, names }) {
  const changes = changesOf(record);
  if (changes.length === 0) return html`<span class="quiet">–</span>`;
  const all = html`<ul class="changes small">${changes.map((change) => html`<li key=${change.field}><${Change} change=${change} names=${names} /></li>`)}</ul>`;
  return changes.length <= AT_ONCE ? all : html`<details class="small"><summary>${say('fields', { n: changes.length })}</summary>${all}</details>`;
}

/** @param {{ change: import('./changes.js').Changed, names: Names }} props */
function Change({ change: { field, before, after, made }, names }) {
  const words = (/** @type {unknown} */ value) => valueWords(field, value, { zone: zone(), names });
  const label = html`<span class="quiet">${fieldWords(field)}${after === true && made ? '' : ': '}</span>`;
  if (made) return html`<span>${label}${after === true ? '' : words(after)}</span>`;
  return html`<span>${label}<del>${words(before)}</del><span aria-hidden="true"> → </span><span class="unseen"> ${say('to_words')} </span><ins>${words(after)}</ins></span>`;
}
