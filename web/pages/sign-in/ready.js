import { useState } from 'preact/hooks';
import { Problem, isConnection } from '../../api.js';
import { enter as enterBy, keepsCookies } from '../../calls/enter.js';
import { signIn, whoIsThere } from '../../calls/worker.js';
import { html } from '../../lib/html.js';
import { say } from '../../lib/language.js';
import { useOnce } from '../../lib/once.js';
import { Button } from '../../parts/button.js';
import { Panel } from '../../parts/panel.js';
import { ProblemNotice } from '../../parts/notice.js';
import { over } from './asked.js';
import { homeOf } from './home.js';
import { NotKept } from './not_kept.js';
import { forget } from './token.js';

/**
 * One button. Only a person's press spends the token: mail scanners open links too.
 * @param {{ token: string, refused: () => void, notKept: () => void }} props `notKept` when the token is spent and the session is not there
 */
export function Ready({ token, refused, notKept }) {
  const [problem, setProblem] = useState(/** @type {unknown} */ (undefined));
  // Whether a call was lost on its way, so that the token may have been spent by it.
  const [lost, setLost] = useState(false);
  const [blocked, setBlocked] = useState(false);
  const [busy, once] = useOnce();

  async function enter() {
    setProblem(undefined);
    setBlocked(!keepsCookies());
    if (!keepsCookies()) return;
    try {
      const { member, kept } = await enterBy(() => signIn(token));
      if (kept) go(member);
      else notKept();
    } catch (error) {
      await failed(error);
    }
  }

  /** @param {unknown} error */
  async function failed(error) {
    if (!(error instanceof Problem)) throw error;
    if (error.code !== 'invalid_login_token') {
      if (isConnection(error)) setLost(true);
      return setProblem(error);
    }
    const there = lost ? await whoIsThere().catch(() => undefined) : undefined;
    if (there) go(there.member);
    else refused();
  }

  if (blocked) return html`<${NotKept} spent=${false} next=${() => once(enter)} />`;
  return html`<${Panel} icon="check" heading=${say('sign_in_heading')} focus=${false}>
    <p class="quiet">${say('sign_in_text')}</p>
    <${ProblemNotice} problem=${problem} text=${isConnection(problem) ? say('error_unreachable') : undefined} />
    <${Button} label=${problem ? say('try_again') : say('sign_in_button')} busy=${busy} onClick=${() => once(enter)} look="wide" />
  <//>`;
}

/** @param {import('../../calls/worker.js').Member} member */
function go(member) {
  forget();
  over();
  location.replace(homeOf(member));
}
