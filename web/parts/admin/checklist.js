import { useState } from 'preact/hooks';
import { foundIn } from '../../lib/found.js';
import { html, typed } from '../../lib/html.js';
import { say } from '../../pages/admin/say.js';

/** @typedef {{ id: string, label: string, hint?: string }} Option */

/** From how many on there is a search. */
const MANY = 8;

/**
 * Any number of many, with a search.
 * @param {{ id: string, legend: string, hint?: string, error?: string, none: string, options: readonly Option[], chosen: readonly string[], onChange: (chosen: string[]) => void }} props
 * `none` is said where there is nothing to choose
 */
export function Checklist({ id, legend, hint, error, none, options, chosen, onChange }) {
  const [search, setSearch] = useState('');
  const shown = foundIn(options, search, ({ label }) => label);
  const toggle = (/** @type {string} */ one) => onChange(chosen.includes(one) ? chosen.filter((other) => other !== one) : [...chosen, one]);
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined;
  return html`<fieldset class="field" aria-describedby=${described} aria-invalid=${error ? 'true' : undefined}>
    <legend class="label">${legend} ${options.length > 0 && html`<span class="hint">${say('selected', { n: chosen.length })}</span>`}</legend>
    ${hint && html`<span class="hint" id=${`${id}-hint`}>${hint}</span>`}
    ${options.length >= MANY &&
    html`<input class="input" type="search" aria-label=${`${say('search')}: ${legend}`} placeholder=${say('search')} value=${search} onInput=${typed(setSearch)} />`}
    ${options.length === 0
      ? html`<p class="quiet">${none}</p>`
      : html`<ul class="checklist">
          ${shown.map(
            (option) => html`<li key=${option.id}>
              <label class="check-field">
                <input type="checkbox" class="check" checked=${chosen.includes(option.id)} onChange=${() => toggle(option.id)} />
                <span>${option.label}${option.hint && html`<span class="hint choice-hint">${option.hint}</span>`}</span>
              </label>
            </li>`,
          )}
          ${shown.length === 0 && html`<li class="quiet">${say('nothing_found')}</li>`}
        </ul>`}
    ${error && html`<span class="error" id=${`${id}-error`}>${error}</span>`}
  </fieldset>`;
}
