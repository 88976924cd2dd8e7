import { useState } from 'preact/hooks';
import { html, typed } from '../../../lib/html.js';
import { Shown } from '../../../parts/admin/loaded.js';
import { KINDS, KIND_WORDS, unitName } from '../members/units.js';
import { say as sayAll } from '../say.js';
import { say } from './say.js';

/** @typedef {import('../../../calls/members.js').UnitIds} UnitIds */
/** @typedef {ReadonlyMap<string, import('../members/units.js').NamedUnit>} Units */

/** How many units are shown before one has to search among them. */
const FEW = 8;

/** @param {string} text */
const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/**
 * The units of the catalog, each to be ticked.
 * @param {{ units: import('../../../lib/loaded.js').Loaded<Units>, chosen: UnitIds, onChange: (change: Partial<UnitIds>) => void, error?: string }} props
 */
export function UnitsField({ units, chosen, onChange, error }) {
  const [search, setSearch] = useState('');
  const list = (/** @type {Units} */ units) => {
    const all = [
      ...units.values(),
      // Those that left the catalog stay until somebody takes them away.
      ...KINDS.flatMap((kind) => chosen[kind].filter((id) => !units.has(id)).map((id) => ({ id, kind, name: unitName(units, id) }))),
    ];
    const found = all.filter(({ name }) => plain(name).includes(plain(search.trim())));
    return html`${all.length > FEW &&
      html`<input class="input" type="search" aria-label=${say('search_units')} placeholder=${say('search_units')} value=${search} onInput=${typed(setSearch)} />`}
      <ul class="ticks">
        ${found.map(
          ({ id, kind, name }) => html`<li key=${id}>
            <label class="check-field">
              <input
                type="checkbox"
                class="check"
                checked=${chosen[kind].includes(id)}
                onChange=${(/** @type {Event} */ event) => {
                  const on = /** @type {HTMLInputElement} */ (event.currentTarget).checked;
                  onChange({ [kind]: on ? [...chosen[kind], id] : chosen[kind].filter((one) => one !== id) });
                }}
              />
              <span>${name} <span class="quiet small">${sayAll(KIND_WORDS[kind])}</span></span>
            </label>
          </li>`,
        )}
      </ul>
      ${all.length === 0 && html`<p class="quiet">${say('units_none')}</p>`}`;
  };
  return html`<fieldset class="field" id="member-units" tabindex="-1" aria-describedby=${error && 'member-units-error'}>
    <legend class="label">${say('units')}</legend>
    <${Shown} of=${units} as=${list} />
    ${error && html`<span class="error" id="member-units-error">${error}</span>`}
  </fieldset>`;
}
