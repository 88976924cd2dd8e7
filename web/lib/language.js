import { FILES, LANGUAGES } from '../locales/languages.js';

/** @typedef {import('../locales/en.js').Texts} Texts */
/** @typedef {Record<string, string | number>} Values */

const KEY = 'language';

/** @type {Texts | undefined} */
let texts;
let language = 'en';

/** The language that the reader chose, for all pages. The browser remembers it. @returns {string | undefined} */
function chosenLanguage() {
  try {
    return localStorage.getItem(KEY) ?? undefined;
  } catch {
    // Storage is switched off: the browser's own language is taken.
    return undefined;
  }
}

/** @param {string} tag */
export function rememberLanguage(tag) {
  try {
    localStorage.setItem(KEY, tag);
  } catch {
    // Storage is switched off or full: the choice holds for this page.
  }
}

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

/**
 * Loads a file under another address after it did not come: browsers remember that it did not, and name it in the error.
 * @template T
 * @param {() => Promise<T>} load
 */
export function retried(load) {
  let again = load;
  return () =>
    again().catch((error) => {
      const address = /http[^?\s]+/.exec(error.message)?.[0];
      if (address) again = () => import(`${address}?${Date.now()}`);
      throw error;
    });
}

const files = Object.fromEntries(LANGUAGES.map((tag) => [tag, retried(/** @type {() => Promise<{ default: Texts }>} */ (FILES[tag]))]));

/** The workers' texts in a language of ours. @type {(tag: string) => Promise<Texts>} */
export async function load(tag) {
  const file = await files[tag]?.();
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
