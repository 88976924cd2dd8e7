/** What a field of a record held, in words. */

import { calendarDay, endMoment, moment } from '../../../lib/when.js';
import { number } from '../../../lib/speaker.js';
import { choiceWords, fieldWords, say } from './say.js';

/** @typedef {{ zone: string, names: ReadonlyMap<string, string> | undefined }} Known `names` of links, units and modules, by id; nothing while they are not known */

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;
/** Whose values are one of a few, and have words of their own. */
const CHOICES = ['state', 'admission', 'overflow', 'language', 'text_language', 'access', 'role', 'scope', 'kind', 'suppressed'];

/** Moments until which something lasts. */
const ENDS = ['expires_at', 'on'];

/** @param {unknown} value @returns {value is Record<string, unknown>} */
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether a field says nothing. @param {unknown} value @returns {boolean} */
export const isEmpty = (value) =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0) || (isObject(value) && Object.values(value).every(isEmpty));

/**
 * @param {string} field
 * @param {unknown} value
 * @param {Known} known
 * @returns {string}
 */
export function valueWords(field, value, known) {
  if (isEmpty(value)) return say('nothing');
  if (typeof value === 'boolean') return say(value ? 'yes' : 'no');
  if (typeof value === 'number') return number(value);
  if (typeof value === 'string') return textWords(field, value, known);
  if (Array.isArray(value)) return value.map((one) => valueWords(field, isObject(one) ? (one['label'] ?? one['name']) : one, known)).join(', ');
  return isObject(value) ? objectWords(field, value, known) : String(value);
}

/** @param {string} field @param {string} value @param {Known} known */
function textWords(field, value, { zone, names }) {
  if (CHOICES.includes(field)) return choiceWords(value);
  if (ID.test(value)) return names ? (names.get(value) ?? `${value.slice(0, 8)}… (${say('no_name')})`) : '…';
  // A logo is known by its picture's hash.
  if (field === 'logo') return value.slice(0, 8);
  if (INSTANT.test(value)) return ENDS.includes(field) ? endMoment(value, zone) : moment(value, zone);
  return /^\d{4}-\d\d-\d\d$/.test(value) ? calendarDay(value) : value;
}

/** Every text within a value. @param {unknown} value @returns {string[]} */
const textsIn = (value) => (isObject(value) ? Object.values(value).flatMap(textsIn) : [String(value)]);

/** @param {string} field @param {Record<string, unknown>} value @param {Known} known */
function objectWords(field, value, known) {
  if (field === 'domains') {
    const domains = valueWords('', value['only'], known);
    return value['others'] === 'refuse' ? say('domains_refuse', { domains }) : say('domains_approval', { domains });
  }
  if (field === 'translations') {
    return Object.entries(value).map(([tag, texts]) => `${choiceWords(tag)}: ${textsIn(texts).join(', ')}`).join('; ');
  }
  if (typeof value['after_days'] === 'number') return say('ends_after_days', { n: value['after_days'] });
  const parts = Object.entries(value).filter(([, part]) => !isEmpty(part));
  // Units are named without their kinds, and so is the moment on which they end.
  const bare = ['allocation', 'withdrawn', 'allocation_ends'].includes(field);
  return parts.map(([name, part]) => (bare ? '' : `${fieldWords(name)}: `) + valueWords(name, part, known)).join(bare ? ', ' : '; ');
}
