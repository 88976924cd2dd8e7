import { useState } from 'preact/hooks';
import { removeEnrollment } from '../../../calls/links.js';
import { html } from '../../../lib/html.js';
import { amend } from '../../../lib/route.js';
import { number } from '../../../lib/speaker.js';
import { tell } from '../../../lib/told.js';
import { Bulk } from '../../../parts/admin/bulk.js';
import { Confirm } from '../../../parts/admin/confirm.js';
import { CsvButton } from '../../../parts/admin/csv.js';
import { Empty } from '../../../parts/admin/empty.js';
import { FilterFold } from '../../../parts/admin/filter_fold.js';
import { Rest } from '../../../parts/admin/loaded.js';
import { Table } from '../../../parts/admin/table.js';
import { DeedDialog } from '../members/deed.js';
import { say as sayAll } from '../say.js';
import { STATES } from './numbers.js';
import { columnsOf } from './people_columns.js';
import { say } from './say.js';

/** @typedef {import('../../../calls/links.js').Enrollment} Enrollment */
/** @typedef {import('../../../calls/links.js').EnrollmentState} EnrollmentState */
/** @typedef {{ id: string, name: string, email: string }} Person */

/** Whom a grant can let in. */
const GRANTED = /** @type {readonly EnrollmentState[]} */ (['pending', 'waiting', 'reserved']);

/** @param {Enrollment} one @returns {Person} */
const personOf = ({ member }) => (member.erased ? { id: member.id, name: say('erased'), email: '' } : { id: member.id, name: member.name, email: member.email });

/**
 * Who came by a link.
 * @param {{ stats: import('../../../calls/links.js').Stats, state: EnrollmentState | undefined, watched: import('./watch.js').Watched }} props
 */
export function People({ stats: { link, by_state }, state, watched }) {
  const [keys, setKeys] = useState(/** @type {ReadonlySet<string>} */ (new Set()));
  const [out, setOut] = useState(/** @type {Person | undefined} */ (undefined));
  const [granted, setGranted] = useState(/** @type {Person[] | undefined} */ (undefined));
  const rows = watched.rows;
  const counts = countsOf(by_state, state, watched);
  const chosen = watched.rows.filter(({ member }) => keys.has(member.id) && !member.erased);
  const grantable = chosen.filter((row) => GRANTED.includes(row.state)).map(personOf);
  const all = STATES.reduce((sum, one) => sum + by_state[one], 0);
  const listed = state ? counts[state] : counts.all;
  const takeOut = async (/** @type {Person} */ person) => {
    await removeEnrollment(link.id, person.id);
    tell(say('taken_out', { name: person.name }));
    await watched.again();
  };
  return html`<section class="stack people" aria-labelledby="people">
    <div class="box-head">
      <h2 id="people">${say('people')}</h2>
      <${CsvButton} path=${`/v1/links/${link.id}/stats`} name="enrollments.csv" />
    </div>
    ${all > 0 &&
    html`<${FilterFold} n=${state ? 1 : 0}><div class="tabs" role="group" aria-label=${say('filter_state')}>
      ${[undefined, ...STATES].map((one) => {
        const n = counts[one ?? 'all'];
        if (one && one !== state && by_state[one] === 0) return null;
        return html`<button type="button" class="tab" key=${one} data-count=${n} aria-pressed=${state === one ? 'true' : 'false'} onClick=${() => amend({ state: one })}>${one ? say(`short_${one}`) : sayAll('all')} ${n !== undefined && number(n)}</button>`;
      })}
    </div><//>`}
    ${watched.more && listed !== undefined && html`<p class="quiet small">${say('loaded_part', { n: watched.rows.length, all: listed })}</p>`}
    ${state === 'removed' && rows.length > 0 && html`<p class="quiet small">${say('out_note')}</p>`}
    ${rows.length > 0 &&
    html`<${Table}
      caption=${say('people')}
      rows=${rows}
      keyOf=${(/** @type {Enrollment} */ { member }) => member.id}
      selection=${{ keys, set: setKeys, name: (/** @type {Enrollment} */ row) => personOf(row).name }}
      ordering=${{ whole: !watched.more && !watched.loading }}
      columns=${columnsOf(link, (row) => setOut(personOf(row)))}
    />`}
    ${rows.length === 0 && !watched.loading && html`<${Empty} icon="people" title=${all === 0 ? say('nobody') : sayAll('nothing_found')}>${all === 0 && html`<p>${say('nobody_text')}</p>`}<//>`}
    ${watched.stats && (watched.more || (watched.loading && rows.length === 0)) && html`<${Rest} of=${watched} />`}
    <${Bulk}
      n=${chosen.length}
      onClear=${() => setKeys(new Set())}
      actions=${grantable.length > 0 ? [{ label: say('grant', { n: grantable.length }), icon: 'admit', run: () => setGranted(grantable) }] : []}
    >
      ${grantable.length === 0 && html`<span class="bulk-note quiet small">${say('none_to_grant')}</span>`}
    <//>
    ${granted &&
    html`<${DeedDialog}
      deed="grants"
      people=${granted}
      onClose=${() => setGranted(undefined)}
      then=${async () => {
        setKeys(new Set());
        await watched.again();
      }}
    />`}
    ${out &&
    html`<${Confirm} title=${say('out_title', { name: out.name, link: link.name })} label=${say('take_out')} danger onClose=${() => setOut(undefined)} run=${() => takeOut(out)}>
      <p>${say('out_text')}</p>
    <//>`}
  </section>`;
}

/**
 * How many people are in each state. A link counts how often a reservation expired, and somebody may have registered again since: how many
 * expired ones are listed is known only once all of them are there.
 * @param {Record<EnrollmentState, number>} by_state
 * @param {EnrollmentState | undefined} state
 * @param {import('./watch.js').Watched} watched
 * @returns {Record<EnrollmentState | 'all', number | undefined>}
 */
function countsOf(by_state, state, { rows, more, loading }) {
  const whole = !more && !loading;
  const others = STATES.reduce((sum, one) => sum + (one === 'lapsed' ? 0 : by_state[one]), 0);
  const known = by_state.lapsed === 0 ? 0 : undefined;
  const inRows = state === undefined ? rows.filter((row) => row.state === 'lapsed').length : state === 'lapsed' ? rows.length : undefined;
  const lapsed = whole && inRows !== undefined ? inRows : known;
  return { ...by_state, lapsed, all: lapsed === undefined ? undefined : others + lapsed };
}
