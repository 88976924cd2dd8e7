import { useEffect, useState } from 'preact/hooks';
import { Problem } from '../../api.js';
import { join, signOut } from '../../calls/worker.js';
import { html, submits } from '../../lib/html.js';
import { say, speaks } from '../../lib/language.js';
import { announce } from '../../lib/page.js';
import { drop, keep, kept } from '../../lib/kept.js';
import { useOnce } from '../../lib/once.js';
import { challengeOf } from '../../lib/proof.js';
import { Button } from '../../parts/button.js';
import { ProblemNotice } from '../../parts/notice.js';
import { Answers } from './answers.js';
import { Confirm } from './confirm.js';
import { isDead } from './dead.js';
import { Intro } from './intro.js';
import { draftOf, proofOf, remember } from './joined.js';
import { Person } from './person.js';
import { check, draftFrom, refused, registration, wayIn } from './registration.js';

/**
 * @typedef {object} FormProps
 * @property {string} code
 * @property {import('../../calls/worker.js').PublicLink} link
 * @property {import('../../calls/worker.js').Member} [member] who is signed in, and needs to say nothing of themselves
 * @property {(joined: import('./joined.js').Registered) => void} joined
 * @property {(problem: Problem, sentTo: string) => void} died
 * @property {() => void} notMe
 * @property {() => Promise<void>} lookAgain finds out who is signed in now
 */

/**
 * What is asked of somebody who joins, and one button.
 * @param {FormProps} props
 */
export function Form({ code, link, member, joined, died, notMe, lookAgain }) {
  const key = draftOf(code);
  const [draft, setDraft] = useState(() => draftFrom(kept(key)));
  // What is wrong is found when it is shown, in the language that is spoken then.
  const [wrong, setWrong] = useState({ errors: () => /** @type {Record<string, string>} */ ({}) });
  const errors = wrong.errors();
  const [problem, setProblem] = useState(/** @type {unknown} */ (undefined));
  // The member whom the API asked for name and address all the same: the link may be of another organization with that name.
  const [unknown, setUnknown] = useState(/** @type {string | undefined} */ (undefined));
  const asksPerson = !member || member.id === unknown;
  const [trapped, setTrapped] = useState(false);
  const [busy, once] = useOnce();

  useEffect(() => {
    // Choices are no control themselves: the first of them is.
    const first = document.querySelector('[aria-invalid="true"]');
    const control = first?.matches('fieldset') ? first.querySelector('input') : first;
    if (control instanceof HTMLElement) control.focus();
  }, [wrong]);

  /** @param {Partial<import('./registration.js').Draft>} change */
  const change = (change) =>
    setDraft((old) => {
      const changed = { ...old, ...change };
      // What fills the trap is no person's, and is not to come back.
      keep(key, { ...changed, website: '' });
      return changed;
    });

  /**
   * Points to what is wrong, if it is something that this page asks.
   * @param {() => Record<string, string>} errors
   */
  function point(errors) {
    if (Object.keys(errors()).length === 0) return false;
    setWrong({ errors });
    announce(say('wrong_announced'));
    return true;
  }

  /** @param {string} website what stands in the trap */
  async function send(website) {
    setProblem(undefined);
    if (point(() => check(link, draft, asksPerson))) return;
    setWrong({ errors: () => ({}) });
    try {
      const challenge = asksPerson ? await challengeOf(proofOf(code)) : undefined;
      const proof = challenge === undefined ? {} : { code_challenge: challenge, language: speaks() };
      const sent = { ...registration(link, { ...draft, website }, asksPerson), ...proof };
      const { status } = await join(code, sent);
      drop(key);
      setDraft(draftFrom(null));
      done(status);
    } catch (error) {
      await failed(error);
    }
  }

  /** @param {import('../../calls/worker.js').Joined} status */
  function done(status) {
    const email = asksPerson ? draft.email.trim() : (member?.email ?? '');
    const registered = { status, email, organization: link.organization, stranger: asksPerson, at: Date.now(), since: Date.now() };
    if (asksPerson) remember(code, registered);
    joined(registered);
  }

  /** @param {unknown} error */
  async function failed(error) {
    if (!(error instanceof Problem)) throw error;
    if (isDead(error.code)) return died(error, asksPerson ? draft.email.trim() : '');
    if (error.code === 'confirm_person') return setTrapped(true);
    if (hasChanged(error)) {
      await lookAgain();
      return setProblem(error);
    }
    if (error.code !== 'invalid_fields') return setProblem(error);
    setTrapped(false);
    if (!asksPerson && ('name' in error.fields || 'email' in error.fields)) return setUnknown(member?.id);
    // What is wrong may be nothing that this page asks: the link was edited since it was loaded.
    if (!point(() => refused(link, error.fields))) setProblem(error);
  }

  async function leave() {
    try {
      await signOut();
      setProblem(undefined);
      notMe();
    } catch (error) {
      await failed(error);
    }
  }

  const notice = html`<${ProblemNotice} problem=${problem} text=${isSignedOut(problem) ? say('join_signed_out') : undefined} />`;
  if (trapped) return html`<${Confirm} busy=${busy} onYes=${() => once(() => send(''))}>${notice}<//>`;
  const way = wayIn(link);
  return html`<form class="card" novalidate onSubmit=${submits(() => once(() => send(draft.website)))}>
    <${Intro} link=${link} asksPerson=${asksPerson} />
    <div class="form">
      ${asksPerson
        ? html`<${Person} link=${link} draft=${draft} errors=${errors} change=${change} />`
        : html`<div class="stack">
            <p>${say('join_signed_in', { name: member?.name ?? '', email: member?.email ?? '' })}</p>
          </div>`}
      <${Answers} link=${link} answers=${draft.answers} errors=${errors}
        change=${(/** @type {Record<string, string>} */ answers) => change({ answers })} />
      ${notice}
      <${Button} label=${problem && !hasChanged(problem) ? say('try_again') : say(`join_button${way}`)} busy=${busy} look="wide" />
    </div>
    ${asksPerson
      ? html`<p class="quiet small">${say('join_been_here')} <a href="/sign-in">${say('join_sign_in')}</a></p>`
      : html`<p><button type="button" class="link" onClick=${() => once(leave)}>${say('join_not_me')}</button></p>`}
  </form>`;
}

/** @param {unknown} problem */
const isSignedOut = (problem) => problem instanceof Problem && problem.code === 'unauthenticated';

/**
 * Whether the page showed somebody who is not the one signed in now.
 * @param {unknown} problem
 */
const hasChanged = (problem) => isSignedOut(problem) || (problem instanceof Problem && problem.code === 'other_member');
