/** What an admin chooses and writes of the mail about a refusal. */

import { Problem } from '../../../api.js';
import { hiddenWords } from '../hidden.js';
import { say } from './say.js';

/** @typedef {{ on: boolean, message: string, wrong: string }} RefusalMailDraft `wrong` is what is wrong with the message */

/** @type {RefusalMailDraft} */
export const NO_MAIL = { on: false, message: '', wrong: '' };

/**
 * What is sent of it: nothing unless the admin chooses so.
 * @param {import('../../../calls/members.js').Deed} deed
 * @param {RefusalMailDraft} draft
 */
export const mailOf = (deed, { on, message }) => (deed === 'refusals' && on ? { message } : undefined);

/**
 * What to tell of a message that the API refused; nothing where it refused something else.
 * @param {unknown} problem
 */
export function wrongIn(problem) {
  const refusal = problem instanceof Problem ? problem.fields?.['message'] : undefined;
  return refusal && (hiddenWords(refusal) ?? say('mail_wrong_message'));
}
