import { html } from '../../lib/html.js';
import { say, spoken } from '../../lib/language.js';
import { Icon } from '../../parts/icon.js';

/** @typedef {import('../../calls/worker.js').Training} Training */

/**
 * Each module once, with the units through which it is the member's.
 * @param {{ training: Training }} props
 */
export function Modules({ training }) {
  const names = new Map([...training.groups, ...training.sites, ...training.regions].map(({ id, name }) => [id, name]));
  return html`<section class="stack" aria-labelledby="modules">
    <h2 id="modules">${say('training_modules')}</h2>
    <ul class="modules">
      ${training.modules.map((module) => {
        const units = module.units.map((id) => names.get(id)).filter((name) => name !== undefined);
        return html`<${Row} key=${module.id} module=${module} units=${units} />`;
      })}
    </ul>
  </section>`;
}

/** @param {{ module: import('../../calls/worker.js').Module, units: string[] }} props */
const Row = ({ module, units }) =>
  html`<li class="module">
    <div>
      <h3>${module.title}</h3>
      <p class="quiet small">${say('training_through', { units: new Intl.ListFormat(spoken()).format(units) })}</p>
    </div>
    ${isWebAddress(module.url) &&
    html`<a
      class="button"
      href=${module.url}
      target="_blank"
      rel="noopener noreferrer"
      aria-label=${say('training_open_label', { title: module.title })}
    >
      ${say('training_open')} <${Icon} name="open" />
    </a>`}
  </li>`;

/**
 * The API takes no other; a page that makes links of data looks all the same.
 * @param {string} url
 */
export const isWebAddress = (url) => URL.canParse(url) && new URL(url).protocol === 'https:';
