import { speaker } from '../../../lib/speaker.js';
import { textsOf } from '../../../locales/admin/texts.js';

export const say = speaker(() => textsOf('audit'));

/** @typedef {keyof import('../../../locales/admin/texts.js').Texts['audit']} Word */

/** A text by a key that comes from the API. Where there is no text, the API's own word is shown. @type {(key: string, other: string) => string} */
const known = (key, other) => (Object.hasOwn(textsOf('audit'), key) ? say(/** @type {Word} */ (key)) : other);

/** @param {string} act */
export const actWords = (act) => known(`act_${act}`, act);

/** @param {string} field */
export const fieldWords = (field) => known(`field_${field}`, field);

/** @param {string} choice */
export const choiceWords = (choice) => known(`value_${choice}`, choice);
