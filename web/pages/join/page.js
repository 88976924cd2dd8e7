import { useEffect, useState } from 'preact/hooks';
import { Problem } from '../../api.js';
import { correctRegistration, requestLogin, withdrawRegistration } from '../../calls/worker.js';
import { focusSoon } from '../../lib/focus.js';
import { html } from '../../lib/html.js';
import { say, speaks } from '../../lib/language.js';
import { entitle } from '../../lib/page.js';
import { challengeOf, forgetProof, verifierOf } from '../../lib/proof.js';
import { shows } from '../../lib/shown.js';
import { Panel } from '../../parts/panel.js';
import { Retry } from '../../parts/retry.js';
import { Dead, isDead } from './dead.js';
import { Done } from './done.js';
import { Form } from './form.js';
import { forget, proofOf, registered, remember } from './joined.js';
import { look } from './look.js';
import { homeOf } from '../sign-in/home.js';

/** @typedef {import('./look.js').View} View */

/**
 * The page of a link, from the first look to what happens next.
 * @param {{ code: string, first: View }} props
 */
export function JoinPage({ code, first }) {
  const [view, setView] = useState(first);
  // Whoever is signed in no longer waits for a mail.
  const [joined, setJoined] = useState(() => (first.member ? undefined : registered(code)));
  const { link, problem, member, sentTo } = view;

  useEffect(() => {
    entitle(link ? say('join_title', { organization: link.organization }) : say('join_dead_title'));
  }, [link, speaks()]);

  // Also when the link takes nobody any more: the last seat may be theirs.
  if (joined) {
    const lookAgain = async () => setView(await look(code));
    return html`<${Registration} code=${code} joined=${joined} setJoined=${setJoined} lookAgain=${lookAgain} />`;
  }
  if (problem instanceof Problem && isDead(problem.code)) {
    return html`<${Dead} code=${problem.code} link=${link} ask=${problem.ask ?? link} sentTo=${sentTo} />`;
  }
  if (!link) return html`<${Retry} problem=${problem} again=${async () => setView(await look(code))} />`;
  if (link.state === 'scheduled') return html`<${Dead} code="link_not_started" link=${link} />`;
  return html`<${Form}
    code=${code}
    link=${link}
    member=${member}
    joined=${setJoined}
    died=${(/** @type {Problem} */ died, /** @type {string} */ sentTo) => setView({ link, problem: died, sentTo })}
    notMe=${() => {
      shows(undefined);
      setView({ link });
    }}
    lookAgain=${async () => setView(await look(code))}
  />`;
}

/**
 * After a registration, whatever becomes of the link.
 * @param {{
 *   code: string,
 *   joined: import('./joined.js').Registered,
 *   setJoined: (joined: import('./joined.js').Registered | undefined) => void,
 *   lookAgain: () => Promise<void>,
 * }} props
 */
function Registration({ code, joined, setJoined, lookAgain }) {
  const [withdrawn, setWithdrawn] = useState(false);
  const over = () => {
    forget(code);
    forgetProof(proofOf(code));
  };
  const again = () => {
    over();
    setJoined(undefined);
    focusSoon('email');
  };
  const takeBack = async () => {
    await withdrawRegistration(code, joined.email, verifierOf(proofOf(code)) ?? '');
    over();
  };
  // The link may have been full with this registration.
  const toForm = async () => {
    await lookAgain();
    again();
  };
  const correct = async (/** @type {string} */ email) => {
    const { status } = await correctRegistration(code, joined.email, verifierOf(proofOf(code)) ?? '', email);
    // The place in the line stays one.
    const waits = joined.status === 'waiting';
    const now = { ...joined, email, status: waits ? joined.status : status, at: Date.now(), corrected: (joined.corrected ?? 0) + 1 };
    remember(code, now);
    setJoined(now);
  };
  const withdraw = async () => {
    await takeBack();
    setWithdrawn(true);
  };
  // Whoever has registered may sign in: so the address is all that has to be remembered.
  const resend = async () => {
    await requestLogin(joined.email, await challengeOf(proofOf(code)));
    const now = { ...joined, at: Date.now() };
    remember(code, now);
    setJoined(now);
  };
  const entered = (/** @type {import('../../calls/worker.js').Member} */ member) => {
    over();
    location.replace(homeOf(member));
  };
  if (withdrawn) {
    return html`<${Panel} icon="check" heading=${say('withdrawn')}>
      <p>${say('withdrawn_text', { email: joined.email })}</p>
      <p><button type="button" class="link" onClick=${toForm}>${say('withdrawn_again')}</button></p>
    <//>`;
  }
  return html`<${Done} key=${joined.email} code=${code} joined=${joined} again=${again} correct=${correct} withdraw=${withdraw} resend=${resend} entered=${entered} />`;
}
