/** The form of a group, site or region. What it gives is chosen among the modules, or created with it. */

import { useRef, useState } from 'preact/hooks';
import { Problem } from '../../../api.js';
import { putModule } from '../../../calls/catalog.js';
import { focusSoon } from '../../../lib/focus.js';
import { html } from '../../../lib/html.js';
import { speaker } from '../../../lib/speaker.js';
import { textsOf } from '../../../locales/admin/texts.js';
import { Checklist } from '../../../parts/admin/checklist.js';
import { TextField } from '../../../parts/admin/fields.js';
import { FormDialog } from '../../../parts/admin/form_dialog.js';
import { SameName, isTaken } from '../../../parts/admin/same_name.js';
import { say as sayAll } from '../say.js';
import { inCatalog, saveUnit } from './acts.js';
import { modulesOf } from './gives.js';
import { tellLeft } from './left_modules.js';
import { wrongIn } from './module.js';
import { say as sayCatalog } from './say.js';

const say = speaker(() => textsOf('unit_form'));

/** @typedef {import('../../../calls/catalog.js').Catalog} Catalog */
/** @typedef {import('../../../calls/catalog.js').Module} Module */
/** @typedef {import('./acts.js').Unit} Unit */
/** @typedef {{ id: string, name: string, modules: string[], created: Module[] }} Draft `created` are modules that are not in the catalog yet */
/** @typedef {import('../../../parts/admin/form_dialog.js').Filling<Draft>} Filling */

/** A module of which nothing is known yet. Its id is made once, so that what is sent again is created once. @returns {Module} */
const blank = () => ({ id: crypto.randomUUID(), title: '', url: '' });

/** The modules to be created, without those that were left empty. @param {readonly Module[]} created */
const filledIn = (created) => created.map(({ id, title, url }) => ({ id, title: title.trim(), url: url.trim() })).filter(({ title, url }) => title !== '' || url !== '');

/** The name that a field of a module to be created has among those of the form. @param {Module} module @param {string} field */
const nameOf = ({ id }, field) => `${field}-${id}`;

/** What is wrong with a module, by the names of the form's fields. @param {Module} module @param {Record<string, string>} fields */
const named = (module, fields) => Object.fromEntries(Object.entries(fields).map(([field, refusal]) => [nameOf(module, field), refusal]));

/** @param {Module} module */
async function create(module) {
  try {
    await putModule(module);
  } catch (error) {
    if (!(error instanceof Problem) || Object.keys(error.fields).length === 0) throw error;
    throw new Problem(error.code, named(module, error.fields));
  }
}

/**
 * @param {{ catalog: Catalog, kind: Unit['kind'], unit?: Unit, onClose: () => void, then: () => Promise<void>, saved?: (id: string) => void,
 *   dropped?: (id: string) => void }} props without `unit` it creates one; `then` fetches the catalog again, and `saved` follows it; `dropped`
 * follows when it is taken back
 */
