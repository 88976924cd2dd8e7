/** What is wrong with a file of people, or with a row of it, in words for each code of the API. */

import { hiddenIn } from '../../../lib/hidden.js';
import { textsOf } from '../../../locales/admin/texts.js';
import { say } from './say.js';

/** @typedef {keyof import('../../../locales/admin/texts.js').Texts['jobs']} Word */
/** @typedef {import('../../../calls/jobs.js').Fault} Fault */

/** @param {Fault | null | undefined} why @param {(code: string) => string} key @param {Word} other what is said of a code that is not known here */
function words(why, key, other) {
  const { code = '', ...places } = why ?? {};
  return say(Object.hasOwn(textsOf('jobs'), key(code)) ? /** @type {Word} */ (key(code)) : other, places);
}

/** What is wrong with a row. A character that does not show is named by its number, which tells its kind. @param {Fault | null | undefined} why */
export function rowWords(why) {
  const hidden = why?.code === 'hidden_character' && hiddenIn(`(${why.character})`);
  return hidden ? say(`row_hidden_${hidden}`, { character: why.character ?? '' }) : words(why, (code) => `row_${code}`, 'row_other');
}

/** @param {Fault | null | undefined} why */
export const fileWords = (why) => words(why, (code) => `bad_file_${code}`, 'bad_file_other');

/** What a column of a file holds. @param {string} field */
export const fieldWords = (field) => (Object.hasOwn(textsOf('jobs'), `holds_${field}`) ? say(/** @type {Word} */ (`holds_${field}`)) : field);
