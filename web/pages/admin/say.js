import { Problem } from '../../api.js';
import { speaker } from '../../lib/speaker.js';
import { textsOf } from '../../locales/admin/texts.js';

/** @typedef {keyof import('../../locales/admin/texts.js').Texts['shell']} Word */

/** What the frame of the dashboard and the parts of its pages say. */
export const say = speaker(() => textsOf('shell'));

/**
 * What to tell an admin of something that went wrong. The words are chosen by its code.
 * @param {unknown} error
 */
export function wordsOf(error) {
  if (!(error instanceof Problem)) throw error;
  const key = `error_${error.code}`;
  return Object.hasOwn(textsOf('shell'), key) ? say(/** @type {Word} */ (key)) : say('error_other', { code: error.code });
}
