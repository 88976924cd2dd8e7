import { html } from '../../../lib/html.js';
import { Dialog } from '../../../parts/admin/dialog.js';
import { say as sayAll } from '../say.js';
import { say } from './form_say.js';
import { changedTerms } from './form_values.js';
import { termWords } from './term_words.js';

/** @typedef {import('./form_values.js').Values} Values */

/**
 * Somebody else was faster: what they did, and the choice between the two.
 * @param {{ before: Values, mine: Values, theirs: Values, who: string | undefined, catalog: import('../../../calls/catalog.js').Catalog, onTop: () => void,
 *   letGo: () => void, onClose: () => void }} props
 */
export function Conflict({ before, mine, theirs, who, catalog, onTop, letGo, onClose }) {
  const ours = changedTerms(before, mine);
  const changed = changedTerms(before, theirs);
  const words = (/** @type {import('./form_values.js').Term} */ term, /** @type {Values} */ values) => termWords(term, values, catalog);
  return html`<${Dialog} title=${say('conflict_title')} onClose=${onClose} wide>
    <p>${who ? say('conflict_by', { name: who }) : say('conflict_by_nobody')}</p>
    ${changed.length === 0 && html`<p>${say('conflict_elsewhere')}</p>`}
    <dl class="facts">
      ${changed.map(
        (term) => html`<dt key=${term}>${say(term)}</dt>
          <dd>
            ${say('conflict_was', { was: words(term, before), is: words(term, theirs) })}
            ${ours.includes(term) && html`<br /><strong>${say('conflict_yours', { yours: words(term, mine) })}</strong>`}
          </dd>`,
      )}
    </dl>
    <p class="quiet">${say('conflict_text')}</p>
    <div class="dialog-foot">
      <button type="button" class="button plain slim" onClick=${onClose}>${sayAll('cancel')}</button>
      <button type="button" class="button plain slim" onClick=${letGo}>${say('conflict_theirs')}</button>
      <button type="button" class="button slim" onClick=${onTop}>${say('conflict_on_top')}</button>
    </div>
  <//>`;
}
