import { useState } from 'preact/hooks';
import { Problem } from '../../api.js';
import { viewLink } from '../../calls/worker.js';
import { lettersOf } from '../../lib/code.js';
import { focusSoon } from '../../lib/focus.js';
import { html, submits, typed } from '../../lib/html.js';
import { say } from '../../lib/language.js';
import { useOnce } from '../../lib/once.js';
import { Button } from '../../parts/button.js';
import { Field, controlOf } from '../../parts/field.js';
import { ProblemNotice } from '../../parts/notice.js';
import { codeTyped, meant } from './typed.js';

/** Takes the address or the code of a link to its page. */
export function Code() {
  const [text, setText] = useState('');
  // It is put into words when it is shown, in the language that is spoken then.
  const [wrong, setWrong] = useState({ why: () => /** @type {string | undefined} */ (undefined) });
  const [problem, setProblem] = useState(/** @type {unknown} */ (undefined));
  const [busy, once] = useOnce();

  /** @param {() => string} why */
  function refuse(why) {
    setWrong({ why });
    focusSoon('code');
  }

  async function open() {
    setProblem(undefined);
    setWrong({ why: () => undefined });
    const code = codeTyped(text);
    if (!code) return refuse(() => whyNone(text));
    try {
      await viewLink(code);
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      if (problem.code === 'link_not_found') return refuse(() => say('code_unknown'));
      // Whatever else is the matter with the link, its page says so.
      if (!problem.code.startsWith('link_')) return setProblem(problem);
    }
    location.assign(`/join/${code}`);
  }

  const field = { id: 'code', label: say('field_code'), hint: say('field_code_hint'), error: wrong.why() };
  return html`<form class="form" novalidate onSubmit=${submits(() => once(open))}>
    <${Field} field=${field}>
      <input ...${controlOf(field)} class="input" name="code" autocomplete="off" autocapitalize="none" spellcheck="false"
        value=${text} onInput=${typed(setText)} />
    <//>
    <${ProblemNotice} problem=${problem} />
    <${Button} label=${say('code_button')} busy=${busy} look="wide" />
  </form>`;
}

/**
 * Why a text is no code.
 * @param {string} text
 */
function whyNone(text) {
  const { length } = lettersOf(meant(text));
  if (length === 0) return say('code_missing');
  if (length < 26) return say('code_short', { count: length });
  return say(length > 26 ? 'code_long' : 'code_unknown');
}
