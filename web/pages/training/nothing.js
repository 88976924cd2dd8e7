import { html } from '../../lib/html.js';
import { say } from '../../lib/language.js';
import { Icon } from '../../parts/icon.js';

/**
 * Why there is no training.
 * @param {{ training: import('../../calls/worker.js').Training }} props
 */
export function Nothing({ training: { member, organization } }) {
  const why = member.access === 'granted' ? 'training_none' : 'training_pending';
  return html`<section class="card">
    <div class="badge wait"><${Icon} name=${member.access === 'granted' ? 'training' : 'wait'} /></div>
    <div class="stack">
      <h2>${say(why)}</h2>
      <p>${say(`${why}_text`, { organization: organization.name, email: member.email })}</p>
    </div>
  </section>`;
}
