import { useEffect, useState } from 'preact/hooks';
import { Problem, isConnection } from '../api.js';
import { enter as enterBy } from '../calls/enter.js';
import { signInByCode, whoIsThere } from '../calls/worker.js';
import { focusSoon } from '../lib/focus.js';
import { html, submits, typed } from '../lib/html.js';
import { say } from '../lib/language.js';
import { useOnce } from '../lib/once.js';
import { announce } from '../lib/page.js';
import { Button } from './button.js';
import { Field, controlOf } from './field.js';
import { Notice, ProblemNotice } from './notice.js';

/** How long after a mail it can be sent again. */
const AGAIN_MS = 30_000;

/**
 * What somebody can do who waits for a mail: type the code that is in it, or have it sent again.
 * @param {{
 *   verifier: string | undefined,
 *   sentAt: number,
 *   resend: () => Promise<void>,
 *   entered: (member: import('../calls/worker.js').Member) => void,
 * }} props `verifier` is what this tab asked with: without one the mail has no code for it
 */
export const Mailed = ({ verifier, sentAt, resend, entered }) => html`
  ${verifier && html`<${Code} verifier=${verifier} entered=${entered} />`}
  <${Again} sentAt=${sentAt} resend=${resend} />
`;

/** @param {{ verifier: string, entered: (member: import('../calls/worker.js').Member) => void }} props */
function Code({ verifier, entered }) {
  const [code, setCode] = useState('');
  const [wrong, setWrong] = useState(false);
  const [problem, setProblem] = useState(/** @type {unknown} */ (undefined));
  // Whether a call was lost on its way, so that the code may have been spent by it.
  const [lost, setLost] = useState(false);
  const [notKept, setNotKept] = useState(false);
  const [busy, once] = useOnce();

  async function enter() {
    setProblem(undefined);
    setWrong(false);
    if (code.trim() === '') return refuse();
    try {
      const { member, kept } = await enterBy(() => signInByCode(code, verifier));
      if (kept) entered(member);
      else setNotKept(true);
    } catch (error) {
      await failed(error);
    }
  }

  function refuse() {
    setWrong(true);
    focusSoon('code');
  }

  /** @param {unknown} error */
  async function failed(error) {
    if (!(error instanceof Problem)) throw error;
    if (error.code !== 'invalid_login_code') {
      if (isConnection(error)) setLost(true);
      return setProblem(error);
    }
    const there = lost ? await whoIsThere().catch(() => undefined) : undefined;
    if (there) entered(there.member);
    else refuse();
  }

  const field = { id: 'code', label: say('code_label'), hint: say('code_hint'), error: wrong ? say('wrong_code') : undefined };
  return html`<form class="form" novalidate onSubmit=${submits(() => once(enter))}>
    <${Field} field=${field}>
      <input ...${controlOf(field)} class="input" name="code" autocomplete="one-time-code" autocapitalize="characters"
        spellcheck="false" maxlength="20" value=${code} onInput=${typed(setCode)} />
    <//>
    <${ProblemNotice} problem=${problem} />
    ${notKept && html`<${Notice} text=${say('sign_in_not_kept_text')} />`}
    <${Button} label=${say('sign_in_button')} busy=${busy} look="wide" />
  </form>`;
}

/** @param {{ sentAt: number, resend: () => Promise<void> }} props */
function Again({ sentAt, resend }) {
  const [now, setNow] = useState(Date.now());
  const [again, setAgain] = useState(false);
  const [problem, setProblem] = useState(/** @type {unknown} */ (undefined));
  const [busy, once] = useOnce();
  const seconds = Math.ceil((Math.min(sentAt, now) + AGAIN_MS - now) / 1000);

  useEffect(() => {
    if (seconds <= 0) return;
    const tick = setTimeout(() => setNow(Date.now()), 1000);
    return () => clearTimeout(tick);
  }, [seconds, now]);

  async function send() {
    setProblem(undefined);
    try {
      await resend();
      setNow(Date.now());
      setAgain(true);
      announce(say('sign_in_sent_again'));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      setProblem(error);
    }
  }

  return html`<div class="stack">
    <p class="quiet small">${again ? say('sign_in_sent_again') : say('done_no_mail')}</p>
    <${ProblemNotice} problem=${problem} />
    ${seconds > 0
      ? html`<p class="quiet small">${say('send_again_in', { seconds })}</p>`
      : html`<${Button} label=${say('sign_in_send_again')} busy=${busy} onClick=${() => once(send)} look="plain wide" />`}
  </div>`;
}
