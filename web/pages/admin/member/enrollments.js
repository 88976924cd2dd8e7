import { useState } from 'preact/hooks';
import { Problem } from '../../../api.js';
import { getLink, removeEnrollment } from '../../../calls/links.js';
import { html } from '../../../lib/html.js';
import { useLoaded } from '../../../lib/loaded.js';
import { number } from '../../../lib/speaker.js';
import { tell } from '../../../lib/told.js';
import { calendarDay, moment } from '../../../lib/when.js';
import { By } from '../../../parts/admin/by.js';
import { Chip } from '../../../parts/admin/chip.js';
import { Confirm } from '../../../parts/admin/confirm.js';
import { zone } from '../who.js';
import { say } from './say.js';

/** @typedef {import('../../../calls/members.js').MemberFile} MemberFile */
/** @typedef {import('../../../calls/members.js').Enrollment} Enrollment */

/** @type {Record<import('../../../calls/links.js').EnrollmentState, import('../../../parts/admin/chip.js').Tone>} */
export const TONES = { reserved: 'accent', pending: 'wait', enrolled: 'good', lapsed: 'off', removed: 'off', waiting: 'wait' };

/**
 * The links that somebody came by.
 * @param {{ file: MemberFile, then: () => Promise<void> }} props
 */
export function Enrollments({ file: { member, enrollments }, then }) {
  const [out, setOut] = useState(/** @type {Enrollment | undefined} */ (undefined));
  const labels = useLoaded(() => labelsOf(enrollments), [enrollments.map(({ link }) => link.id).join()]).data;
  async function takeOut(/** @type {Enrollment} */ { link }) {
    await removeEnrollment(link.id, member.id);
    tell(say('taken_out', { name: member.name, link: link.name ?? '…' }));
    await then();
  }
  return html`<section class="box" aria-labelledby="enrollments">
    <h2 id="enrollments">${say('enrollments')}</h2>
    ${enrollments.length === 0 && html`<p class="quiet">${say('enrollments_none')}</p>`}
    <ul class="rows">
      ${enrollments.map((one) => html`<${One} key=${one.link.id} enrollment=${one} labels=${labels?.get(one.link.id)} onOut=${() => setOut(one)} />`)}
    </ul>
    ${out &&
    html`<${Confirm} title=${say('out_title', { name: member.name, link: out.link.name ?? '…' })} label=${say('take_out')} danger onClose=${() => setOut(undefined)} run=${() => takeOut(out)}>
      <p>${say('out_text')}</p>
    <//>`}
  </section>`;
}

/** @typedef {ReadonlyMap<string, { label: string, kind: string }>} Questions by the keys under which they were answered */

/**
 * What the links ask now.
 * @param {Enrollment[]} enrollments
 * @returns {Promise<Map<string, Questions>>} for each link
 */
async function labelsOf(enrollments) {
  const asked = enrollments.filter(({ answers }) => Object.keys(answers).length > 0);
  const links = asked.map(async ({ link: { id } }) => {
    try {
      const { fields } = await getLink(id);
      return /** @type {const} */ ([id, new Map(fields.map(({ key, label, kind }) => [key, { label, kind }]))]);
    } catch (error) {
      // Without its labels an answer is shown under its key.
      if (!(error instanceof Problem)) throw error;
      return /** @type {const} */ ([id, new Map()]);
    }
  });
  return new Map(await Promise.all(links));
}

/**
 * @param {string | number} answer
 * @param {string | undefined} kind
 */
const shownAnswer = (answer, kind) => (typeof answer === 'number' ? number(answer) : kind === 'date' ? calendarDay(answer) : answer);

/** @param {{ enrollment: Enrollment, labels: Questions | undefined, onOut: () => void }} props */
function One({ enrollment, labels, onOut }) {
  const { link, state, registered_at, enrolled_at, lapses_at, granted_by, allocation_ends_at, allocation_ended_at, answers } = enrollment;
  const at = (/** @type {string} */ instant) => moment(instant, zone());
  return html`<li>
    <div class="stack-tight">
      <span>
        ${link.name === null ? html`<span class="quiet">${say('link_gone')}</span>` : html`<a class="table-name" href=${`/admin/links/${link.id}`}>${link.name}</a>`}
        ${' '}<${Chip} tone=${TONES[state]} text=${say(`state_${state}`)} />
      </span>
      <dl class="facts small">
        <dt>${say('registered')}</dt><dd>${at(registered_at)}</dd>
        ${enrolled_at && html`<dt>${say('landed')}</dt><dd>${at(enrolled_at)}${granted_by && html`, <${By} id=${granted_by} />`}</dd>`}
        ${lapses_at && state === 'reserved' && html`<dt>${say('lapses')}</dt><dd>${at(lapses_at)}</dd>`}
        ${allocation_ended_at
          ? html`<dt>${say('units_ended')}</dt><dd>${at(allocation_ended_at)}</dd>`
          : allocation_ends_at && html`<dt>${say('units_end')}</dt><dd>${at(allocation_ends_at)}</dd>`}
        ${Object.entries(answers).map(([key, answer]) => html`<dt key=${key} class="address">${labels ? (labels.get(key)?.label ?? key) : '…'}</dt><dd class="address">${shownAnswer(answer, labels?.get(key)?.kind)}</dd>`)}
      </dl>
    </div>
    ${state !== 'removed' && html`<button type="button" class="link small" aria-label=${say('take_out_of', { name: link.name ?? '…' })} onClick=${onOut}>${say('take_out')}</button>`}
  </li>`;
}
