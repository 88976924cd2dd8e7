import { html } from '../../../lib/html.js';
import { Chip } from '../../../parts/admin/chip.js';
import { say as sayAll } from '../say.js';
import { say } from './form_say.js';
import { KIND_WORDS, givenBy } from './gives.js';

/**
 * The units of an allocation and all modules that come with them.
 * @param {{ allocation: import('../../../calls/links.js').UnitIds, catalog: import('../../../calls/catalog.js').Catalog }} props
 */
export function Given({ allocation, catalog }) {
  const { units, modules } = givenBy(allocation, catalog);
  if (units.length === 0) return html`<p class="quiet">${say('gives_nothing')}</p>`;
  return html`<ul class="given-units" aria-label=${say('gives_units')}>
      ${units.map(
        ({ id, kind, name }) => html`<li key=${id}><span class="quiet small">${sayAll(KIND_WORDS[kind])}</span> <${Chip} tone=${name ? 'accent' : 'off'} text=${name ?? sayAll('unit_gone')} /></li>`,
      )}
    </ul>
    <h3>${say('gives_modules', { n: modules.length })}</h3>
    <ul class="rows given-modules">
      ${modules.map(
        ({ id, title, through }) => html`<li key=${id}><span>${title}<br /><span class="quiet small">${say('through', { units: through.join(', ') })}</span></span></li>`,
      )}
    </ul>`;
}
