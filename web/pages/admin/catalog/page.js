import { useState } from 'preact/hooks';
import { listCatalog } from '../../../calls/catalog.js';
import { foundIn } from '../../../lib/found.js';
import { html, typed } from '../../../lib/html.js';
import { useLoaded } from '../../../lib/loaded.js';
import { amend, useRoute } from '../../../lib/route.js';
import { number } from '../../../lib/speaker.js';
import { Empty } from '../../../parts/admin/empty.js';
import { Head } from '../../../parts/admin/head.js';
import { Icon } from '../../../parts/admin/icon.js';
import { Shown } from '../../../parts/admin/loaded.js';
import { Field, controlOf } from '../../../parts/field.js';
import { say as sayAll } from '../say.js';
import { ModuleForm } from './dialogs.js';
import { KINDS, giversOf, modulesOf, titlesOf, unitsOf } from './gives.js';
import { say } from './say.js';
import { ModuleTable, UnitTable } from './tables.js';
import { UnitForm } from './unit_form.js';

/** @typedef {import('../../../calls/catalog.js').Catalog} Catalog */
/** @typedef {import('./gives.js').Kind} Kind */

/** @type {Record<Kind, () => string>} */
const PLURALS = { group: () => sayAll('groups'), site: () => sayAll('sites'), region: () => sayAll('regions'), module: () => say('modules') };

/** The groups, sites, regions and modules of the organization, and who gets what. */
export function CatalogPage() {
  const { query } = useRoute();
  const asked = /** @type {Kind} */ (query.get('kind'));
  const kind = KINDS.includes(asked) ? asked : 'group';
  const catalog = useLoaded(listCatalog, []);
  const [adding, setAdding] = useState(false);
  return html`
    <${Head} title=${say('title')} lead=${say('lead')}>
      ${catalog.data && html`<button type="button" class="button slim" onClick=${() => setAdding(true)}><${Icon} name="add" />${say(`new_${kind}`)}</button>`}
    <//>
    <${Shown} of=${catalog} as=${(/** @type {Catalog} */ data) => html`<${Tables} catalog=${data} kind=${kind} search=${query.get('q') ?? ''} then=${catalog.again} />`} />
    ${adding && catalog.data && kind !== 'module' && html`<${UnitForm} catalog=${catalog.data} kind=${kind} onClose=${() => setAdding(false)} then=${catalog.again} />`}
    ${adding && catalog.data && kind === 'module' && html`<${ModuleForm} catalog=${catalog.data} onClose=${() => setAdding(false)} then=${catalog.again} />`}
  `;
}

/** @param {{ catalog: Catalog, kind: Kind, search: string, then: () => Promise<void> }} props */
function Tables({ catalog, kind, search, then }) {
  const units = (/** @type {import('../../../calls/catalog.js').UnitKind} */ one) => foundIn(unitsOf(catalog, one), search, (unit) => [unit.name, ...titlesOf(catalog, unit)].join(' '));
  const modules = foundIn(modulesOf(catalog), search, (module) => [module.title, ...giversOf(catalog, module).map(({ name }) => name)].join(' '));
  const shown = kind === 'module' ? modules : units(kind);
  const idle =
    kind === 'module'
      ? modules.filter((module) => giversOf(catalog, module).length === 0).map(({ title }) => title)
      : units(kind).filter((unit) => titlesOf(catalog, unit).length === 0).map(({ name }) => name);
  const any = kind === 'module' ? catalog.modules.length : unitsOf(catalog, kind).length;
  return html`
    <div class="stack">
      <div class="filters">
        <div class="search field">
          <${Field} field=${{ id: 'search', label: sayAll('search'), optional: false }}>
            <input ...${controlOf({ id: 'search', label: '', optional: true })} class="input" type="search" placeholder=${say('search_hint')} value=${search} onInput=${typed((q) => amend({ q }))} />
          <//>
        </div>
      </div>
      <div class="tabs" role="group" aria-label=${say('kinds')}>
        ${KINDS.map(
          (one) => html`<button type="button" class="tab" key=${one} data-count=${one === 'module' ? modules.length : units(one).length} aria-pressed=${kind === one ? 'true' : 'false'} onClick=${() => amend({ kind: one === 'group' ? '' : one })}>
            ${PLURALS[one]()} ${number(one === 'module' ? modules.length : units(one).length)}
          </button>`,
        )}
      </div>
      <p class="quiet small">${say(`hint_${kind}`)}</p>
    </div>
    ${idle.length > 0 && html`<p class="notice"><${Icon} name="warning" /><span>${say(`warn_${kind}`, { n: idle.length, name: idle[0] ?? '' })}</span></p>`}
    ${shown.length > 0 && kind === 'module' && html`<${ModuleTable} catalog=${catalog} modules=${modules} then=${then} />`}
    ${shown.length > 0 && kind !== 'module' && html`<${UnitTable} catalog=${catalog} caption=${PLURALS[kind]()} units=${units(kind)} then=${then} />`}
    ${shown.length === 0 &&
    (any > 0
      ? html`<${Empty} icon="search" title=${sayAll('nothing_found')}><button type="button" class="link" onClick=${() => amend({ q: '' })}>${sayAll('clear_filters')}</button><//>`
      : html`<${Empty} icon="catalog" title=${say(`none_${kind}`)}><p>${say(kind === 'module' ? 'none_module_text' : 'none_unit_text')}</p><//>`)}
  `;
}
