import { useState } from 'preact/hooks';
import { html } from '../../lib/html.js';
import { useNarrow } from '../../lib/narrow.js';
import { say } from '../../pages/admin/say.js';
import { toBulk } from './bulk.js';
import { Heading, SortBy, useOrder } from './order.js';

/**
 * @template T
 * @typedef {object} Column
 * @property {string} label its heading; empty for one that needs none in sight, which `hidden` then names
 * @property {string} [hidden]
 * @property {(row: T) => unknown} cell
 * @property {'end' | 'wide' | 'tight' | 'first' | 'wide first' | 'end corner'} [look] where rows are cards, what is `first` heads each, and a `corner` has its own
 * @property {import('../../lib/sort.js').Sort<T>} [sort] how the rows are sorted by it, where they can be
 */

/**
 * @template T
 * @typedef {object} Selection which rows are chosen, by their keys
 * @property {ReadonlySet<string>} keys
 * @property {(keys: ReadonlySet<string>) => void} set
 * @property {(row: T) => string} name
 */

/**
 * A table, whose rows are cards where there is no room beside each other.
 * @template T
 * @param {{ caption: string, columns: readonly (Column<T> | false)[], rows: readonly T[], keyOf: (row: T) => string, selection?: Selection<T>,
 *   ordering?: import('./order.js').Ordering }} props
 */
export function Table({ caption, columns, rows: unordered, keyOf, selection, ordering = {} }) {
  const shown = columns.filter((column) => column !== false);
  const narrow = useNarrow();
  const ordered = useOrder(shown, unordered, ordering);
  const { rows } = ordered;
  // What was selected last has the way to the actions beside it: the next stop of the keyboard.
  const [last, setLast] = useState('');
  const choosing = selection && {
    ...selection,
    set: (/** @type {ReadonlySet<string>} */ keys, id = '') => {
      setLast(id);
      selection.set(keys);
    },
  };
  return html`${narrow && html`<${SortBy} ordered=${ordered} />`}
    ${ordered.partly && html`<p class="quiet small">${say('sort_part')}</p>`}
    <div class="table-frame">
      <table class="table">
        <caption class="unseen">${caption}</caption>
        <thead>
          <tr>
            ${selection && html`<th class="tight"><${SelectAll} rows=${rows} keyOf=${keyOf} selection=${choosing} />${last === '' && selection.keys.size > 0 && html`<${ToBulk} />`}</th>`}
            ${shown.map((column) => html`<${Heading} key=${column.label || column.hidden} column=${column} ordered=${ordered} still=${narrow} />`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map((row) => html`<${Row} key=${keyOf(row)} row=${row} columns=${shown} id=${keyOf(row)} selection=${choosing} last=${keyOf(row) === last} />`)}
        </tbody>
      </table>
    </div>`;
}

/** @typedef {Omit<Selection<any>, 'set'> & { set: (keys: ReadonlySet<string>, id?: string) => void }} Choosing a selection that is told which row was changed */

const ToBulk = () => html`<button type="button" class="to-bulk" onClick=${toBulk}>${say('to_bulk')}</button>`;

/** @param {{ row: any, columns: readonly Column<any>[], id: string, selection?: Choosing, last: boolean }} props */
const Row = ({ row, columns, id, selection, last }) =>
  html`<tr class=${selection?.keys.has(id) ? 'selected' : ''}>
    ${selection &&
    html`<td class="tight">
      <input
        type="checkbox"
        class="check"
        aria-label=${say('select', { name: selection.name(row) })}
        checked=${selection.keys.has(id)}
        onChange=${() => selection.set(toggled(selection.keys, id), id)}
      />${last && selection.keys.size > 0 && html`<${ToBulk} />`}
    </td>`}
    ${columns.map(({ label, cell, look = '' }) => html`<td class=${look} data-label=${label || undefined}>${cell(row)}</td>`)}
  </tr>`;

/** @param {{ rows: readonly any[], keyOf: (row: any) => string, selection: Choosing }} props */
function SelectAll({ rows, keyOf, selection: { keys, set } }) {
  const ids = rows.map(keyOf);
  const all = ids.length > 0 && ids.every((id) => keys.has(id));
  const change = () => set(all ? new Set([...keys].filter((id) => !ids.includes(id))) : new Set([...keys, ...ids]));
  return html`<label class="select-all">
    <input type="checkbox" class="check" checked=${all} indeterminate=${!all && ids.some((id) => keys.has(id))} onChange=${change} />
    <span>${say('select_all')}</span>
  </label>`;
}

/**
 * @param {ReadonlySet<string>} keys
 * @param {string} id
 * @returns {ReadonlySet<string>}
 */
function toggled(keys, id) {
  const changed = new Set(keys);
  if (!changed.delete(id)) changed.add(id);
  return changed;
}
