import { hiddenIn } from '../../lib/hidden.js';
import { say } from './say.js';

/**
 * What to tell an admin of a field that was refused for a character that does not show; nothing where it was for something else.
 * @param {string | undefined} refusal what the API says of the field
 */
export function hiddenWords(refusal) {
  const kind = hiddenIn(refusal);
  return kind && say(`wrong_hidden_${kind}`);
}
