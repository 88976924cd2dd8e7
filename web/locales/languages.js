/** The languages that have a file here. To add one, add its file, named after the tag of the language, and its own name to this list. */

/** What each calls itself. @type {Readonly<Record<string, string>>} */
export const NAMES = { en: 'English', es: 'Español', de: 'Deutsch', pl: 'Polski' };

/** @type {readonly string[]} */
export const LANGUAGES = Object.keys(NAMES);
