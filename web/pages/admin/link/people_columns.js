import { html } from '../../../lib/html.js';
import { calendarDay, fromNow, moment } from '../../../lib/when.js';
import { number } from '../../../lib/speaker.js';
import { By } from '../../../parts/admin/by.js';
import { Chip } from '../../../parts/admin/chip.js';
import { Icon } from '../../../parts/admin/icon.js';
import { KINDS } from '../links/gives.js';
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
  { label: say('column_name'), look: 'wide first', cell: ({ member }) => (member.erased ? html`<span class="quiet">${say('erased')}</span>` : html`<${Person} member=${member} />`) },
  { label: say('column_state'), cell: (row) => html`<${State} row=${row} />` },
  { label: say('column_registered'), cell: ({ registered_at }) => html`<${At} at=${registered_at} />` },
  { label: say('column_signed_in'), cell: ({ signed_in_at }) => (signed_in_at ? html`<${At} at=${signed_in_at} />` : html`<span class="quiet">${say('not_yet')}</span>`) },
  { label: say('column_where'), cell: ({ allocation }) => html`<span>${whereOf(allocation) || html`<span class="quiet">${say('nowhere')}</span>`}</span>` },
  link.fields.length > 0 && { label: say('column_answers'), cell: ({ answers }) => html`<${Answers} link=${link} answers=${answers} />` },
  { label: '', hidden: sayAll('actions'), look: 'end', cell: (row) => html`<${TakeOut} row=${row} takeOut=${takeOut} />` },
];

/** @param {{ at: string }} props */
const At = ({ at }) => html`<span>${fromNow(at)}<br /><span class="quiet small">${moment(at, zone())}</span></span>`;

/** @param {Enrollment['allocation']} allocation */
const whereOf = (allocation) => KINDS.flatMap((kind) => allocation[kind].map(({ name }) => name ?? sayAll('unit_gone'))).join(', ');

/** @param {{ row: Enrollment }} props */
const State = ({ row: { state, lapses_at, enrolled_at, granted_by, allocation_ends_at } }) =>
  html`<span>
    <${Chip} tone=${TONES[state]} text=${say(`short_${state}`)} />
    ${state === 'reserved' && lapses_at && html`<br /><span class="quiet small">${say('until', { when: moment(lapses_at, zone()) })}</span>`}
    ${granted_by && html`<br /><span class="quiet small">${say('by')} <${By} id=${granted_by} />${enrolled_at && html`, ${fromNow(enrolled_at)}`}</span>`}
    ${state === 'enrolled' && allocation_ends_at && html`<br /><span class="quiet small">${say('units_end', { when: moment(allocation_ends_at, zone()) })}</span>`}
  </span>`;

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
  return html`<span>${said.map(({ key, label, shown }, at) => html`<span key=${key}>${at > 0 && html`<br />`}<span class="quiet small">${label}:</span> ${shown}</span>`)}</span>`;
}

/** @param {{ row: Enrollment, takeOut: (row: Enrollment) => void }} props */
const TakeOut = ({ row, takeOut }) =>
  !row.member.erased &&
  row.state !== 'removed' &&
  html`<button type="button" class="icon-button" aria-label=${say('take_out_of', { name: row.member.name })} title=${say('take_out')} onClick=${() => takeOut(row)}><${Icon} name="refuse" /></button>`;
