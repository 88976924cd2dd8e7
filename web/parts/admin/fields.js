import { html, typed } from '../../lib/html.js';
import { Field, controlOf } from '../field.js';

/** @typedef {import('../field.js').FieldProps} FieldProps */

/**
 * One line of text.
 * @param {{ field: FieldProps, value: string, onInput: (text: string) => void, type?: string, max?: number, [attribute: string]: unknown }} props
 */
export const TextField = ({ field, value, onInput, type = 'text', max, ...more }) =>
  html`<${Field} field=${field}>
    <input ...${controlOf(field)} ...${more} class="input" type=${type} maxlength=${max} value=${value} onInput=${typed(onInput)} />
  <//>`;

/**
 * Several lines of text.
 * @param {{ field: FieldProps, value: string, onInput: (text: string) => void, max?: number, rows?: number, lang?: string }} props
 */
export const AreaField = ({ field, value, onInput, max, rows = 3, lang }) =>
  html`<${Field} field=${field}>
    <textarea ...${controlOf(field)} class="input" rows=${rows} lang=${lang} maxlength=${max} value=${value} onInput=${typed(onInput)}></textarea>
  <//>`;

/**
 * One of a few.
 * @param {{ field: FieldProps, value: string, onInput: (value: string) => void, options: readonly (readonly [string, string])[] }} props each option by its
 * value and its words
 */
export const SelectField = ({ field, value, onInput, options }) =>
  html`<${Field} field=${field}>
    <select ...${controlOf(field)} class="input" value=${value} onChange=${typed(onInput)}>
      ${options.map(([option, words]) => html`<option key=${option} value=${option} selected=${option === value}>${words}</option>`)}
    </select>
  <//>`;

/**
 * Yes or no.
 * @param {{ id: string, label: string, hint?: string, checked: boolean, off?: boolean, onChange: (checked: boolean) => void }} props `off` while it changes nothing, and
 * its hint says why
 */
export const CheckField = ({ id, label, hint, checked, off = false, onChange }) =>
  html`<div class="field">
    <label class="check-field" for=${id}>
      <input
        type="checkbox"
        class="check"
        id=${id}
        checked=${checked && !off}
        disabled=${off}
        aria-describedby=${hint && `${id}-hint`}
        onChange=${(/** @type {Event} */ event) => onChange(/** @type {HTMLInputElement} */ (event.currentTarget).checked)}
      />
      <span>${label}</span>
    </label>
    ${hint && html`<span class="hint" id=${`${id}-hint`}>${hint}</span>`}
  </div>`;

/**
 * One of a few, all in sight, each with what it means.
 * @param {{ field: FieldProps, value: string, onInput: (value: string) => void, options: readonly { value: string, label: string, hint?: string }[] }} props
 */
export function RadioField({ field, value, onInput, options }) {
  const { id, ...group } = controlOf(field);
  return html`<fieldset class="field" role="radiogroup" ...${group}>
    <legend class="label">${field.label}</legend>
    ${options.map(
      (option, at) => html`<label class="choice" key=${option.value}>
        <input type="radio" id=${at === 0 ? id : `${id}-${at}`} name=${id} value=${option.value} checked=${value === option.value} onChange=${typed(onInput)} />
        <span>${option.label}${option.hint && html`<span class="hint choice-hint">${option.hint}</span>`}</span>
      </label>`,
    )}
    ${field.error && html`<span class="error" id=${`${id}-error`}>${field.error}</span>`}
  </fieldset>`;
}
