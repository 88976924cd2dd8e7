import { html } from '../../../lib/html.js';
import { useLoaded } from '../../../lib/loaded.js';
import { TextField } from '../../../parts/admin/fields.js';
import { FilterFold } from '../../../parts/admin/filter_fold.js';
import { GroupedField } from '../../../parts/admin/grouped_field.js';
import { say as sayAll } from '../say.js';
import { ACTS } from './acts.js';
import { allDoers } from './doers.js';
import { actWords, say } from './say.js';

/** @typedef {Required<import('../../../calls/audit.js').AuditFilter>} Asked what is not asked for is empty */
/** @typedef {import('../../../parts/admin/grouped_field.js').Option} Option */

const DAY = /^\d{4}-\d\d-\d\d$/;

/** What the address asks for; a day that is none stands for any. @param {URLSearchParams} query @returns {Asked} */
export function askedIn(query) {
  const text = (/** @type {string} */ name) => query.get(name) ?? '';
  const day = (/** @type {string} */ name) => (DAY.test(text(name)) ? text(name) : '');
  return { by: text('by'), act: text('act'), from: day('from'), to: day('to') };
}

/**
 * What to show: everything that can be chosen, as it stands in the address.
 * @param {{ asked: Asked, wrong: boolean, name: string | null | undefined, choose: (change: Partial<Asked>) => void, clear: () => void }} props `wrong` where the
 *   days are in the wrong order; `name` of the chosen person, as a record tells it
 */
export function Filters({ asked, wrong, name, choose, clear }) {
  const doers = useLoaded(allDoers, []).data;
  const n = Object.values(asked).filter(Boolean).length;
  return html`<${FilterFold} n=${n}><div class="filters">
    <${GroupedField}
      field=${{ id: 'by', label: say('filter_by'), optional: false }}
      value=${asked.by}
      onInput=${(/** @type {string} */ by) => choose({ by })}
      any=${say('anyone')}
      groups=${withChosen(doerGroups(doers), asked.by, name ?? (doers ? say('former') : '…'))}
    />
    <${GroupedField}
      field=${{ id: 'act', label: say('column_what'), optional: false }}
      value=${asked.act}
      onInput=${(/** @type {string} */ act) => choose({ act })}
      any=${say('any_act')}
      groups=${withChosen(ACTS.map(([kind, acts]) => [say(`of_${kind}`), acts.map((act) => [act, actWords(act)])]), asked.act, actWords(asked.act))}
    />
    <${TextField} field=${{ id: 'from', label: say('from'), optional: false }} type="date" value=${asked.from} onInput=${(/** @type {string} */ from) => choose({ from })} />
    <${TextField} field=${{ id: 'to', label: say('to'), error: wrong ? say('wrong_to') : undefined }} type="date" value=${asked.to} onInput=${(/** @type {string} */ to) => choose({ to })} />
    ${n > 0 && html`<button type="button" class="link" onClick=${clear}>${sayAll('clear_filters')}</button>`}
  </div><//>`;
}

/** @param {import('./doers.js').Doers | undefined} doers @returns {[string, Option[]][]} */
const doerGroups = (doers) => [
  [say('admins'), (doers?.admins ?? []).map(({ id, name }) => [id, name])],
  [say('api_keys'), (doers?.keys ?? []).map(({ id, name }) => [`key:${id}`, name])],
  [
    say('others'),
    [
      ['system', say('the_system')],
      ['operator', say('the_operator')],
    ],
  ],
];

/**
 * What stands in the address can be chosen even where it is not among the others, like an admin who is none any more.
 * @param {[string, Option[]][]} groups @param {string} chosen @param {string} words @returns {[string, Option[]][]}
 */
const withChosen = (groups, chosen, words) =>
  chosen === '' || groups.some(([, options]) => options.some(([value]) => value === chosen)) ? groups : [['', [[chosen, words]]], ...groups];
