import { fill, speaks, spoken } from './language.js';

/** @typedef {string | { one: string, other: string, few?: string, many?: string }} Text one for each grammatical number, where it matters */
/** @typedef {Record<string, string | number>} Values */

/** The hyphen in words such as “E-Mail”: no line ends behind it. */
const EMAIL = /\b(e)-(?=mail)/gi;

/**
 * Speaks the texts of a part of the dashboard. Numbers are written the reader's way, and `n` chooses among the forms of a text.
 * @template {Record<string, Text>} T
 * @param {() => T} texts looked up at each text: they may be loaded later, and in another language
 * @returns {(key: keyof T, values?: Values) => string}
 */
export function speaker(texts) {
  return (key, values = {}) => {
    const text = /** @type {Text} */ (texts()[key]);
    const form = typeof text === 'string' ? text : (text[formOf(values['n'])] ?? text.other);
    const written = Object.entries(values).map(([name, value]) => [name, typeof value === 'number' ? number(value) : value]);
    return fill(form.replace(EMAIL, '$1\u2011'), Object.fromEntries(written));
  };
}

/** The rules of each language that was spoken: making them anew for each text would be felt in long lists. @type {Map<string, Intl.PluralRules>} */
const rules = new Map();

/**
 * @param {string | number | undefined} n
 * @returns {'one' | 'few' | 'many' | 'other'}
 */
function formOf(n) {
  const known = rules.get(speaks()) ?? new Intl.PluralRules(speaks());
  rules.set(speaks(), known);
  const form = known.select(Number(n));
  return form === 'zero' || form === 'two' ? 'other' : form;
}

/**
 * A number as the reader writes it. One that is not there is a dash, never `NaN`, and a fault of the page that asked.
 * @param {number} value
 */
export function number(value) {
  if (Number.isFinite(value)) return new Intl.NumberFormat(spoken()).format(value);
  console.error(`a number is shown that is not there: ${value}`);
  return '–';
}
