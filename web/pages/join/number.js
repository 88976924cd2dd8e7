/** Numbers as people type them, in the way of their language. */

import { spoken } from '../../lib/language.js';

/** Greater ones are not kept: not every one has a spelling of its own. */
const MOST = 1e15;

/**
 * @typedef {{ value: number }} Read
 * @typedef {{ whole: string, decimal: string }} Unclear the two numbers that it may be, each written so that it is one
 */

/** What the reader's language puts before decimals. @param {string} [tag] */
export const pointOf = (tag = spoken()) => (new Intl.NumberFormat(tag).format(1.5).includes(',') ? ',' : '.');

/**
 * Reads a number. Its decimals begin at the mark of the reader's language. The other mark may be anybody's decimals, or stand before
 * thousands: where only the one makes sense it is that, and where both do, as in `1.234` where one writes `1,5`, neither is guessed.
 * @param {string} typed
 * @param {string} [point] the mark of the reader's language
 * @returns {Read | Unclear | undefined} nothing where it is no number
 */
export function readNumber(typed, point = pointOf()) {
  const plain = typed.normalize('NFKC').trim().replace(/^[−–]/, '-').replaceAll('’', "'");
  const [, sign = '', digits = ''] = /^([+-]?)(\d(?:[\d., ']*\d)?)$/.exec(plain) ?? [];
  const [last, ...others] = [...new Set([...digits.replace(/\d/g, '')].reverse())];
  const read = (/** @type {string} */ text) => {
    const value = Number(`${sign.replace('+', '')}${text}`);
    return Math.abs(value) <= MOST ? { value } : undefined;
  };
  if (digits === '' || others.length > 1) return undefined;
  if (last === undefined) return read(digits);
  const parts = digits.split(last);
  const whole = grouped(digits, last);
  const [before = '', after = ''] = parts;
  if (others.length === 1) {
    const thousands = grouped(before, /** @type {string} */ (others[0]));
    return parts.length === 2 && isPoint(last) && thousands ? read(`${thousands}.${after}`) : undefined;
  }
  if (parts.length > 2 || !isPoint(last)) return whole === undefined ? undefined : read(whole);
  if (last !== point && whole !== undefined && !before.startsWith('0')) return { whole: `${sign}${whole}`, decimal: `${sign}${before}${point}${after}` };
  return read(`${before}.${after}`);
}

/** @param {string} mark */
const isPoint = (mark) => mark === '.' || mark === ',';

/**
 * The digits of a whole number with this mark before each three, if it has them so.
 * @param {string} digits
 * @param {string} mark
 */
function grouped(digits, mark) {
  const [first = '', ...rest] = digits.split(mark);
  return /^\d{1,3}$/.test(first) && rest.length > 0 && rest.every((part) => /^\d{3}$/.test(part)) ? [first, ...rest].join('') : undefined;
}
