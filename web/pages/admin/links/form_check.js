/** What is wrong with a form, by the names of the API's fields. The API has the last word; this saves a round trip. */

import { hiddenIn } from '../../../lib/hidden.js';
import { progressOf } from './form_texts.js';
import { domainsIn, linesOf } from './form_values.js';

/** @typedef {import('./form_values.js').Values} Values */
/** @typedef {Record<string, string>} Errors words by field; what is asked is `fields.<id>` and `fields.<id>.options` */
/** @typedef {import('./form_say.js').Word} Word */

const MOST_UNITS = 50;
const MOST_DOMAINS = 20;

/**
 * @param {Values} values
 * @param {readonly string[]} changed which terms are new: only those are looked at again by the API
 * @param {string} today
 * @returns {Record<string, Word>}
 */
export function check(values, changed, today) {
  /** @type {Record<string, Word>} */
  const wrong = {};
  const whole = (/** @type {string} */ text, /** @type {number} */ most) => /^[0-9]+$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= most;
  if (values.name.trim() === '' || values.name.trim().length > 100) wrong['name'] = 'wrong_name';
  if (values.description.length > 500) wrong['description'] = 'wrong_description';
  if (values.welcome.length > 500) wrong['welcome'] = 'wrong_welcome';
  if (values.cap.trim() !== '' && !whole(values.cap, 1_000_000)) wrong['cap'] = 'wrong_cap';
  if (changed.includes('expires') && values.expires !== '' && values.expires < today) wrong['expires'] = 'wrong_expires';
  if (values.starts !== '' && values.expires !== '' && values.starts > values.expires) wrong['starts'] = 'wrong_starts';
  if (values.groups.length + values.sites.length + values.regions.length > MOST_UNITS) wrong['allocation'] = 'wrong_allocation';
  const domains = domainsIn(values.only);
  if (domains.length > MOST_DOMAINS || domains.some((domain) => !/^[^@\s/:]+\.[^@\s/:]+$/.test(domain))) wrong['domains'] = 'wrong_domains';
  if (values.ends === 'on' && (values.ends_on === '' || (changed.includes('allocation_ends') && values.ends_on < today))) wrong['allocation_ends'] = 'wrong_allocation_ends';
  if (values.ends === 'after_days' && !whole(values.ends_days, 3_650)) wrong['allocation_ends'] = 'wrong_allocation_ends';
  if (values.text_language !== '' && progressOf(values, values.text_language).n > 0) wrong['text_language'] = 'wrong_text_language';
  for (const { id, label, kind, options } of values.fields) {
    if (label.trim() === '' || label.trim().length > 100) wrong[`fields.${id}`] = 'wrong_label';
    const lines = linesOf(options);
    if (kind === 'choice' && (lines.length < 2 || lines.length > 30 || new Set(lines).size < lines.length || lines.some((line) => line.length > 100))) wrong[`fields.${id}.options`] = 'wrong_options';
  }
  return wrong;
}

/** The fields that a value may mend, where those are others than its own. @type {Partial<Record<keyof Values, readonly string[]>>} */
const MENDS = {
  groups: ['allocation'],
  sites: ['allocation'],
  regions: ['allocation'],
  only: ['domains'],
  others: ['domains'],
  ends: ['allocation_ends'],
  ends_on: ['allocation_ends'],
  ends_days: ['allocation_ends'],
  // One is wrong beside the other.
  starts: ['starts', 'expires'],
  expires: ['starts', 'expires'],
};

/**
 * The errors that stay after an edit: those that the form finds still, and what the API said of fields that were not touched.
 * @param {Errors} errors
 * @param {Partial<Values>} change
 * @param {Record<string, Word>} wrong what is wrong now
 * @returns {Errors}
 */
export function stillWrong(errors, change, wrong) {
  const touched = Object.keys(change).flatMap((value) => MENDS[/** @type {keyof Values} */ (value)] ?? value);
  return Object.fromEntries(Object.entries(errors).filter(([field]) => field in wrong || !touched.includes(field.split('.')[0] ?? '')));
}

const KNOWN = /** @type {const} */ (['name', 'description', 'welcome', 'starts', 'expires', 'cap', 'allocation', 'domains', 'fields', 'text_language', 'translations', 'allocation_ends']);

/**
 * What the API refused, in words. What it says of a field is for developers.
 * @param {Record<string, string>} all
 * @returns {Record<string, Word>}
 */
export function refused(all) {
  const translation = Object.keys(all).find((name) => name.startsWith('translations.'));
  const fields = translation === undefined ? all : { translations: all[translation] ?? '', ...all };
  const wordOf = (/** @type {typeof KNOWN[number]} */ name) => {
    const hidden = hiddenIn(fields[name]);
    return /** @type {Word} */ (hidden ? `wrong_hidden_${hidden}` : `wrong_${name}`);
  };
  return Object.fromEntries(KNOWN.filter((name) => name in fields).map((name) => [name, wordOf(name)]));
}

/**
 * The language of a translation that the API refused, if it refused one.
 * @param {Record<string, string>} fields
 */
export const languageIn = (fields) => Object.keys(fields).map((name) => /^translations\.(\w+)/.exec(name)?.[1]).find(Boolean);
