import { useState } from 'preact/hooks';
import { html } from '../../../lib/html.js';
import { go } from '../../../lib/route.js';
import { byNumber, byText } from '../../../lib/sort.js';
import { Chip } from '../../../parts/admin/chip.js';
import { Menu } from '../../../parts/admin/menu.js';
import { Table } from '../../../parts/admin/table.js';
import { say as sayAll } from '../say.js';
import { DeleteModule, DeleteUnit, ModuleForm } from './dialogs.js';
import { giversOf, titlesOf } from './gives.js';
import { say } from './say.js';
import { UnitForm } from './unit_form.js';

/** @typedef {import('../../../calls/catalog.js').Catalog} Catalog */
/** @typedef {import('../../../calls/catalog.js').Module} Module */
/** @typedef {import('./acts.js').Unit} Unit */
/** @typedef {'edit' | 'delete' | undefined} Asked */

/** @param {{ catalog: Catalog, caption: string, units: Unit[], then: () => Promise<void> }} props */
export const UnitTable = ({ catalog, caption, units, then }) =>
  html`<${Table}
    caption=${caption}
    rows=${units}
    keyOf=${(/** @type {Unit} */ { id }) => id}
    ordering=${{ natural: 'name' }}
    columns=${[
      { label: say('column_name'), look: 'wide first', sort: byText('name', (/** @type {Unit} */ { name }) => name), cell: (/** @type {Unit} */ { name }) => html`<strong>${name}</strong>` },
      {
        label: say('column_gives'),
        sort: byNumber('gives', (/** @type {Unit} */ unit) => titlesOf(catalog, unit).length),
        cell: (/** @type {Unit} */ unit) => html`<${Named} names=${titlesOf(catalog, unit)} none=${say('gives_nothing')} />`,
      },
      { label: '', hidden: sayAll('actions'), look: 'end corner', cell: (/** @type {Unit} */ unit) => html`<${UnitMenu} catalog=${catalog} unit=${unit} then=${then} />` },
    ]}
  />`;

/** @param {{ catalog: Catalog, modules: Module[], then: () => Promise<void> }} props */
export const ModuleTable = ({ catalog, modules, then }) =>
  html`<${Table}
    caption=${say('modules')}
    rows=${modules}
    keyOf=${(/** @type {Module} */ { id }) => id}
    ordering=${{ natural: 'name' }}
    columns=${[
      {
        label: say('column_module'),
        look: 'wide first',
        sort: byText('name', (/** @type {Module} */ { title }) => title),
        cell: (/** @type {Module} */ { title, url }) => html`<strong>${title}</strong><br /><a class="small" href=${url} target="_blank" rel="noopener noreferrer">${url}</a>`,
      },
      {
        label: say('column_given_by'),
        sort: byNumber('given', (/** @type {Module} */ module) => giversOf(catalog, module).length),
        cell: (/** @type {Module} */ module) => html`<${Named} names=${giversOf(catalog, module).map(({ name }) => name)} none=${say('given_by_nobody')} />`,
      },
      { label: '', hidden: sayAll('actions'), look: 'end corner', cell: (/** @type {Module} */ module) => html`<${ModuleMenu} catalog=${catalog} module=${module} then=${then} />` },
    ]}
  />`;

/** @param {{ names: string[], none: string }} props */
const Named = ({ names, none }) =>
  names.length > 0 ? html`<ul class="named">${names.map((name, at) => html`<li key=${at}>${name}</li>`)}</ul>` : html`<${Chip} tone="wait" text=${none} />`;

/** @param {{ catalog: Catalog, unit: Unit, then: () => Promise<void> }} props */
function UnitMenu({ catalog, unit, then }) {
  const [asked, setAsked] = useState(/** @type {Asked} */ (undefined));
  const close = () => setAsked(undefined);
  return html`<${Menu}
      label=${sayAll('actions_for', { name: unit.name })}
      items=${[
        { label: say('edit'), icon: 'edit', run: () => setAsked('edit') },
        { label: say('members'), icon: 'people', run: () => go(`/admin/members?unit=${unit.id}`) },
        { label: say('remove'), icon: 'remove', danger: true, run: () => setAsked('delete') },
      ]}
    />
    ${asked === 'edit' && html`<${UnitForm} catalog=${catalog} kind=${unit.kind} unit=${unit} onClose=${close} then=${then} />`}
    ${asked === 'delete' && html`<${DeleteUnit} catalog=${catalog} unit=${unit} onClose=${close} then=${then} />`}`;
}

/** @param {{ catalog: Catalog, module: Module, then: () => Promise<void> }} props */
function ModuleMenu({ catalog, module, then }) {
  const [asked, setAsked] = useState(/** @type {Asked} */ (undefined));
  const close = () => setAsked(undefined);
  return html`<${Menu}
      label=${sayAll('actions_for', { name: module.title })}
      items=${[
        { label: say('edit'), icon: 'edit', run: () => setAsked('edit') },
        { label: say('remove'), icon: 'remove', danger: true, run: () => setAsked('delete') },
      ]}
    />
    ${asked === 'edit' && html`<${ModuleForm} catalog=${catalog} module=${module} onClose=${close} then=${then} />`}
    ${asked === 'delete' && html`<${DeleteModule} catalog=${catalog} module=${module} onClose=${close} then=${then} />`}`;
}
