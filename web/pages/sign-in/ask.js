import { useState } from 'preact/hooks';
import { Problem } from '../../api.js';
import { requestLogin } from '../../calls/worker.js';
import { focusSoon } from '../../lib/focus.js';
import { html, typed } from '../../lib/html.js';
import { say } from '../../lib/language.js';
import { announce } from '../../lib/page.js';
import { useOnce } from '../../lib/once.js';
import { hiddenWords, wordsOf } from '../../lib/words.js';
import { Button } from '../../parts/button.js';
import { Field, controlOf } from '../../parts/field.js';
import { Notice } from '../../parts/notice.js';
import { Panel } from '../../parts/panel.js';
import { isConnection } from '../../parts/retry.js';

/**
 * Asks for a login link, with the address that it goes to.
 * @param {{ dead: boolean }} props whether a link that no longer works is why
 */
export function Ask({ dead }) {
  const [email, setEmail] = useState('');
  const [wrong, setWrong] = useState(/** @type {string | undefined} */ (undefined));
  const [problem, setProblem] = useState(/** @type {unknown} */ (undefined));
  const [sent, setSent] = useState(0);
  const [busy, once] = useOnce();

  /** Asks again, from the field. */
  function ask() {
    setSent(0);
    focusSoon('email');
  }

  async function send() {
    setProblem(undefined);
    setWrong(undefined);
    try {
      await requestLogin(email.trim());
      setSent((times) => times + 1);
      if (sent > 0) announce(say('sign_in_sent_again'));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (error.code !== 'invalid_fields') return setProblem(error);
      setWrong(hiddenWords(error.fields['email']) ?? say('wrong_email'));
      focusSoon('email');
    }
  }

  const notice =
    problem !== undefined &&
    html`<${Notice} icon=${isConnection(problem) ? 'offline' : 'alert'} text=${wordsOf(problem)} />`;
  if (sent > 0) {
    return html`<${Panel} icon="mail" heading=${say('sign_in_sent')}>
      <p>${say('sign_in_sent_text', { email: email.trim() })}</p>
      <p class="quiet small">${sent > 1 ? say('sign_in_sent_again') : say('done_no_mail')}</p>
      ${notice}
      <${Button} label=${say('sign_in_send_again')} busy=${busy} onClick=${() => once(send)} look="plain wide" />
      <p><button type="button" class="link" onClick=${ask}>${say('done_other_address')}</button></p>
    <//>`;
  }
  const field = { id: 'email', label: say('field_email'), error: wrong };
  return html`<${Panel}
    icon=${dead ? 'clock' : 'mail'}
    tone=${dead ? 'wait' : ''}
    heading=${say(dead ? 'sign_in_dead' : 'sign_in_ask')}
    focus=${dead}
  >
    <p class="quiet">${say(dead ? 'sign_in_dead_text' : 'sign_in_ask_text')}</p>
    <form
      class="form"
      novalidate
      onSubmit=${(/** @type {Event} */ event) => {
        event.preventDefault();
        void once(send);
      }}
    >
      <${Field} field=${field}>
        <input ...${controlOf(field)} class="input" name="email" type="email" inputmode="email" autocomplete="email"
          autocapitalize="none" spellcheck="false" maxlength="254" value=${email} onInput=${typed(setEmail)} />
      <//>
      ${notice}
      <${Button} label=${problem ? say('try_again') : say('sign_in_send')} busy=${busy} look="wide" />
    </form>
  <//>`;
}
