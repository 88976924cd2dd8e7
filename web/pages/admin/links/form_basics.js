import { html } from '../../../lib/html.js';
import { AreaField, CheckField, RadioField, TextField } from '../../../parts/admin/fields.js';
import { zone } from '../who.js';
import { say } from './form_say.js';
import { Units } from './form_units.js';
import { canWait } from './form_warnings.js';
import { Warned } from './form_warned.js';

/** @typedef {import('./form_values.js').Values} Values */
/** @typedef {import('../../../calls/links.js').Link} Link */
/** @typedef {import('./form_warnings.js').Warning} Warning */
/** @typedef {{ values: Values, errors: Record<string, string>, edit: (change: Partial<Values>) => void, warnings: readonly Warning[], link?: Link }} Props */

/** @param {Props} props */
export const Words = ({ values: { name, description, welcome }, errors, edit, warnings }) =>
  html`<section class="box" aria-labelledby="part-words">
    <h2 id="part-words">${say('part_words')}</h2>
    <div class="form">
      <${TextField} field=${{ id: 'name', label: say('name'), hint: say('name_hint'), error: errors['name'] }} value=${name} max=${100} onInput=${(/** @type {string} */ name) => edit({ name })} />
      <${Warned} warnings=${warnings} at="name" />
      <${TextField}
        field=${{ id: 'description', label: say('description'), hint: say('description_hint'), error: errors['description'], optional: true }}
        value=${description}
        max=${500}
        onInput=${(/** @type {string} */ description) => edit({ description })}
      />
      <${AreaField}
        field=${{ id: 'welcome', label: say('welcome'), hint: say('welcome_hint'), error: errors['welcome'], optional: true }}
        value=${welcome}
        max=${500}
        onInput=${(/** @type {string} */ welcome) => edit({ welcome })}
      />
    </div>
  </section>`;

/** @param {Props & { catalog: import('../../../calls/catalog.js').Catalog, create: (kind: import('../../../calls/catalog.js').UnitKind) => void }} props */
export const Where = ({ values, errors, edit, warnings, catalog, create }) =>
  html`<section class="box" aria-labelledby="part-where">
    <h2 id="part-where">${say('allocation')}</h2>
    <p class="quiet small">${say('allocation_text')}</p>
    <${Units} values=${values} catalog=${catalog} error=${errors['allocation']} edit=${edit} create=${create} />
    <${Warned} warnings=${warnings} at="allocation" />
  </section>`;

/** @param {Props} props */
export const How = ({ values, values: { admission, cap, notify_waiting }, errors, edit, warnings }) =>
  html`<section class="box" aria-labelledby="part-how">
    <h2 id="part-how">${say('part_how')}</h2>
    <div class="form">
      <${RadioField}
        field=${{ id: 'admission', label: say('admission') }}
        value=${admission}
        onInput=${(/** @type {Values['admission']} */ admission) => edit({ admission })}
        options=${[
          { value: 'instant', label: say('admission_instant'), hint: say('admission_instant_hint') },
          { value: 'approval', label: say('admission_approval'), hint: say('admission_approval_hint') },
        ]}
      />
      <${TextField} inputmode="numeric" field=${{ id: 'cap', label: say('cap'), hint: say('cap_hint'), error: errors['cap'], optional: true }} value=${cap} onInput=${(/** @type {string} */ cap) => edit({ cap })} />
      <${Warned} warnings=${warnings} at="cap" />
      <${CheckField}
        id="notify-waiting"
        label=${say('notify_waiting')}
        hint=${say(canWait(values) ? 'notify_waiting_hint' : 'notify_unused')}
        off=${!canWait(values)}
        checked=${notify_waiting}
        onChange=${(/** @type {boolean} */ notify_waiting) => edit({ notify_waiting })}
      />
    </div>
  </section>`;

/**
 * What to say of a moment that was set to the minute, while its day is still the one it was set to.
 * @param {string | null | undefined} local
 * @param {string} whole the time that a whole day has
 * @param {string} date
 */
function toTheMinute(local, whole, date) {
  const [day, time = ''] = local?.split(' ') ?? [];
  return day === date && time !== whole ? ` ${say('to_the_minute', { time })}` : '';
}

/** @param {Props} props */
export const When = ({ values: { starts, expires }, errors, edit, warnings, link }) =>
  html`<section class="box" aria-labelledby="part-when">
    <h2 id="part-when">${say('part_when')}</h2>
    <p class="quiet small">${say('when_text', { zone: zone() })}</p>
    <div class="form-two">
      <${Day}
        field=${{ id: 'starts', label: say('starts'), hint: say('starts_hint') + toTheMinute(link?.starts_local, '00:00', starts), error: errors['starts'], optional: true }}
        value=${starts}
        onInput=${(/** @type {string} */ starts) => edit({ starts })}
      />
      <${Day}
        field=${{ id: 'expires', label: say('expires'), hint: say('expires_hint') + toTheMinute(link?.expires_local, '23:59', expires), error: errors['expires'], optional: true }}
        value=${expires}
        onInput=${(/** @type {string} */ expires) => edit({ expires })}
      />
    </div>
    <${Warned} warnings=${warnings} at="time" />
  </section>`;

/** @param {{ field: import('../../../parts/field.js').FieldProps, value: string, onInput: (date: string) => void }} props */
const Day = ({ field, value, onInput }) =>
  html`<div>
    <${TextField} type="date" field=${field} value=${value} onInput=${onInput} />
    ${value !== '' && html`<button type="button" class="link small" onClick=${() => onInput('')}>${say('clear_day', { label: field.label })}</button>`}
  </div>`;
