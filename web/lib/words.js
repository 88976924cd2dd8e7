import { Problem } from '../api.js';
import { hiddenIn } from './hidden.js';
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

/**
 * The words for a field that was refused for a character that does not show; nothing for other refusals.
 * @param {string | undefined} refusal what the API says of the field
 */
export function hiddenWords(refusal) {
  const kind = hiddenIn(refusal);
  return kind && say(`wrong_hidden_${kind}`);
}
