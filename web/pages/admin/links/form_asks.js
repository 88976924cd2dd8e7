import { focusSoon } from '../../../lib/focus.js';
import { html } from '../../../lib/html.js';
import { AreaField, CheckField, SelectField, TextField } from '../../../parts/admin/fields.js';
import { Icon } from '../../../parts/admin/icon.js';
import { say } from './form_say.js';

/** @typedef {import('./form_values.js').AskedRow} AskedRow */

const MOST = 10;
const KINDS = /** @type {const} */ (['text', 'choice', 'number', 'date']);

/**
 * What is asked beside name and address.
 * @param {{ rows: AskedRow[], errors: Record<string, string>, change: (rows: AskedRow[]) => void }} props
 */
export function Asks({ rows, errors, change }) {
  const put = (/** @type {string} */ id, /** @type {Partial<AskedRow>} */ part) => change(rows.map((row) => (row.id === id ? { ...row, ...part } : row)));
  const add = () => {
    const id = crypto.randomUUID();
    change([...rows, { id, key: '', label: '', kind: 'text', options: '', required: false }]);
    focusSoon(`ask-${id}`);
  };
  const remove = (/** @type {number} */ at) => {
    const next = rows[at + 1] ?? rows[at - 1];
    change(rows.filter((_, other) => other !== at));
    focusSoon(next ? `ask-${next.id}` : 'ask-add');
  };
  const move = (/** @type {number} */ at, /** @type {1 | -1} */ by) => {
    const moved = [...rows];
    moved.splice(at + by, 0, ...moved.splice(at, 1));
    change(moved);
  };
  return html`<div class="stack" id="asks" tabindex="-1" data-wrong=${errors['fields'] ? '' : undefined}>
    <p class="quiet small">${say('asks_text')}</p>
    ${errors['fields'] && html`<p class="error">${errors['fields']}</p>`}
    ${rows.map((row, at) => html`<${Row} key=${row.id} row=${row} at=${at} last=${at === rows.length - 1} errors=${errors} put=${put} move=${move} remove=${remove} />`)}
    ${rows.length < MOST
      ? html`<p><button type="button" class="button plain slim" id="ask-add" onClick=${add}><${Icon} name="add" />${say('ask_add')}</button></p>`
      : html`<p class="quiet small" id="ask-add" tabindex="-1">${say('asks_full')}</p>`}
  </div>`;
}

/**
 * @param {{ row: AskedRow, at: number, last: boolean, errors: Record<string, string>, put: (id: string, part: Partial<AskedRow>) => void,
 *   move: (at: number, by: 1 | -1) => void, remove: (at: number) => void }} props
 */
function Row({ row: { id, label, kind, options, required }, at, last, errors, put, move, remove }) {
  const name = label.trim() || say('ask_number', { n: at + 1 });
  return html`<div class="ask" role="group" aria-label=${say('ask_number', { n: at + 1 })}>
    <div class="form-two">
      <${TextField} field=${{ id: `ask-${id}`, label: say('ask_label'), error: errors[`fields.${id}`] }} value=${label} onInput=${(/** @type {string} */ label) => put(id, { label })} max=${100} />
      <${SelectField}
        field=${{ id: `ask-kind-${id}`, label: say('ask_kind') }}
        value=${kind}
        onInput=${(/** @type {AskedRow['kind']} */ kind) => put(id, { kind })}
        options=${KINDS.map((one) => [one, say(`kind_${one}`)])}
      />
    </div>
    ${kind === 'choice' &&
    html`<${AreaField}
      field=${{ id: `ask-options-${id}`, label: say('ask_options'), hint: say('ask_options_hint'), error: errors[`fields.${id}.options`] }}
      value=${options}
      rows=${4}
      onInput=${(/** @type {string} */ options) => put(id, { options })}
    />`}
    <div class="box-head">
      <${CheckField} id=${`ask-required-${id}`} label=${say('ask_required')} checked=${required} onChange=${(/** @type {boolean} */ required) => put(id, { required })} />
      <div class="row-actions">
        <button type="button" class="button plain slim" aria-label=${say('ask_up', { name })} title=${say('ask_up', { name })} disabled=${at === 0} onClick=${() => move(at, -1)}>↑</button>
        <button type="button" class="button plain slim" aria-label=${say('ask_down', { name })} title=${say('ask_down', { name })} disabled=${last} onClick=${() => move(at, 1)}>↓</button>
        <button type="button" class="button plain slim" aria-label=${say('ask_remove', { name })} onClick=${() => remove(at)}><${Icon} name="remove" />${say('ask_remove_short')}</button>
      </div>
    </div>
  </div>`;
}
