import { useState } from 'preact/hooks';
import { html } from '../../../lib/html.js';
import { CheckField, RadioField, SelectField, TextField } from '../../../parts/admin/fields.js';
import { Asks } from './form_asks.js';
import { Languages } from './form_languages.js';
import { say } from './form_say.js';
import { Warned } from './form_warned.js';

/** @typedef {import('./form_values.js').Values} Values */
/** @typedef {{ values: Values, errors: Record<string, string>, edit: (change: Partial<Values>) => void, warnings: readonly import('./form_warnings.js').Warning[], waiting: number }} Props `waiting`: how many are
 *   on the waiting list */

/**
 * A part that few links need: folded, unless it holds something already.
 * @param {{ title: string, holds: boolean, children: unknown }} props
 */
function Fold({ title, holds, children }) {
  const [open] = useState(holds);
  return html`<details class="box fold" open=${open}>
    <summary><h2>${title}</h2></summary>
    <div class="form">${children}</div>
  </details>`;
}

/** @typedef {{ tag: string, choose: (tag: string) => void }} Looked the language that is looked at */

/** @param {Props & Looked} props */
export const Folds = ({ tag, choose, ...props }) =>
  html`<${Domains} ...${props} /><${WaitingList} ...${props} /><${Asked} ...${props} />
    <${Translated} tag=${tag} choose=${choose} ...${props} /><${Ends} ...${props} />`;

/** @param {Props & Looked} props */
const Translated = (props) =>
  html`<${Fold} title=${say('translations')} holds=${Object.keys(props.values.translations).length > 0}><${Languages} ...${props} /><//>`;

/** @param {Props} props */
const Domains = ({ values: { only, others }, errors, edit, warnings }) =>
  html`<${Fold} title=${say('domains')} holds=${only !== ''}>
    <${TextField}
      field=${{ id: 'domains', label: say('domains_only'), hint: say('domains_hint'), error: errors['domains'], optional: true }}
      value=${only}
      onInput=${(/** @type {string} */ only) => edit({ only })}
    />
    <${RadioField}
      field=${{ id: 'others', label: say('others') }}
      value=${others}
      onInput=${(/** @type {Values['others']} */ others) => edit({ others })}
      options=${[
        { value: 'refuse', label: say('others_refuse'), hint: say('others_refuse_hint') },
        { value: 'approval', label: say('others_approval'), hint: say('others_approval_hint') },
      ]}
    />
    <${Warned} warnings=${warnings} at="domains" />
  <//>`;

/** @param {Props} props */
const WaitingList = ({ values: { overflow, admit_waiting }, edit, warnings, waiting }) =>
  html`<${Fold} title=${say('overflow')} holds=${overflow === 'waiting_list' || admit_waiting}>
    <${RadioField}
      field=${{ id: 'overflow', label: say('overflow_when') }}
      value=${overflow}
      onInput=${(/** @type {Values['overflow']} */ overflow) => edit({ overflow })}
      options=${[
        { value: 'refuse', label: say('overflow_refuse'), hint: say('overflow_refuse_hint') },
        { value: 'waiting_list', label: say('overflow_waiting_list'), hint: say('overflow_waiting_list_hint') },
      ]}
    />
    ${(overflow === 'waiting_list' || admit_waiting || waiting > 0) &&
    html`<${CheckField}
      id="admit-waiting"
      label=${say('admit_waiting')}
      hint=${say('admit_waiting_hint')}
      checked=${admit_waiting}
      onChange=${(/** @type {boolean} */ admit_waiting) => edit({ admit_waiting })}
    />`}
    <${Warned} warnings=${warnings} at="overflow" />
  <//>`;

/** @param {Props} props */
const Asked = ({ values: { fields }, errors, edit }) =>
  html`<${Fold} title=${say('fields')} holds=${fields.length > 0}>
    <${Asks} rows=${fields} errors=${errors} change=${(/** @type {Values['fields']} */ fields) => edit({ fields })} />
  <//>`;

/** @param {Props} props */
const Ends = ({ values: { ends, ends_on, ends_days }, errors, edit, warnings }) =>
  html`<${Fold} title=${say('allocation_ends')} holds=${ends !== 'never'}>
    <p class="quiet small">${say('ends_text')}</p>
    <${SelectField}
      field=${{ id: 'ends', label: say('ends_when') }}
      value=${ends}
      onInput=${(/** @type {Values['ends']} */ ends) => edit({ ends })}
      options=${/** @type {const} */ (['never', 'on', 'after_days']).map((one) => [one, say(`ends_${one}`)])}
    />
    ${ends === 'on' &&
    html`<${TextField} type="date" field=${{ id: 'ends-on', label: say('ends_on_field'), error: errors['allocation_ends'] }} value=${ends_on} onInput=${(/** @type {string} */ ends_on) => edit({ ends_on })} />`}
    ${ends === 'after_days' &&
    html`<${TextField}
      inputmode="numeric"
      field=${{ id: 'ends-days', label: say('ends_days_field'), hint: say('ends_days_hint'), error: errors['allocation_ends'] }}
      value=${ends_days}
      onInput=${(/** @type {string} */ ends_days) => edit({ ends_days })}
    />`}
    <${Warned} warnings=${warnings} at="allocation_ends" />
  <//>`;
