import { Problem } from '../api.js';
import { isText, say } from './language.js';

/**
 * What to tell people of something that went wrong. The words are chosen by its code.
 * @param {unknown} error
 */
export function wordsOf(error) {
  if (!(error instanceof Problem)) throw error;
  const key = `error_${error.code}`;
  return isText(key) ? say(key) : say('error_other', { code: error.code });
}
