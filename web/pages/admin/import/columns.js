import { html } from '../../../lib/html.js';
import { visible } from '../../../lib/visible.js';
import { SelectField } from '../../../parts/admin/fields.js';
import { say } from '../jobs/say.js';
import { HOLDS } from './file.js';

/** @typedef {import('./file.js').Column} Column */
/** @typedef {import('./file.js').Holds} Holds */

/**
 * What each column of the file was taken for, to be said otherwise.
 * @param {{ columns: readonly Column[], unclear: string | undefined, onChange: (holds: Holds[]) => void }} props `unclear` tells why they have to be said
 */
export const Columns = ({ columns, unclear, onChange }) =>
  html`<fieldset class="stack" id="columns" tabindex="-1" aria-describedby="columns-hint">
    <legend class="label">${say('columns')}</legend>
    <span class=${unclear ? 'error' : 'hint'} id="columns-hint" role=${unclear ? 'alert' : undefined}>${unclear ?? say('columns_hint')}</span>
    <div class="columns-said">
      ${columns.map(
        ({ heading, holds }, at) => html`<${SelectField}
          key=${at}
          field=${{ id: `column-${at}`, label: heading === '' ? say('column_number', { n: at + 1 }) : visible(heading) }}
          value=${holds}
          options=${HOLDS.map((one) => [one, say(`holds_${one}`)])}
          onInput=${(/** @type {string} */ said) => onChange(columns.map((column, other) => (other === at ? (HOLDS.find((one) => one === said) ?? 'ignore') : column.holds)))}
        />`,
      )}
    </div>
  </fieldset>`;
