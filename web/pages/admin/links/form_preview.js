import { html } from '../../../lib/html.js';
import { say as sayJoin } from '../../../lib/language.js';
import { Icon } from '../../../parts/admin/icon.js';
import { organization } from '../who.js';
import { Given } from './given.js';
import { givenBy } from './gives.js';
import { say } from './form_say.js';
import { domainsIn } from './form_values.js';
import { warningsOf } from './form_warnings.js';

/** @typedef {import('./form_values.js').Values} Values */
/** @typedef {import('../../../calls/catalog.js').Catalog} Catalog */

/**
 * What to look at before saving, what somebody who joins gets, and what they read.
 * @param {{ values: Values, catalog: Catalog, there: import('./form_warnings.js').There, today: string }} props
 */
export function Preview({ values, catalog, there, today }) {
  const { units, modules } = givenBy(values, catalog);
  const warnings = warningsOf(values, { units: units.length, modules: modules.length }, there, today);
  return html`<div class="preview">
    <div role="status">
      ${warnings.length > 0 &&
      html`<ul class="warnings" aria-label=${say('warnings')}>
        ${warnings.map(({ key, values }) => html`<li key=${key}><${Icon} name="warning" /><span>${say(key, values)}</span></li>`)}
      </ul>`}
    </div>
    <section class="box" aria-labelledby="preview-gives">
      <h2 id="preview-gives">${say('preview_gives')}</h2>
      <${Given} allocation=${values} catalog=${catalog} />
    </section>
    <section class="box" aria-labelledby="preview-join">
      <h2 id="preview-join">${say('preview_join')}</h2>
      <${Greeting} values=${values} />
    </section>
  </div>`;
}

/** @param {{ values: Values }} props */
function Greeting({ values: { admission, welcome, fields, only } }) {
  const way = admission === 'approval' ? '_approval' : '';
  const { name } = organization();
  const domains = domainsIn(only);
  return html`<div class="greeting stack">
    <p class="quiet small">${sayJoin('join_invites', { organization: name })}</p>
    <p class="greeting-title">${sayJoin(`join_heading${way}`)}</p>
    ${welcome.trim() && html`<p class="welcome">${welcome.trim()}</p>`}
    <p class="quiet small">${sayJoin(admission === 'approval' ? 'join_how_approval' : 'join_how_instant', { organization: name })}</p>
    <ul class="greeting-fields small">
      <li>${sayJoin('field_name')}</li>
      <li>${sayJoin('field_email')}${domains.length > 0 && html` <span class="quiet">${sayJoin('field_email_domains', { domains: domains.join(', ') })}</span>`}</li>
      ${fields.map(({ id, label, required }) => label.trim() && html`<li key=${id}>${label}${!required && html` <span class="quiet">(${sayJoin('field_optional')})</span>`}</li>`)}
    </ul>
    <p class="greeting-button" aria-hidden="true">${sayJoin(`join_button${way}`)}</p>
  </div>`;
}
