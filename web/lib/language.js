import { FILES, LANGUAGES } from '../locales/languages.js';
import { chosenLanguage } from './chosen_language.js';

/** @typedef {import('../locales/en.js').Texts} Texts */
/** @typedef {Record<string, string | number>} Values */

/** @type {Texts | undefined} */
let texts;
let language = 'en';

/**
 * The first language of the reader's that there are texts for; none if there are for none.
 * @param {readonly string[]} preferred as browsers name them: `de-AT`
 * @param {readonly string[]} available
 * @returns {string | undefined}
 */
export function choose(preferred, available) {
  for (const tag of preferred) {
    const base = tag.toLowerCase().split('-')[0] ?? '';
    if (available.includes(base)) return base;
  }
  return undefined;
}

/**
 * The reader's language, if it is one of ours: chosen in this browser, their own, or the browser's.
 * @param {string | null} [own] the language that is kept with the member who reads
 */
export const readersLanguage = (own) => choose([chosenLanguage() ?? '', own ?? '', ...navigator.languages], LANGUAGES);

/** The tag of the language that is spoken. */
export const speaks = () => language;

/** A language that there are texts in: this one, or English. @param {string | undefined} tag */
export const ours = (tag) => (tag !== undefined && LANGUAGES.includes(tag) ? tag : 'en');

/** The workers' texts in a language of ours. @type {(tag: string) => Promise<Texts>} */
export async function load(tag) {
  const file = await FILES[tag]?.();
  if (!file) throw new Error(`there are no texts in ${tag}`);
  return file.default;
}

/**
 * Speaks a language from here on, or English where there are no texts in it.
 * @param {string | undefined} tag
 */
export async function speak(tag) {
  const next = ours(tag);
  texts = await load(next);
  language = next;
  document.documentElement.lang = language;
}

/** The tag of the language that is spoken, with the reader's region, for dates and numbers. */
export const spoken = () => globalThis.navigator?.languages.find((tag) => choose([tag], [language])) ?? language;

/**
 * A text, with values in the places of `{name}`.
 * @param {keyof Texts} key
 * @param {Values} [values]
 */
export function say(key, values = {}) {
  if (!texts) throw new Error('no language is spoken yet');
  return fill(texts[key], values);
}

/**
 * @param {string} text
 * @param {Values} values
 */
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (place, name) => String(values[name] ?? place));
}

/**
 * @param {string} key
 * @returns {key is keyof Texts}
 */
export const isText = (key) => texts !== undefined && Object.hasOwn(texts, key);
