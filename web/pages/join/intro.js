import { html } from '../../lib/html.js';
import { say, spoken } from '../../lib/language.js';
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
      <p class="eyebrow">${say('join_invites', { organization: link.organization })}</p>
      <h1>${say(`join_heading${way}`)}</h1>
      <${Gives} gives=${link.gives} />
    </div>
    ${welcome.text && html`<p class="welcome" lang=${welcome.lang}>${welcome.text}</p>`}
    ${asksPerson && html`<p class="quiet">${say(how, { organization: link.organization })}</p>`}
  </header>`;
}

/** The training and where it is for. @param {{ gives: import('../../calls/worker.js').PublicLink['gives'] }} props */
function Gives({ gives: { sites, modules, more } }) {
  // Cut short, it is no sentence that ends with “and”.
  const list = (/** @type {string[]} */ names) => (more ? `${names.join(', ')} …` : new Intl.ListFormat(spoken()).format(names));
  return html`${modules.length > 0 && html`<p>${say('join_modules', { modules: list(modules) })}</p>`}
  ${sites.length > 0 && html`<p>${say('join_sites', { sites: list(sites) })}</p>`}`;
}
