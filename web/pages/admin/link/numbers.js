/** How many came how far, and a link's terms. */

import { html } from '../../../lib/html.js';
import { number } from '../../../lib/speaker.js';
import { localMoment } from '../../../lib/when.js';
import { Funnel } from '../../../parts/admin/funnel.js';
import { Shown } from '../../../parts/admin/loaded.js';
import { say as sayForm } from '../links/form_say.js';
import { TERMS, valuesOf } from '../links/form_values.js';
import { Given } from '../links/given.js';
import { termWords } from '../links/term_words.js';
import { zone } from '../who.js';
import { say } from './say.js';

/** @typedef {import('../../../calls/links.js').Stats} Stats */
/** @typedef {import('../../../calls/links.js').Link} Link */
/** @typedef {import('../../../calls/catalog.js').Catalog} Catalog */

export const STATES = /** @type {const} */ (['enrolled', 'reserved', 'pending', 'waiting', 'lapsed', 'removed']);

/** @param {{ stats: Stats }} props */
export const Numbers = ({ stats: { funnel, by_state } }) =>
  html`<section class="box" aria-labelledby="funnel">
      <h2 id="funnel">${say('funnel')}</h2>
      <p class="quiet small">${say('funnel_text')}</p>
      <${Funnel} steps=${/** @type {const} */ (['opened', 'registered', 'signed_in']).map((step) => ({ label: say(step), n: funnel[step] }))} />
    </section>
    <section class="box" aria-labelledby="states">
      <h2 id="states">${say('states')}</h2>
      ${by_state.lapsed > 0 && html`<p class="quiet small">${say('states_text')}</p>`}
      <ul class="rows">
        ${STATES.map((state) => html`<li key=${state}><span>${say(`state_${state}`)}</span><strong><${StateCount} state=${state} n=${by_state[state]} /></strong></li>`)}
      </ul>
    </section>`;

/**
 * A number that leads to the people it counts. Expired reservations are counted each, those of people who registered again included, so
 * theirs leads nowhere.
 * @param {{ state: typeof STATES[number], n: number }} props
 */
const StateCount = ({ state, n }) =>
  n === 0 || state === 'lapsed'
    ? number(n)
    : html`<a href=${`?state=${state}`} data-count=${n} aria-label=${`${say(`state_${state}`)}: ${number(n)}`}>${number(n)}</a>`;

/** @param {{ link: Link, catalog: import('../../../lib/loaded.js').Loaded<Catalog> }} props */
export const Gives = ({ link, catalog }) =>
  html`<section class="box" aria-labelledby="gives">
    <h2 id="gives">${say('gives')}</h2>
    <${Shown} of=${catalog} as=${(/** @type {Catalog} */ catalog) => html`<${Given} allocation=${link.allocation} catalog=${catalog} />`} />
  </section>`;

/** @param {{ link: Link, catalog: import('../../../lib/loaded.js').Loaded<Catalog> }} props */
export const Terms = ({ link, catalog }) =>
  html`<section class="box" aria-labelledby="terms">
    <h2 id="terms">${say('terms')}</h2>
    ${(link.starts_local || link.expires_local) && html`<p class="quiet small">${say('in_zone', { zone: zone() })}</p>`}
    <${Shown}
      of=${catalog}
      as=${(/** @type {Catalog} */ catalog) =>
        html`<dl class="facts">
          ${TERMS.filter((term) => term !== 'name' && term !== 'allocation').map((term) => html`<dt key=${term}>${sayForm(term)}</dt><dd class="lines">${wordsOfTerm(term, link, catalog)}</dd>`)}
        </dl>`}
    />
  </section>`;

/** @param {import('../links/form_values.js').Term} term @param {Link} link @param {Catalog} catalog */
function wordsOfTerm(term, link, catalog) {
  const local = term === 'starts' ? link.starts_local : term === 'expires' ? link.expires_local : null;
  return local ? localMoment(local) : termWords(term, valuesOf(link, zone()), catalog);
}
