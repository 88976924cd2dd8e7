import { speaker } from '../../../lib/speaker.js';
import texts from '../../../locales/admin/en/audit.js';

export const say = speaker(texts);

/** A text by a key that comes from the API; what there are no words for is said as it is. @type {(key: string, other: string) => string} */
const known = (key, other) => (Object.hasOwn(texts, key) ? say(/** @type {keyof typeof texts} */ (key)) : other);

/** @param {string} act */
export const actWords = (act) => known(`act_${act}`, act);

/** @param {string} field */
export const fieldWords = (field) => known(`field_${field}`, field);

/** @param {string} choice */
export const choiceWords = (choice) => known(`value_${choice}`, choice);
