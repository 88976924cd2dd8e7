import { html } from '../lib/html.js';
import { spoken } from '../lib/language.js';

/**
 * The training that people get, and its site. Four units are named, sites first.
 * @param {{ gives: import('../calls/worker.js').PublicLink['gives'], say: typeof import('../lib/language.js').say }} props
 */
export function Gives({ gives: { sites, modules, more }, say }) {
  const list = (/** @type {string[]} */ names, more = false) => (more ? `${names.join(', ')} …` : new Intl.ListFormat(spoken()).format(names));
  return html`${modules.length > 0 && html`<p>${say('join_modules', { modules: list(modules, more) })}</p>`}
  ${sites.length > 0 && html`<p>${say(sites.length > 1 ? 'join_sites' : 'join_site', { sites: list(sites, more && sites.length > 3) })}</p>`}`;
}
