/** The languages that have a file here. To add one, add its file, named after the tag of the language, and the tag to this list. */

/** @type {readonly string[]} */
export const LANGUAGES = ['en', 'es', 'de', 'pl'];
