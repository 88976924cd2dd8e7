/** What is asked for a unit or a module, and before one is deleted. */

import { useState } from 'preact/hooks';
import { Problem } from '../../../api.js';
import { unitUsage } from '../../../calls/catalog.js';
import { html } from '../../../lib/html.js';
import { useLoaded } from '../../../lib/loaded.js';
import { Checklist } from '../../../parts/admin/checklist.js';
import { Confirm } from '../../../parts/admin/confirm.js';
import { TextField } from '../../../parts/admin/fields.js';
import { FormDialog } from '../../../parts/admin/form_dialog.js';
import { Shown } from '../../../parts/admin/loaded.js';
import { say as sayAll } from '../say.js';
import { inCatalog, removeModule, removeUnit, saveModule, saveUnit } from './acts.js';
import { giversOf, modulesOf } from './gives.js';
import { say } from './say.js';

/** @typedef {import('../../../calls/catalog.js').Catalog} Catalog */
/** @typedef {import('../../../calls/catalog.js').Module} Module */
/** @typedef {import('./acts.js').Unit} Unit */
/** @typedef {import('../../../calls/catalog.js').UnitUsage} UnitUsage */

/**
 * @param {{ catalog: Catalog, kind: Unit['kind'], unit?: Unit, onClose: () => void, then: () => Promise<void> }} props without `unit` it makes one
 */
export function UnitForm({ catalog, kind, unit, onClose, then }) {
  // One id for each form, so that what is sent again is made once.
  const [id] = useState(() => unit?.id ?? crypto.randomUUID());
  /** @param {{ name: string, modules: string[] }} draft */
  async function run({ name, modules }) {
    if (name.trim() === '') throw new Problem('invalid_fields', { name: '' });
    const was = unit && { ...unit, modules: inCatalog(unit.modules, catalog) };
    await saveUnit({ id, kind, name: name.trim(), modules: inCatalog(modules, catalog) }, was, then);
  }
  return html`<${FormDialog}
    title=${unit ? say('edit_title', { name: unit.name }) : say(`new_${kind}`)}
    label=${sayAll('save')}
    name=${`catalog-${unit?.id ?? kind}`}
    initial=${{ name: unit?.name ?? '', modules: inCatalog(unit?.modules ?? [], catalog) }}
    run=${run}
    onClose=${onClose}
  >
    ${(/** @type {import('../../../parts/admin/form_dialog.js').Filling<{ name: string, modules: string[] }>} */ { draft, edit, wrong }) => html`
      <${TextField}
        field=${{ id: 'unit-name', label: say('field_name'), error: wrong('name', say('wrong_name')) }}
        value=${draft.name}
        max=${100}
        onInput=${(/** @type {string} */ name) => edit({ name })}
      />
      <${Checklist}
        id="unit-modules"
        legend=${say('field_modules')}
        none=${say('field_modules_none')}
        error=${wrong('modules', say('wrong_modules'))}
        options=${modulesOf(catalog).map(({ id, title }) => ({ id, label: title }))}
        chosen=${draft.modules}
        onChange=${(/** @type {string[]} */ modules) => edit({ modules })}
      />
    `}
  <//>`;
}

/** Whether an address is one that the API takes. @param {string} url */
function isHttps(url) {
  try {
    const { protocol, username, password } = new URL(url);
    return protocol === 'https:' && username === '' && password === '' && url.length <= 2000;
  } catch {
    return false;
  }
}

/** @param {{ module?: Module, onClose: () => void, then: () => Promise<void> }} props without `module` it makes one */
export function ModuleForm({ module, onClose, then }) {
  const [id] = useState(() => module?.id ?? crypto.randomUUID());
  /** @param {{ title: string, url: string }} draft */
  async function run(draft) {
    const [title, url] = [draft.title.trim(), draft.url.trim()];
    const wrong = { ...(title === '' && { title: '' }), ...(!isHttps(url) && { url: '' }) };
    if (Object.keys(wrong).length > 0) throw new Problem('invalid_fields', wrong);
    await saveModule({ id, title, url }, module, then);
  }
  return html`<${FormDialog}
    title=${module ? say('edit_title', { name: module.title }) : say('new_module')}
    label=${sayAll('save')}
    name=${`catalog-${module?.id ?? 'module'}`}
    initial=${{ title: module?.title ?? '', url: module?.url ?? '' }}
    run=${run}
    onClose=${onClose}
  >
    ${(/** @type {import('../../../parts/admin/form_dialog.js').Filling<{ title: string, url: string }>} */ { draft, edit, wrong }) => html`
      <${TextField}
        field=${{ id: 'module-title', label: say('field_title'), error: wrong('title', say('wrong_title')) }}
        value=${draft.title}
        max=${100}
        onInput=${(/** @type {string} */ title) => edit({ title })}
      />
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
      <a href=${`/admin/links?unit=${unit.id}`} data-count=${more_links ? undefined : links.length}>${say(more_links ? 'links_or_more' : 'links_n', { n: links.length })}</a>
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
