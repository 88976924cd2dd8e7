import { useState } from 'preact/hooks';
import { Problem } from '../../api.js';
import { requestLogin } from '../../calls/worker.js';
import { focusSoon } from '../../lib/focus.js';
import { html, submits, typed } from '../../lib/html.js';
import { say } from '../../lib/language.js';
import { useOnce } from '../../lib/once.js';
import { challengeOf, verifierOf } from '../../lib/proof.js';
import { hiddenWords } from '../../lib/words.js';
import { Button } from '../../parts/button.js';
import { Field, controlOf } from '../../parts/field.js';
import { Mailed } from '../../parts/mailed.js';
import { Panel } from '../../parts/panel.js';
import { ProblemNotice } from '../../parts/notice.js';
import { PROOF, asked, over, remember } from './asked.js';
import { homeOf } from './home.js';
import { isLedHere } from './token.js';

/**
 * Asks for a login link, with the address that it goes to.
 * @param {{ dead: boolean }} props whether a link that no longer works is why
 */
export function Ask({ dead }) {
  const before = dead ? undefined : asked();
  const [email, setEmail] = useState(before?.email ?? '');
  // What the API said of the address; it is put into words when it is shown, in the language that is spoken then.
  const [wrong, setWrong] = useState(/** @type {{ said: string | undefined } | undefined} */ (undefined));
  const [problem, setProblem] = useState(/** @type {unknown} */ (undefined));
  const [sentAt, setSentAt] = useState(before?.at);
  const [busy, once] = useOnce();

  /** Asks again, from the field. */
  function ask() {
    over();
    setSentAt(undefined);
    focusSoon('email');
  }

  async function request() {
    await requestLogin(email.trim(), await challengeOf(PROOF));
    const at = Date.now();
    remember({ email: email.trim(), at });
    setSentAt(at);
  }

  async function send() {
    setProblem(undefined);
    setWrong(undefined);
    try {
      await request();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (error.code !== 'invalid_fields') return setProblem(error);
      setWrong({ said: error.fields['email'] });
      focusSoon('email');
    }
  }

  if (sentAt !== undefined) {
    const entered = (/** @type {import('../../calls/worker.js').Member} */ member) => {
      over();
      location.replace(homeOf(member));
    };
    return html`<${Panel} icon="mail" heading=${say('sign_in_sent')}>
      <p>${say('sign_in_sent_text', { email: email.trim() })}</p>
      <${Mailed} verifier=${verifierOf(PROOF)} sentAt=${sentAt} resend=${request} entered=${entered} />
      <p><button type="button" class="link" onClick=${ask}>${say('done_other_address')}</button></p>
    <//>`;
  }
  const field = { id: 'email', label: say('field_email'), error: wrong && (hiddenWords(wrong.said) ?? say('wrong_email')) };
  return html`<${Panel}
    icon=${dead ? 'clock' : 'mail'}
    tone=${dead ? 'wait' : ''}
    heading=${say(dead ? 'sign_in_dead' : 'sign_in_ask')}
    focus=${dead}
  >
    ${isLedHere && !dead && html`<p>${say('error_unauthenticated')}</p>`}
    <p class="quiet">${say(dead ? 'sign_in_dead_text' : 'sign_in_ask_text')}</p>
    <form class="form" novalidate onSubmit=${submits(() => once(send))}>
      <${Field} field=${field}>
        <input ...${controlOf(field)} class="input" name="email" type="email" inputmode="email" autocomplete="email"
          autocapitalize="none" spellcheck="false" maxlength="254" value=${email} onInput=${typed(setEmail)} />
      <//>
      <${ProblemNotice} problem=${problem} />
      <${Button} label=${problem ? say('try_again') : say('sign_in_send')} busy=${busy} look="wide" />
    </form>
  <//>`;
}
