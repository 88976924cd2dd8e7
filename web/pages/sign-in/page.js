import { useEffect, useState } from 'preact/hooks';
import { Problem } from '../../api.js';
import { whoIsThere } from '../../calls/worker.js';
import { focusSoon } from '../../lib/focus.js';
import { html } from '../../lib/html.js';
import { Ask } from './ask.js';
import { homeOf } from './home.js';
import { NotKept } from './not_kept.js';
import { Ready } from './ready.js';
import { forget } from './token.js';
import { say } from '../../lib/language.js';

/**
 * Signing in with a login link, and asking for one.
 * @param {{ opened: string | undefined }} props the token that the page was opened with
 */
export function SignInPage({ opened }) {
  const [token, setToken] = useState(opened);
  const [lost, setLost] = useState(false);
  const [asking, setAsking] = useState(false);
  const dead = opened !== undefined && token === undefined && !asking;
  const refused = () => {
    forget();
    setToken(undefined);
  };
  const notKept = () => {
    forget();
    setLost(true);
  };
  const ask = () => {
    setLost(false);
    setAsking(true);
    setToken(undefined);
    focusSoon('email');
  };
  if (lost) return html`<${NotKept} spent next=${ask} />`;
  if (token !== undefined) return html`<${Ready} token=${token} refused=${refused} notKept=${notKept} />`;
  return html`<${Ask} dead=${dead} /><${AlreadyThere} />`;
}

/** Whoever is signed in need not sign in. */
function AlreadyThere() {
  const [member, setMember] = useState(/** @type {import('../../calls/worker.js').Member | undefined} */ (undefined));
  useEffect(() => {
    whoIsThere().then(
      (training) => setMember(training?.member),
      (error) => {
        // Not to be known now. The form is there all the same.
        if (!(error instanceof Problem)) throw error;
      },
    );
  }, []);
  if (!member) return null;
  return html`<p class="after">
    ${say('sign_in_already', { name: member.name })} <a href=${homeOf(member)}>${say(member.role === 'admin' ? 'training_admin' : 'done_my_training')}</a>
  </p>`;
}
