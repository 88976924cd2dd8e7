/** How the rows of a table are put in an order: by the headings of its columns, or, where rows are cards, by a choice above them. */

import { useId } from 'preact/hooks';
import { html } from '../../lib/html.js';
import { amend, useRoute } from '../../lib/route.js';
import { directionOf, nextOrder, sortedBy } from '../../lib/sort.js';
import { say } from '../../pages/admin/say.js';
import { SelectField } from './fields.js';

/** @typedef {import('../../lib/sort.js').Sort<any>} Sort */
/** @typedef {import('./table.js').Column<any>} Column */

/**
 * @typedef {object} Ordering
 * @property {string} [name] of the order in the address of the page, where it has several tables
 * @property {string} [natural] the order that the rows come in, where it is one of a column's
 * @property {string} [naturally] what the order is called that the rows come in, where it is of no column
 * @property {boolean} [whole] whether all rows are there. A part is never put in an order as if it were all.
 */

/**
 * The rows in the order that the address says, and how to say another.
 * @template T
 * @param {readonly Column[]} columns
 * @param {readonly T[]} rows
 * @param {Ordering} ordering
 */
export function useOrder(columns, rows, { name = 'sort', natural = '', naturally, whole = true }) {
  const asked = useRoute().query.get(name) ?? natural;
  const offered = columns.filter(({ sort }) => sort && (whole || !sort.by));
  const sortIn = (/** @type {readonly Column[]} */ among, /** @type {string} */ order) => among.find(({ sort }) => directionOf(sort, order))?.sort;
  const order = sortIn(offered, asked) ? asked : natural;
  const sort = sortIn(offered, order);
  const direction = directionOf(sort, order);
  return {
    order,
    natural,
    naturally,
    offered,
    /** Whether an order was asked for that needs all rows. */
    partly: order !== asked && sortIn(columns, asked) !== undefined,
    rows: sort?.by && direction ? sortedBy(rows, sort.by, direction) : rows,
    put: (/** @type {string} */ next) => amend({ [name]: next === natural ? '' : next }),
  };
}

/** @typedef {ReturnType<typeof useOrder>} Ordered */

/** @param {Sort} sort @param {'up' | 'down'} way @param {string} label of the column */
const wordsOf = ({ kind }, way, label) => (kind === 'state' ? label : say(`sort_${kind}_${way}`, { name: label }));

/**
 * The heading of a column. A press puts the rows in its order, another one turns it.
 * @param {{ column: Column, ordered: Ordered, still: boolean }} props a `still` one is not to be pressed
 */
export function Heading({ column: { label, hidden, look, sort }, ordered, still }) {
  const offered = sort && ordered.offered.some((column) => column.sort === sort);
  const direction = offered ? directionOf(sort, ordered.order) : undefined;
  if (!offered || still) return html`<th scope="col" class=${look} aria-sort=${direction}>${label || html`<span class="unseen">${hidden}</span>`}</th>`;
  const sign = direction === undefined ? '↕' : direction === 'ascending' ? '↑' : '↓';
  return html`<th scope="col" class=${look} aria-sort=${direction}>
    <button type="button" class="sort" onClick=${() => ordered.put(nextOrder(sort, ordered.order, ordered.natural))}>${label}<span class=${`sort-sign ${direction ? '' : 'unsorted'}`} aria-hidden="true">${sign}</span></button>
  </th>`;
}

/**
 * The same choice, where the headings are out of sight.
 * @param {{ ordered: Ordered }} props
 */
export function SortBy({ ordered: { order, natural, naturally, offered, put } }) {
  const id = useId();
  const options = offered.flatMap(({ label, sort }) =>
    /** @type {const} */ (['up', 'down']).flatMap((way) => (sort?.[way] === undefined ? [] : [/** @type {[string, string]} */ ([sort[way], wordsOf(sort, way, label)])])),
  );
  if (options.length === 0) return null;
  if (!options.some(([one]) => one === natural)) options.unshift([natural, naturally ?? say('sort_natural')]);
  return options.length > 1 && html`<div class="sort-by"><${SelectField} field=${{ id, label: say('sort'), optional: false }} value=${order} onInput=${put} options=${options} /></div>`;
}
