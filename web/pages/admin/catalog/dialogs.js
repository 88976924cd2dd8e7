/** What is asked for a module, and before a unit or a module is deleted. */

import { useState } from 'preact/hooks';
import { Problem } from '../../../api.js';
import { unitUsage } from '../../../calls/catalog.js';
import { html } from '../../../lib/html.js';
import { useLoaded } from '../../../lib/loaded.js';
import { Confirm } from '../../../parts/admin/confirm.js';
import { TextField } from '../../../parts/admin/fields.js';
import { FormDialog } from '../../../parts/admin/form_dialog.js';
import { Shown } from '../../../parts/admin/loaded.js';
import { SameName, isTaken } from '../../../parts/admin/same_name.js';
import { say as sayAll } from '../say.js';
import { inCatalog, removeModule, removeUnit, saveModule } from './acts.js';
import { giversOf } from './gives.js';
import { wrongIn } from './module.js';
import { say } from './say.js';

/** @typedef {import('../../../calls/catalog.js').Catalog} Catalog */
/** @typedef {import('../../../calls/catalog.js').Module} Module */
/** @typedef {import('./acts.js').Unit} Unit */
/** @typedef {import('../../../calls/catalog.js').UnitUsage} UnitUsage */

/** @param {{ catalog: Catalog, module?: Module, onClose: () => void, then: () => Promise<void> }} props without `module` it makes one */
export function ModuleForm({ catalog, module, onClose, then }) {
  // The tab keeps the id with what is typed: what is sent again, after a reload too, is created once.
  const [initial] = useState(() => ({ id: module?.id ?? crypto.randomUUID(), title: module?.title ?? '', url: module?.url ?? '' }));
  /** @param {Module} draft */
  async function run(draft) {
    const [title, url] = [draft.title.trim(), draft.url.trim()];
    const wrong = wrongIn({ title, url });
    if (Object.keys(wrong).length > 0) throw new Problem('invalid_fields', wrong);
    await saveModule({ id: draft.id, title, url }, module, then);
  }
  return html`<${FormDialog}
    title=${module ? say('edit_title', { name: module.title }) : say('new_module')}
    label=${sayAll('save')}
    name=${`catalog-${module?.id ?? 'module'}`}
    initial=${initial}
    run=${run}
    onClose=${onClose}
  >
    ${(/** @type {import('../../../parts/admin/form_dialog.js').Filling<Module>} */ { draft, edit, wrong }) => html`
      <${TextField}
        field=${{ id: 'module-title', label: say('field_title'), error: wrong('title', say('wrong_title')) }}
        value=${draft.title}
        max=${100}
        onInput=${(/** @type {string} */ title) => edit({ title })}
      />
      <${SameName} words=${isTaken(draft.title, draft.id, catalog.modules.map(({ id, title }) => ({ id, name: title }))) && say('taken_module', { name: draft.title.trim() })} />
      <${TextField}
        field=${{ id: 'module-url', label: say('field_url'), hint: say('field_url_hint'), error: wrong('url', say('wrong_url')) }}
        type="url"
        value=${draft.url}
        max=${2000}
        onInput=${(/** @type {string} */ url) => edit({ url })}
      />
    `}
  <//>`;
}

/** @param {{ catalog: Catalog, unit: Unit, onClose: () => void, then: () => Promise<void> }} props */
export function DeleteUnit({ catalog, unit, onClose, then }) {
  const usage = useLoaded(() => unitUsage(unit.id), [unit.id]);
  return html`<${Confirm}
    title=${say('delete_title', { name: unit.name })}
    label=${say('remove')}
    danger
    off=${usage.data === undefined && usage.problem === undefined}
    onClose=${onClose}
    run=${() => removeUnit({ ...unit, modules: inCatalog(unit.modules, catalog) }, then)}
  >
    <p>${say('delete_unit_text')}</p>
    <${Shown} of=${usage} as=${(/** @type {UnitUsage} */ used) => html`<${Usage} unit=${unit} used=${used} />`} />
  <//>`;
}

/** How many of the links that give a unit are named. */
const NAMED = 8;

/** @param {{ unit: Unit, used: UnitUsage }} props */
function Usage({ unit, used: { links, more_links, members, jobs } }) {
  if (links.length === 0 && !more_links && members.count === 0 && jobs.length === 0) return html`<p><strong>${say('unused')}</strong></p>`;
  return html`<ul class="rows">
    ${(links.length > 0 || more_links) &&
    html`<li>
      <span>${say('used_by_links')}<br /><span class="quiet small">${links.slice(0, NAMED).map(({ name }) => name).join(', ')}${links.length > NAMED && ' …'}</span></span>
      <a href=${`/admin/links?unit=${unit.id}`} data-count=${more_links ? undefined : links.length}>${more_links && links.length === 0 ? say('links_unknown') : say(more_links ? 'links_or_more' : 'links_n', { n: links.length })}</a>
    </li>`}
    ${members.count > 0 &&
    html`<li>
      <span>${say('used_by_members')}</span>
      <a href=${`/admin/members?unit=${unit.id}`} data-count=${members.more ? undefined : members.count}>${say(members.more ? 'members_or_more' : 'members_n', { n: members.count })}</a>
    </li>`}
    ${jobs.length > 0 &&
    html`<li><span>${say('used_by_jobs')}</span><span>${jobs.map(({ id }, at) => html`<a key=${id} href=${`/admin/jobs/${id}`}>${say('job_n', { n: at + 1 })}</a> `)}</span></li>`}
  </ul>`;
}

/** @param {{ catalog: Catalog, module: Module, onClose: () => void, then: () => Promise<void> }} props */
export function DeleteModule({ catalog, module, onClose, then }) {
  const units = giversOf(catalog, module).map(({ name }) => name);
  return html`<${Confirm} title=${say('delete_title', { name: module.title })} label=${say('remove')} danger onClose=${onClose} run=${() => removeModule(module, then)}>
    <p>${say('delete_module_text')}</p>
    ${units.length > 0
      ? html`<p>${say('delete_module_given', { n: units.length, units: units.join(', ') })}</p>`
      : html`<p><strong>${say('module_unused')}</strong></p>`}
  <//>`;
}
