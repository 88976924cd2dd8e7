import { useState } from 'preact/hooks';
import { Problem } from '../../api.js';
import { confirmName } from '../../calls/worker.js';
import { focusSoon } from '../../lib/focus.js';
import { html, submits, typed } from '../../lib/html.js';
import { say } from '../../lib/language.js';
import { useOnce } from '../../lib/once.js';
import { Button } from '../../parts/button.js';
import { Field, controlOf } from '../../parts/field.js';
import { ProblemNotice } from '../../parts/notice.js';

/**
 * Asks once whether the name is right: it came with a registration, which somebody else may have made.
 * @param {{ member: import('../../calls/worker.js').Member, confirmed: (name: string) => void }} props
 */
export function Name({ member, confirmed }) {
  const [name, setName] = useState(member.name);
  const [wrong, setWrong] = useState(false);
  const [problem, setProblem] = useState(/** @type {unknown} */ (undefined));
  const [busy, once] = useOnce();

  async function send() {
    setProblem(undefined);
    setWrong(false);
    try {
      confirmed((await confirmName(name)).name);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (error.code !== 'invalid_fields') return setProblem(error);
      setWrong(true);
      focusSoon('name');
    }
  }

  const field = { id: 'name', label: say('field_name'), error: wrong ? say('wrong_name') : undefined };
  return html`<section class="card" aria-labelledby="name-heading">
    <div class="stack">
      <h2 id="name-heading">${say('name_heading')}</h2>
      <p class="quiet">${say('name_text')}</p>
    </div>
    <form class="form" novalidate onSubmit=${submits(() => once(send))}>
      <${Field} field=${field}>
        <input ...${controlOf(field)} class="input" name="name" autocomplete="name" autocapitalize="words" maxlength="100"
          value=${name} onInput=${typed(setName)} />
      <//>
      <${ProblemNotice} problem=${problem} />
      <${Button} label=${say('name_button')} busy=${busy} look="wide" />
    </form>
  </section>`;
}
