/** The texts of the dashboard: a folder for each language, and in it a file for each page or two. A language is loaded whole. */

import { ours, retried, speaks } from '../../lib/language.js';

/** @typedef {typeof import('./en/all.js')} Texts */

/** Each is named in full, so that tools find the files. @type {Readonly<Record<string, () => Promise<Texts>>>} */
const FILES = {
  en: () => import('./en/all.js'),
  es: () => import('./es/all.js'),
  de: () => import('./de/all.js'),
  pl: () => import('./pl/all.js'),
};

const files = Object.fromEntries(Object.entries(FILES).map(([tag, file]) => [tag, retried(file)]));

/** @type {Texts | undefined} */
let loaded;

/**
 * Loads the texts in a language, or in English where there are none in it.
 * @param {string} [tag] the language that is spoken, if nothing is said
 */
export async function loadTexts(tag = speaks()) {
  loaded = await files[ours(tag)]?.();
}

/**
 * @template {keyof Texts} N
 * @param {N} name of a file
 * @returns {Texts[N]}
 */
export function textsOf(name) {
  if (!loaded) throw new Error('the texts of the dashboard are not loaded');
  return loaded[name];
}
