import { useState } from 'preact/hooks';
import { Problem } from '../../api.js';
import { leaveLink } from '../../calls/worker.js';
import { focusSoon } from '../../lib/focus.js';
import { html } from '../../lib/html.js';
import { say, spoken } from '../../lib/language.js';
import { useOnce } from '../../lib/once.js';
import { announce } from '../../lib/page.js';
import { dayOf } from '../../lib/when.js';
import { Button } from '../../parts/button.js';
import { ProblemNotice } from '../../parts/notice.js';

/** @typedef {import('../../calls/worker.js').Training} Training */
/** @typedef {import('../../calls/worker.js').MyEnrollment} MyEnrollment */

/**
 * What somebody registered for, and a way out of it.
 * @param {{ training: Training, again: () => Promise<void> }} props `again` shows the page as it is then
 */
export function Registrations({ training, again }) {
  const { enrollments, organization } = training;
  if (enrollments.length === 0) return null;

  /** @param {MyEnrollment} enrollment */
  async function left(enrollment) {
    await again();
    announce(say('registrations_left', { what: nameOf(enrollment, organization.time_zone) }));
    focusSoon(enrollments.length > 1 ? 'registrations' : 'hello');
  }

  return html`<section class="stack" aria-labelledby="registrations">
    <h2 id="registrations" tabindex="-1">${say('registrations')}</h2>
    <ul class="modules">
      ${enrollments.map(
        (one) => html`<${Row} key=${one.link} enrollment=${one} zone=${organization.time_zone} left=${() => left(one)} />`,
      )}
    </ul>
  </section>`;
}

/**
 * By what its member knows an enrollment: the units that it gives, or else its day.
 * @param {MyEnrollment} enrollment
 * @param {string} zone
 */
const nameOf = ({ units, registered_at }, zone) =>
  units.length > 0 ? new Intl.ListFormat(spoken()).format(units) : say('registrations_of', { day: dayOf(registered_at, zone) });

/** @param {{ enrollment: MyEnrollment, zone: string, left: () => Promise<void> }} props */
function Row({ enrollment, zone, left }) {
  const [asked, setAsked] = useState(false);
  const [problem, setProblem] = useState(/** @type {unknown} */ (undefined));
  const [busy, once] = useOnce();
  const { link, state, units } = enrollment;
  const name = nameOf(enrollment, zone);
  const day = units.length > 0 ? ` · ${dayOf(enrollment.registered_at, zone)}` : '';

  /** @param {boolean} opens */
  function ask(opens) {
    setProblem(undefined);
    setAsked(opens);
    focusSoon(opens ? `ask-${link}` : `leave-${link}`);
  }

  async function leave() {
    setProblem(undefined);
    try {
      await leaveLink(link);
      await left();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      setProblem(error);
    }
  }

  const lost = state !== 'enrolled' ? 'registrations_lose_place' : units.length > 0 ? 'registrations_lose_training' : 'registrations_lose_seat';
  return html`<li class="module">
    <div>
      <h3>${name}</h3>
      <p class="quiet small">${say(`registrations_${state}`)}${day}</p>
    </div>
    ${!asked &&
    html`<button type="button" id=${`leave-${link}`} class="button plain slim" onClick=${() => ask(true)} aria-label=${say('registrations_leave_label', { what: name })}>
      ${say('registrations_leave')}
    </button>`}
    ${asked &&
    html`<div class="stack whole" role="group" aria-labelledby=${`ask-${link}`}>
      <p id=${`ask-${link}`} tabindex="-1">${say(lost, { units: name })}</p>
      <${ProblemNotice} problem=${problem} />
      <div class="actions">
        <${Button} label=${say('registrations_confirm')} busy=${busy} onClick=${() => once(leave)} look="slim" />
        <button type="button" class="button plain slim" onClick=${() => !busy && ask(false)}>${say('registrations_stay')}</button>
      </div>
    </div>`}
  </li>`;
}
