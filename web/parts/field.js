import { html } from '../lib/html.js';
import { say } from '../lib/language.js';
import { Icon } from './icon.js';

/**
 * @typedef {object} FieldProps
 * @property {string} id
 * @property {string} label
 * @property {string} [lang] of the label, where it is in another language than the page
 * @property {string} [hint]
 * @property {string} [error]
 * @property {boolean} [optional]
 */

/** @param {FieldProps} field */
const describedBy = ({ id, hint, error }) =>
  [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined;

/**
 * What a control is to have so that it belongs to its label, hint and error.
 * @param {FieldProps} field
 */
export const controlOf = (field) => ({
  id: field.id,
  'aria-required': field.optional ? 'false' : 'true',
  'aria-invalid': field.error ? 'true' : 'false',
  'aria-describedby': describedBy(field),
});

/** @param {FieldProps} field */
const Label = ({ label, lang, optional }) =>
  html`${lang ? html`<span lang=${lang}>${label}</span>` : label}${optional && html` <span class="hint">(${say('field_optional')})</span>`}`;

/** @param {FieldProps} field */
const Below = ({ id, hint, error }) =>
  html`${hint && html`<span class="hint" id=${`${id}-hint`}>${hint}</span>`}
  ${error && html`<span class="error" id=${`${id}-error`}><${Icon} name="alert" /><span>${error}</span></span>`}`;

/**
 * A control with its label, its hint and what is wrong with it.
 * @param {{ field: FieldProps, children: unknown }} props
 */
export const Field = ({ field, children }) =>
  html`<div class="field">
    <label class="label" for=${field.id}><${Label} ...${field} /></label>
    ${children}
    <${Below} ...${field} />
  </div>`;

/**
 * A few choices, all in sight.
 * @param {{ field: FieldProps, options: string[], words: (option: string) => { text: string, lang?: string }, value: string,
 *   onChange: (event: Event) => void }} props `words` of an option
 */
export function Choices({ field, options, words, value, onChange }) {
  const { id, ...group } = controlOf(field);
  return html`<fieldset class="field" role="radiogroup" ...${group}>
    <legend class="label"><${Label} ...${field} /></legend>
    ${options.map(
      (option, at) => html`<label class="choice" key=${option} lang=${words(option).lang}>
        <input type="radio" id=${at === 0 ? id : `${id}-${at}`} name=${id} value=${option} checked=${value === option} onChange=${onChange} />
        <span>${words(option).text}</span>
      </label>`,
    )}
    <${Below} ...${field} />
  </fieldset>`;
}
