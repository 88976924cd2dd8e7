import { useState } from 'preact/hooks';
import { Problem } from '../../api.js';
import { focusSoon } from '../../lib/focus.js';
import { html, submits, typed } from '../../lib/html.js';
import { say } from '../../lib/language.js';
import { useOnce } from '../../lib/once.js';
import { Button } from '../../parts/button.js';
import { Field, controlOf } from '../../parts/field.js';
import { ProblemNotice } from '../../parts/notice.js';

/**
 * What somebody can do who sees that the address is wrong: correct it and keep the place, or give the place back.
 * @param {{ email: string, correct?: (email: string) => Promise<void>, withdraw: () => Promise<void> }} props `correct` while it can be
 */
export function WrongAddress({ email, correct, withdraw }) {
  const [problem, setProblem] = useState(/** @type {unknown} */ (undefined));
  const [right, setRight] = useState(/** @type {string | undefined} */ (undefined));
  const [error, setError] = useState('');
  const [pressed, setPressed] = useState('');
  const [busy, once] = useOnce();

  /**
   * @param {string} which
   * @param {() => Promise<void>} act
   */
  const press = (which, act) =>
    once(async () => {
      setProblem(undefined);
      setError('');
      setPressed(which);
      try {
        await act();
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        if ('new_email' in error.fields) refuse(say('wrong_address_refused'));
        else setProblem(error);
      }
    });

  /** @param {string} words */
  function refuse(words) {
    setError(words);
    focusSoon('right-email');
  }

  async function send() {
    const address = (right ?? '').trim();
    if (!/^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(address)) return refuse(say('wrong_email'));
    if (address.toLowerCase() === email.toLowerCase()) return setRight(undefined);
    await correct?.(address);
  }

  const open = () => {
    setRight(email);
    focusSoon('right-email');
  };
  const field = { id: 'right-email', label: say('field_email'), error };
  return html`<div class="stack">
    <p class="quiet small">${say('wrong_address')}</p>
    <${ProblemNotice} problem=${problem} />
    ${right === undefined
      ? correct && html`<${Button} label=${say('wrong_address_correct')} onClick=${open} look="plain wide" />`
      : html`<form class="form" novalidate onSubmit=${submits(() => press('correct', send))}>
          <${Field} field=${field}>
            <input ...${controlOf(field)} class="input" name="email" type="email" inputmode="email" autocomplete="email"
              autocapitalize="none" spellcheck="false" maxlength="254" value=${right} onInput=${typed(setRight)} />
          <//>
          <${Button} label=${say('wrong_address_save')} busy=${busy && pressed === 'correct'} look="wide" />
        </form>`}
    <${Button} label=${say('wrong_address_withdraw')} busy=${busy && pressed === 'withdraw'} onClick=${() => press('withdraw', withdraw)} look="plain wide" />
  </div>`;
}
