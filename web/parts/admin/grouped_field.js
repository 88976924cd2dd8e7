import { html, typed } from '../../lib/html.js';
import { Field, controlOf } from '../field.js';

/** @typedef {[value: string, words: string]} Option */

/**
 * One of many, in groups that have a heading; a group without one stands by itself, and one without options is left out.
 * @param {{ field: import('../field.js').FieldProps, value: string, onInput: (value: string) => void, any: string, groups: readonly [string, Option[]][] }} props
 *   `any` stands for none of them
 */
export const GroupedField = ({ field, value, onInput, any, groups }) =>
  html`<${Field} field=${field}>
    <select ...${controlOf(field)} class="input" value=${value} onChange=${typed(onInput)}>
      <option value="" selected=${value === ''}>${any}</option>
      ${groups.map(([heading, options]) => {
        const each = options.map(([one, words]) => html`<option key=${one} value=${one} selected=${one === value}>${words}</option>`);
        return heading === '' ? each : each.length > 0 && html`<optgroup key=${heading} label=${heading}>${each}</optgroup>`;
      })}
    </select>
  <//>`;
