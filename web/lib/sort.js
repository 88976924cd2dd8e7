/** The order of a table's rows: what each column is sorted by, and how values compare. */

import { spoken } from './language.js';

/** @typedef {string | number | null | undefined} Value an instant counts as a number; what is empty comes last, whichever way is up */
/** @typedef {'text' | 'number' | 'date' | 'state'} Kind `state` is an order of its own, such as from those who wait to those who are done */

/**
 * @template T
 * @typedef {object} Sort how a column is sorted
 * @property {Kind} kind
 * @property {string} [up] the name of its ascending order, as the address of the page has it
 * @property {string} [down] that of its descending order
 * @property {(row: T) => Value} [by] without it the rows come in its order, and the page leaves them as they are
 */

/** @typedef {'ascending' | 'descending'} Direction */

/** @type {<T>(name: string, by: (row: T) => string | null | undefined) => Sort<T>} */
export const byText = (name, by) => ({ kind: 'text', up: name, down: `-${name}`, by });

/** @type {<T>(name: string, by: (row: T) => number | null | undefined) => Sort<T>} */
export const byNumber = (name, by) => ({ kind: 'number', up: name, down: `-${name}`, by });

/** By instants, in whatever precision they are written. @type {<T>(name: string, by: (row: T) => string | null | undefined) => Sort<T>} */
export const byDate = (name, by) => ({ kind: 'date', up: name, down: `-${name}`, by: (row) => Date.parse(by(row) ?? '') });

/** @type {Map<string, Intl.Collator>} */
const collators = new Map();

/** Which of two texts is first for whoever reads them: numbers in them count as numbers. @type {(a: string, b: string) => number} */
export function compareTexts(a, b) {
  const collator = collators.get(spoken()) ?? new Intl.Collator(spoken(), { numeric: true });
  collators.set(spoken(), collator);
  return collator.compare(a, b);
}

/** @param {Value} value */
const isEmpty = (value) => value === null || value === undefined || value === '' || Number.isNaN(value);

/**
 * The rows in an order. Those that are equal stay as they came.
 * @template T
 * @param {readonly T[]} rows
 * @param {(row: T) => Value} by
 * @param {Direction} direction
 * @returns {T[]}
 */
export function sortedBy(rows, by, direction) {
  const turn = direction === 'descending' ? -1 : 1;
  const valued = rows.map((row) => ({ row, value: by(row) }));
  valued.sort((a, b) => {
    if (isEmpty(a.value) || isEmpty(b.value)) return Number(isEmpty(a.value)) - Number(isEmpty(b.value));
    if (typeof a.value === 'number' && typeof b.value === 'number') return turn * (a.value - b.value);
    return turn * compareTexts(String(a.value), String(b.value));
  });
  return valued.map(({ row }) => row);
}

/**
 * Which way an order turns a column; nothing if it is not of this column.
 * @param {Sort<any> | undefined} sort
 * @param {string} order
 * @returns {Direction | undefined}
 */
export function directionOf(sort, order) {
  if (order === '' || !sort) return undefined;
  return order === sort.up ? 'ascending' : order === sort.down ? 'descending' : undefined;
}

/**
 * The order that a press of a column's heading leads to: its one way, then its other, then the order that the table has by itself.
 * @param {Sort<any>} sort
 * @param {string} order the one that the rows are in
 * @param {string} natural the one that they have by themselves; empty if it is no column's
 */
export function nextOrder(sort, order, natural) {
  const ways = [sort.up, sort.down].filter((way) => way !== undefined);
  // Where the rows are in its order by themselves, its other way is next.
  if (!ways.includes(natural)) ways.push(natural);
  return ways[(ways.indexOf(order) + 1) % ways.length] ?? natural;
}
