/** The languages that have a file here. To add one, add its file and a line to both lists. */

/** What each calls itself. @type {Readonly<Record<string, string>>} */
export const NAMES = { en: 'English', es: 'Español', de: 'Deutsch', pl: 'Polski' };

/** The file of each. @type {Readonly<Record<string, () => Promise<{ default: import('./en.js').Texts }>>>} */
export const FILES = {
  en: () => import('./en.js'),
  es: () => import('./es.js'),
  de: () => import('./de.js'),
  pl: () => import('./pl.js'),
};

/** @type {readonly string[]} */
export const LANGUAGES = Object.keys(NAMES);
