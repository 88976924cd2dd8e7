import { html } from '../../../lib/html.js';
import { calendarDay, moment } from '../../../lib/when.js';
import { byText } from '../../../lib/sort.js';
import { number } from '../../../lib/speaker.js';
import { By } from '../../../parts/admin/by.js';
import { Chip } from '../../../parts/admin/chip.js';
import { Icon } from '../../../parts/admin/icon.js';
import { KINDS, KIND_WORDS } from '../links/gives.js';
import { Person } from '../members/shown.js';
import { say as sayAll } from '../say.js';
import { zone } from '../who.js';
import { say } from './say.js';

/** @typedef {import('../../../calls/links.js').Enrollment} Enrollment */
/** @typedef {import('../../../calls/links.js').Link} Link */
/** @typedef {import('../../../calls/links.js').EnrollmentState} EnrollmentState */

/** @type {Record<EnrollmentState, import('../../../parts/admin/chip.js').Tone>} */
const TONES = { reserved: 'accent', pending: 'wait', enrolled: 'good', lapsed: 'off', removed: 'off', waiting: 'wait' };

/**
 * What is shown of each who came by a link.
 * @param {Link} link
 * @param {(row: Enrollment) => void} takeOut asks whether to take somebody out
 * @returns {(import('../../../parts/admin/table.js').Column<Enrollment> | false)[]}
 */
export const columnsOf = (link, takeOut) => [
  { label: say('column_name'), look: 'wide first', sort: byText('name', ({ member }) => (member.erased ? null : member.name)), cell: ({ member }) => (member.erased ? html`<span class="quiet">${say('erased')}</span>` : html`<${Person} member=${member} />`) },
  { label: say('column_state'), sort: byText('state', ({ state }) => say(`short_${state}`)), cell: (row) => html`<${State} row=${row} />` },
  { label: say('column_where'), sort: byText('unit', ({ allocation }) => whereOf(allocation)), cell: ({ allocation }) => html`<span>${whereOf(allocation) || html`<span class="quiet">${say('nowhere')}</span>`}</span>` },
  link.fields.length > 0 && { label: say('column_answers'), cell: ({ answers }) => html`<${Answers} link=${link} answers=${answers} />` },
  { label: '', hidden: sayAll('actions'), look: 'end', cell: (row) => html`<${TakeOut} row=${row} takeOut=${takeOut} />` },
];

/** @param {Enrollment['allocation']} allocation */
const whereOf = (allocation) => KINDS.flatMap((kind) => allocation[kind].map(({ name }) => name ?? say('where_gone', { kind: sayAll(KIND_WORDS[kind]) }))).join(', ');

/** What has become of somebody, and when. @param {{ row: Enrollment }} props */
function State({ row: { state, registered_at, signed_in_at, lapses_at, granted_by, allocation_ends_at } }) {
  const at = (/** @type {string} */ instant) => moment(instant, zone());
  return html`<div class="times small">
    <${Chip} tone=${TONES[state]} text=${say(`short_${state}`)} />
    <span><span class="quiet">${say('row_registered')}</span> ${at(registered_at)}</span>
    ${state === 'reserved' && lapses_at && html`<span><span class="quiet">${say('seat_until')}</span> ${at(lapses_at)}</span>`}
    ${granted_by && html`<span><span class="quiet">${say('let_in_by')}</span> <${By} id=${granted_by} /></span>`}
    ${state === 'enrolled' && html`<span><span class="quiet">${say('row_signed_in')}</span> ${signed_in_at ? at(signed_in_at) : say('not_yet')}</span>`}
    ${state === 'enrolled' && allocation_ends_at && html`<span><span class="quiet">${say('units_end')}</span> ${at(allocation_ends_at)}</span>`}
  </div>`;
}

/**
 * Under the labels that the link has now; under its key what it asks no more.
 * @param {{ link: Link, answers: Enrollment['answers'] }} props
 */
function Answers({ link, answers }) {
  const said = Object.entries(answers).map(([key, answer]) => {
    const asked = link.fields.find((field) => field.key === key);
    const shown = typeof answer === 'number' ? number(answer) : asked?.kind === 'date' ? calendarDay(answer) : answer;
    return { key, label: asked?.label ?? key, shown };
  });
  return html`<span class="small">${said.map(({ key, label, shown }, at) => html`<span key=${key}>${at > 0 && html`<br />`}<span class="quiet">${label}:</span> ${shown}</span>`)}</span>`;
}

/** @param {{ row: Enrollment, takeOut: (row: Enrollment) => void }} props */
const TakeOut = ({ row, takeOut }) =>
  !row.member.erased &&
  row.state !== 'removed' &&
  html`<button type="button" class="icon-button" aria-label=${say('take_out_of', { name: row.member.name })} title=${say('take_out')} onClick=${() => takeOut(row)}><${Icon} name="refuse" /></button>`;
