import { html } from '../../lib/html.js';
import { say } from '../../lib/language.js';
import { Gives } from '../../parts/gives.js';
import { Logo } from '../../parts/logo.js';
import { wayIn } from './registration.js';
import { welcomeOf } from './texts.js';

/**
 * Who invites, with what words, and what is to be done.
 * @param {{ link: import('../../calls/worker.js').PublicLink, asksPerson: boolean }} props
 */
export function Intro({ link, asksPerson }) {
  const way = wayIn(link);
  const how = way === '' ? 'join_how_instant' : /** @type {const} */ (`join_how${way}`);
  const welcome = welcomeOf(link);
  return html`<header class="stack">
    <div class="who">
      <${Logo} logo=${link.logo} />
      <p class="eyebrow">${say('join_invites', { organization: link.organization })}</p>
      <h1>${say(`join_heading${way}`)}</h1>
      <${Gives} gives=${link.gives} say=${say} />
    </div>
    ${welcome.text && html`<p class="welcome" lang=${welcome.lang}>${welcome.text}</p>`}
    ${asksPerson && html`<p class="quiet">${say(how, { organization: link.organization })}</p>`}
  </header>`;
}
