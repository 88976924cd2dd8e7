import { Problem, isConnection } from '../../api.js';
import { html } from '../../lib/html.js';
import { tell } from '../../lib/told.js';
import { say, wordsOf } from '../../pages/admin/say.js';
import { Notice } from '../notice.js';

/** @param {unknown} problem */
const isSignedOut = (problem) => problem instanceof Problem && problem.code === 'unauthenticated';

/** The way back in, in another tab: what is open here stays as it is. */
export const SignIn = () => html`<a href="/sign-in" target="_blank">${say('sign_in')}</a>`;

/**
 * Says why something was not done, and what to do about it.
 * @param {{ problem: unknown, text?: string }} props `text` stands for the words of the problem's code
 */
export const Trouble = ({ problem, text = wordsOf(problem) }) =>
  html`<${Notice} icon=${isConnection(problem) ? 'offline' : 'alert'} text=${text}>${isSignedOut(problem) && html` <${SignIn} />`}<//>`;

/**
 * Says, beside the page, why something was not done.
 * @param {unknown} problem
 * @param {'not_sure' | 'not_reached'} [offline] what to say without a connection
 */
export function tellTrouble(problem, offline = 'not_sure') {
  const why = wordsOf(problem);
  tell(isConnection(problem) ? say(offline) : why, { tone: 'bad', signIn: isSignedOut(problem) });
}

/** The same of something that was only to be read: nothing of it can be saved or not. @param {unknown} problem */
export const tellNotLoaded = (problem) => tellTrouble(problem, 'not_reached');
