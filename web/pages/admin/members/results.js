import { BYTE_ORDER_MARK, csvRow, separatorOf } from '../../../lib/csv.js';
import { html } from '../../../lib/html.js';
import { save } from '../../../lib/save.js';
import { Icon } from '../../../parts/admin/icon.js';
import { lookOf, wordOf } from './outcomes.js';
import { grouped } from './run.js';
import { say } from './say.js';

/** @typedef {import('../../../calls/members.js').Deed} Deed */
/** @typedef {import('../../../calls/members.js').Outcome} Outcome */
/** @typedef {import('./deed.js').Person} Person */

/** How many of an outcome are listed; a file has them all. */
const LISTED = 300;

const SIGNS = /** @type {const} */ ({ good: 'tick', off: 'info', bad: 'warning' });

/**
 * What became of each person: who, by outcome, and what to do about it.
 * @param {{ deed: Deed, people: readonly Person[], outcomes: import('./run.js').Outcomes, full: import('./run.js').Full }} props `full` are the
 * links that had no seat
 */
export function Results({ deed, people, outcomes, full }) {
  const byId = new Map(people.map((person) => [person.id, person]));
  const groups = grouped(outcomes);
  const file = () => {
    const separator = separatorOf();
    const cellsOf = (/** @type {Outcome} */ outcome, /** @type {string} */ id) => [id, byId.get(id)?.name ?? '', byId.get(id)?.email ?? '', outcome, full.get(id)?.name ?? ''];
    const rows = groups.flatMap(([outcome, ids]) => ids.map((id) => csvRow(cellsOf(outcome, id), separator)));
    save('results.csv', [BYTE_ORDER_MARK, csvRow(['member id', 'name', 'email', 'outcome', 'link without free seats'], separator), ...rows], 'text/csv;charset=utf-8');
  };
  return html`<div class="stack">
      ${groups.map(([outcome, ids]) => {
        const word = wordOf(deed, outcome);
        const look = lookOf(word);
        const said = say(`outcome_${word}`, { n: ids.length });
        return html`<details class="outcome" key=${outcome} open=${look === 'bad' || ids.length <= 5}>
          <summary>
            <span class=${`outcome-sign ${look}`}><${Icon} name=${SIGNS[look]} /></span>
            <strong>${said}</strong>
          </summary>
          ${look !== 'good' && html`<p class="quiet">${say(`advice_${/** @type {'shut_out'} */ (word)}`)} <${FullLinks} ids=${ids} full=${full} /></p>`}
          <ul class="outcome-people small" tabindex="0" aria-label=${said}>
            ${ids.slice(0, LISTED).map((id) => html`<li key=${id}>${byId.get(id)?.name ?? id} <span class="quiet address">${byId.get(id)?.email}</span></li>`)}
            ${ids.length > LISTED && html`<li class="quiet">${say('and_more', { n: ids.length - LISTED })}</li>`}
          </ul>
        </details>`;
      })}
    </div>
    ${outcomes.size > 1 && html`<p><button type="button" class="link small" onClick=${file}>${say('results_file')}</button></p>`}`;
}

/** The links that had no seat, each once. @param {{ ids: readonly string[], full: import('./run.js').Full }} props */
function FullLinks({ ids, full }) {
  const links = new Map(ids.flatMap((id) => full.get(id) ?? []).map((link) => [link.id, link]));
  return [...links.values()].map(({ id, name }, at) => html`<span key=${id}>${at > 0 && ', '}<a href=${`/admin/links/${id}`}>${name ?? '…'}</a></span>`);
}
