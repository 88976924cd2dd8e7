import { Problem } from '../../api.js';
import { speaker } from '../../lib/speaker.js';
import texts from '../../locales/admin/en/shell.js';

/** What the frame of the dashboard and the parts of its pages say. */
export const say = speaker(texts);

/**
 * What to tell an admin of something that went wrong. The words are chosen by its code.
 * @param {unknown} error
 */
export function wordsOf(error) {
  if (!(error instanceof Problem)) throw error;
  const key = `error_${error.code}`;
  return Object.hasOwn(texts, key) ? say(/** @type {keyof typeof texts} */ (key)) : say('error_other', { code: error.code });
}
