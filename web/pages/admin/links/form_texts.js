/** What there is to translate of a link's form, and what is translated of it. It knows no page. */

import { linesOf } from './form_values.js';
import { UNTRANSLATED } from './form_translated.js';

/** @typedef {import('./form_values.js').Values} Values */
/** @typedef {{ kind: 'welcome' | 'question' | 'choice', row: string, text: string }} Text `row`: the id of its question */

/**
 * The texts that people read, in the order in which they read them.
 * @param {Pick<Values, 'welcome' | 'fields'>} values
 * @returns {Text[]}
 */
export function textsOf({ welcome, fields }) {
  const asked = fields.flatMap(({ id: row, label, kind, options }) => {
    const choices = kind === 'choice' ? [...new Set(linesOf(options))] : [];
    return [{ kind: /** @type {const} */ ('question'), row, text: label.trim() }, ...choices.map((text) => ({ kind: /** @type {const} */ ('choice'), row, text }))];
  });
  return [{ kind: /** @type {const} */ ('welcome'), row: '', text: welcome.trim() }, ...asked].filter(({ text }) => text !== '');
}

/**
 * A text in a language; nothing where it is not translated.
 * @param {Values} values
 * @param {string} tag
 * @param {Text} of
 */
export function translationOf({ translations }, tag, { kind, row, text }) {
  const { welcome, fields } = translations[tag] ?? UNTRANSLATED;
  if (kind === 'welcome') return welcome;
  return (kind === 'question' ? fields[row]?.label : fields[row]?.options[text]) ?? '';
}

/**
 * The translations with this text in a language.
 * @param {Values} values
 * @param {string} tag
 * @param {Text} of
 * @param {string} words
 * @returns {Values['translations']}
 */
export function translated({ translations }, tag, { kind, row, text }, words) {
  const all = translations[tag] ?? UNTRANSLATED;
  const { label = '', options = {} } = all.fields[row] ?? {};
  const question = kind === 'question' ? { label: words, options } : { label, options: { ...options, [text]: words } };
  const changed = kind === 'welcome' ? { ...all, welcome: words } : { ...all, fields: { ...all.fields, [row]: question } };
  return { ...translations, [tag]: changed };
}

/**
 * How many of the texts are translated.
 * @param {Values} values
 * @param {string} tag
 */
export function progressOf(values, tag) {
  const texts = textsOf(values);
  return { n: texts.filter((text) => translationOf(values, tag, text).trim() !== '').length, all: texts.length };
}
