/** How a bulk job is named and how far it is, wherever it is shown. */

import { html } from '../../../lib/html.js';
import { number } from '../../../lib/speaker.js';
import { Bar } from '../../../parts/admin/bar.js';
import { Chip } from '../../../parts/admin/chip.js';
import { unitName } from '../members/units.js';
import { say } from './say.js';

/** @typedef {import('../../../calls/jobs.js').Job} Job */
/** @typedef {import('../../../calls/jobs.js').JobOutcome} JobOutcome */

/** @type {Record<import('../../../calls/jobs.js').JobState, import('../../../parts/admin/chip.js').Tone>} */
const TONES = { queued: 'accent', running: 'accent', done: 'good', failed: 'bad', cancelled: 'off' };

/** @param {Job} job */
export const stateWords = ({ state, cancelling }) => (cancelling ? say('state_cancelling') : say(`state_${state}`));

/** @param {{ job: Job }} props */
export const StateChip = ({ job }) => html`<${Chip} tone=${TONES[job.state]} text=${stateWords(job)} />`;

/** @param {import('../../../calls/links.js').EnrollmentState} state */
const grantable = (state) => (state === 'waiting' || state === 'reserved' || state === 'lapsed' ? state : 'pending');

/** @param {Job} job */
export const title = (job) => (job.import ? say(job.import.dry_run ? 'dry_run' : `import_${job.import.access}`) : job.filter?.state ? say(`grants_state_${grantable(job.filter.state)}`) : say(`grants_${job.filter?.access ?? 'pending'}`));

/**
 * Whom a bulk job is about, beyond its kind.
 * @param {Job} job
 * @param {import('../members/units.js').Names | undefined} names
 */
export function about({ filter }, names) {
  const link = filter?.link && say('on_link', { name: names?.links.find(({ id }) => id === filter.link)?.name ?? '…' });
  const unit = filter?.unit && say('in_unit', { name: names ? unitName(names.units, filter.unit) : '…' });
  return [link, unit].filter(Boolean).join(', ');
}

/** @param {{ job: Job }} props */
export const Progress = ({ job: { done, total, state } }) =>
  total === null
    ? html`<span>${say('done', { n: done })}</span>`
    : html`<span class="with-bar"><span>${say('done_of', { n: done, total })}</span><${Bar} part=${done} of=${total} tone=${state === 'done' ? 'good' : 'accent'} /></span>`;

/** In the order in which they are told. */
export const OUTCOMES = /** @type {const} */ ([
  'created', 'granted', 'updated', 'already', 'already_granted', 'rejected', 'invalid', 'unknown_unit', 'duplicate_in_file', 'link_full', 'revoked',
  'not_found', 'unavailable',
]);

/** @type {readonly JobOutcome[]} */
const WELL = ['created', 'granted', 'updated'];
/** @type {readonly JobOutcome[]} */
const AS_BEFORE = ['already', 'already_granted', 'rejected'];

/**
 * @param {JobOutcome} outcome
 * @returns {import('../../../parts/admin/chip.js').Tone}
 */
export const toneOf = (outcome) => (WELL.includes(outcome) ? 'good' : AS_BEFORE.includes(outcome) ? 'off' : 'bad');

/** @param {{ job: Job }} props */
export const Sums = ({ job: { outcomes } }) =>
  html`<ul class="rows">
    ${OUTCOMES.map((one) => outcomes[one] && html`<li key=${one}><${Chip} tone=${toneOf(one)} text=${say(`outcome_${one}`)} /><strong>${number(outcomes[one])}</strong></li>`)}
  </ul>`;
