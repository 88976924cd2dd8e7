import { html } from '../../lib/html.js';
import { Panel } from '../../parts/panel.js';
import { say } from './say.js';

/**
 * What a member sees who is no admin.
 * @param {{ training: import('../../calls/worker.js').Training }} props
 */
export const NoAdmin = ({ training: { member, organization } }) =>
  html`<main class="page">
    <${Panel} icon="linkOff" tone="wait" heading=${say('not_admin')}>
      <p>${say('not_admin_text', { name: member.name, organization: organization.name })}</p>
      <p><a class="button wide" href="/training">${say('my_training')}</a></p>
    <//>
  </main>`;
