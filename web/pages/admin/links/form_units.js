import { html } from '../../../lib/html.js';
import { compareTexts } from '../../../lib/sort.js';
import { Checklist } from '../../../parts/admin/checklist.js';
import { Icon } from '../../../parts/admin/icon.js';
import { say as sayCatalog } from '../catalog/say.js';
import { say as sayAll } from '../say.js';
import { say } from './form_say.js';
import { deletedUnits } from './deleted_units.js';
import { KINDS } from './gives.js';
import { say as sayLinks } from './say.js';

/** @typedef {import('../../../calls/catalog.js').Unit} Unit */
/** @typedef {import('../../../calls/catalog.js').UnitKind} UnitKind */
/** @typedef {import('./form_values.js').Values} Values */

const UNIT_KINDS = /** @type {const} */ (['site', 'group', 'region']);

/**
 * Where people land: units of the catalog, chosen by name.
 * @param {{ values: Values, catalog: import('../../../calls/catalog.js').Catalog, error?: string, edit: (change: Partial<Values>) => void,
 *   create: (kind: UnitKind) => void }} props `create` asks for a unit that is not in the catalog yet
 */
export function Units({ values, catalog, error, edit, create }) {
  const kinds = KINDS.filter((kind) => catalog[kind].length + values[kind].length > 0);
  const gone = deletedUnits({ state: 'active', allocation: values }, catalog);
  return html`<div class="stack" id="allocation" tabindex="-1" data-wrong=${error ? '' : undefined} role="group" aria-label=${say('allocation')}>
    ${gone > 0 && html`<p class="notice">${sayLinks('gives_deleted', { n: gone })}</p>`}
    ${kinds.length === 0 && html`<p>${say('catalog_empty')}</p>`}
    ${kinds.map(
      (kind) => html`<${Checklist}
        key=${kind}
        id=${`units-${kind}`}
        legend=${sayAll(kind)}
        none=""
        options=${optionsOf(catalog[kind], values[kind])}
        chosen=${values[kind]}
        onChange=${(/** @type {string[]} */ ids) => edit({ [kind]: ids })}
      />`,
    )}
    <p class="actions">
      ${UNIT_KINDS.map(
        (kind) => html`<button type="button" class="button plain slim" key=${kind} onClick=${() => create(kind)}><${Icon} name="add" />${sayCatalog(`new_${kind}`)}</button>`,
      )}
    </p>
    ${error && html`<p class="error">${error}</p>`}
  </div>`;
}

/**
 * The units by name, after those that are chosen and gone, so that they can be let go.
 * @param {readonly Unit[]} units
 * @param {readonly string[]} chosen
 */
function optionsOf(units, chosen) {
  const gone = chosen.filter((id) => !units.some((unit) => unit.id === id));
  const sorted = [...units].sort((a, b) => compareTexts(a.name, b.name));
  return [...gone.map((id) => ({ id, label: `${id.slice(0, 8)}… (${sayAll('unit_gone')})` })), ...sorted.map(({ id, name }) => ({ id, label: name }))];
}
