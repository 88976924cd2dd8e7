import { useState } from 'preact/hooks';
import { Problem } from '../../api.js';
import { html } from '../../lib/html.js';
import { say } from '../../lib/language.js';
import { useOnce } from '../../lib/once.js';
import { Button } from '../../parts/button.js';
import { ProblemNotice } from '../../parts/notice.js';

/**
 * What somebody can do who sees that the address is wrong: both give the place back first.
 * @param {{ correct: () => Promise<void>, withdraw: () => Promise<void> }} props
 */
export function WrongAddress({ correct, withdraw }) {
  const [problem, setProblem] = useState(/** @type {unknown} */ (undefined));
  const [pressed, setPressed] = useState('');
  const [busy, once] = useOnce();

  /**
   * @param {string} which
   * @param {() => Promise<void>} act
   */
  const press = (which, act) =>
    once(async () => {
      setProblem(undefined);
      setPressed(which);
      try {
        await act();
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        setProblem(error);
      }
    });

  return html`<div class="stack">
    <p class="quiet small">${say('wrong_address')}</p>
    <${ProblemNotice} problem=${problem} />
    <${Button} label=${say('wrong_address_correct')} busy=${busy && pressed === 'correct'} onClick=${() => press('correct', correct)} look="plain wide" />
    <${Button} label=${say('wrong_address_withdraw')} busy=${busy && pressed === 'withdraw'} onClick=${() => press('withdraw', withdraw)} look="plain wide" />
  </div>`;
}
