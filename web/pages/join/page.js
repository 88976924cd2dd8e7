import { useEffect, useState } from 'preact/hooks';
import { Problem } from '../../api.js';
import { focusSoon } from '../../lib/focus.js';
import { html } from '../../lib/html.js';
import { say } from '../../lib/language.js';
import { entitle } from '../../lib/page.js';
import { shows } from '../../lib/shown.js';
import { Retry } from '../../parts/retry.js';
import { Dead, isDead } from './dead.js';
import { Done } from './done.js';
import { Form } from './form.js';
import { look } from './look.js';

/** @typedef {import('./look.js').View} View */

/**
 * The page of a link, from the first look to what happens next.
 * @param {{ code: string, first: View }} props
 */
export function JoinPage({ code, first }) {
  const [view, setView] = useState(first);
  const [joined, setJoined] = useState(
    /** @type {{ status: import('../../calls/worker.js').Joined, email: string } | undefined} */ (undefined),
  );
  const { link, problem, member } = view;

  useEffect(() => {
    entitle(link ? say('join_title', { organization: link.organization }) : say('join_dead_title'));
  }, [link]);

  if (problem instanceof Problem && isDead(problem.code)) return html`<${Dead} code=${problem.code} link=${link} ask=${problem.ask ?? link} />`;
  if (!link) return html`<${Retry} problem=${problem} again=${async () => setView(await look(code))} />`;
  if (link.state === 'scheduled') return html`<${Dead} code="link_not_started" link=${link} />`;
  if (joined) {
    const again = () => {
      setJoined(undefined);
      focusSoon('email');
    };
    return html`<${Done} ...${joined} organization=${link.organization} again=${again} />`;
  }
  return html`<${Form}
    code=${code}
    link=${link}
    member=${member}
    joined=${setJoined}
    died=${(/** @type {Problem} */ died) => setView({ link, problem: died })}
    notMe=${() => {
      shows(undefined);
      setView({ link });
    }}
    lookAgain=${async () => setView(await look(code))}
  />`;
}