export function UnitForm({ catalog, kind, unit, onClose, then, saved, dropped }) {
  // The tab keeps the id with what is typed: what is sent again, after a reload too, is created once.
  const [initial] = useState(() => ({
    id: unit?.id ?? crypto.randomUUID(),
    name: unit?.name ?? '',
    modules: inCatalog(unit?.modules ?? [], catalog),
    created: catalog.modules.length === 0 ? [blank()] : [],
  }));
  const unheard = useRef(false);
  const isSaved = useRef(false);
  // Modules are in the catalog before the unit that is to give them.
  const [made, setMade] = useState(/** @type {readonly string[]} */ ([]));
  const latest = useRef(/** @type {readonly Module[]} */ ([]));
  /** Those that this form has created, before a reload too. @param {readonly string[]} made */
  const createdHere = (made) => [...new Set([...made, ...latest.current.map(({ id }) => id).filter((id) => catalog.modules.some((module) => module.id === id))])];
  /** @param {Draft} draft */
  async function run(draft) {
    const created = filledIn(draft.created);
    const wrong = Object.assign({}, draft.name.trim() === '' && { name: '' }, ...created.map((module) => named(module, wrongIn(module))));
    if (Object.keys(wrong).length > 0) throw new Problem('invalid_fields', wrong);
    unheard.current = true;
    const all = new Set(made);
    for (const module of created) {
      await create(module);
      setMade([...all.add(module.id)]);
    }
    const was = unit && { ...unit, modules: inCatalog(unit.modules, catalog) };
    const modules = [...inCatalog(draft.modules, catalog), ...created.map((module) => module.id)];
    await saveUnit({ id: draft.id, kind, name: draft.name.trim(), modules }, was, then, () => {
      dropped?.(draft.id);
      void tellLeft([...all], then);
    });
    unheard.current = false;
    // What was taken out of the form after it had been created is no unit's.
    void tellLeft([...all].filter((id) => !modules.includes(id)), then);
    isSaved.current = true;
    saved?.(draft.id);
  }
  // What was sent and not heard of may have arrived.
  const close = () => {
    onClose();
    if (!isSaved.current) void tellLeft(createdHere(made), then);
    if (unheard.current) void then();
  };
  return html`<${FormDialog}
    title=${unit ? sayCatalog('edit_title', { name: unit.name }) : sayCatalog(`new_${kind}`)}
    label=${sayAll('save')}
    name=${`catalog-${unit?.id ?? kind}`}
    initial=${initial}
    run=${run}
    onClose=${close}
  >
    ${(/** @type {Filling} */ filling) => {
      latest.current = filling.draft.created;
      return html`
      <${TextField}
        field=${{ id: 'unit-name', label: sayCatalog('field_name'), hint: sayCatalog(`hint_${kind}`), error: filling.wrong('name', sayCatalog('wrong_name')) }}
        value=${filling.draft.name}
        max=${100}
        onInput=${(/** @type {string} */ name) => filling.edit({ name })}
      />
      <${SameName} words=${isTaken(filling.draft.name, filling.draft.id, catalog[`${kind}s`]) && sayCatalog(`taken_${kind}`, { name: filling.draft.name.trim() })} />
      ${catalog.modules.length > 0 &&
      html`<${Checklist}
        id="unit-modules"
        legend=${sayCatalog('field_modules')}
        none=""
        error=${filling.wrong('modules', sayCatalog('wrong_modules'))}
        options=${modulesOf(catalog).map(({ id, title }) => ({ id, label: title }))}
        chosen=${filling.draft.modules}
        onChange=${(/** @type {string[]} */ modules) => filling.edit({ modules })}
      />`}
      <${NewModules} ...${filling} modules=${catalog.modules} />
      ${made.length > 0 && html`<p class="notice" role="status">${say('modules_made', { n: made.length })}</p>`}
    `;
    }}
  <//>`;
}

/**
 * Modules that are created with the unit.
 * @param {Filling & { modules: readonly Module[] }} props `modules` are those that there are
 */
function NewModules({ draft: { created }, edit, wrong, modules }) {
  const titled = [...modules, ...created].map(({ id, title }) => ({ id, name: title }));
  const change = (/** @type {string} */ id, /** @type {Partial<Module>} */ change) =>
    edit({ created: created.map((module) => (module.id === id ? { ...module, ...change } : module)) });
  function add() {
    const module = blank();
    edit({ created: [...created, module] });
    focusSoon(nameOf(module, 'title'));
  }
  function remove(/** @type {string} */ id) {
    edit({ created: created.filter((module) => module.id !== id) });
    focusSoon('add-module');
  }
  return html`<div class="stack" role="group" aria-label=${say('new_modules')}>
    ${created.map(
      (module, at) => html`<div class="form box" key=${module.id}>
        <${TextField}
          field=${{ id: nameOf(module, 'title'), label: say('module_title'), hint: say('module_title_hint'), error: wrong(nameOf(module, 'title'), say('wrong_title')), optional: true }}
          value=${module.title}
          max=${100}
          onInput=${(/** @type {string} */ title) => change(module.id, { title })}
        />
        <${SameName} words=${isTaken(module.title, module.id, titled) && sayCatalog('taken_module', { name: module.title.trim() })} />
        <${TextField}
          field=${{ id: nameOf(module, 'url'), label: say('module_url'), hint: say('module_url_hint'), error: wrong(nameOf(module, 'url'), say('wrong_url')), optional: true }}
          type="url"
          value=${module.url}
          max=${2000}
          onInput=${(/** @type {string} */ url) => change(module.id, { url })}
        />
        <p>
          <button type="button" class="link" onClick=${() => remove(module.id)}>${say('module_remove', { n: at + 1 })}</button>
        </p>
      </div>`,
    )}
    <p><button type="button" class="button plain slim" id="add-module" onClick=${add}>${say('add_module')}</button></p>
  </div>`;
}
