import { correctAddress } from '../../../calls/members.js';
import { html } from '../../../lib/html.js';
import { go } from '../../../lib/route.js';
import { tell } from '../../../lib/told.js';
import { TextField } from '../../../parts/admin/fields.js';
import { FormDialog } from '../../../parts/admin/form_dialog.js';
import { say } from './say.js';

/**
 * Corrects the address of somebody who has never signed in. They have another id from then on, and so another page.
 * @param {{ member: import('../../../calls/members.js').WholeMember, onClose: () => void, then: () => Promise<void> }} props
 */
export function Correct({ member, onClose, then }) {
  async function run(/** @type {{ email: string }} */ draft) {
    const corrected = await correctAddress(member.id, draft.email.trim());
    tell(say('corrected', { name: corrected.name, email: corrected.email }));
    if (corrected.id === member.id) await then();
    else go(`/admin/members/${corrected.id}`);
  }
  return html`<${FormDialog}
    title=${say('correct_title', { name: member.name })}
    label=${say('correct')}
    name=${`address-${member.id}`}
    initial=${{ email: member.email }}
    onClose=${onClose}
    run=${run}
  >
    ${(/** @type {import('../../../parts/admin/form_dialog.js').Filling<{ email: string }>} */ { draft, edit, wrong }) => html`
      <p>${say('correct_text')}</p>
      <${TextField}
        field=${{ id: 'member-address', label: say('correct_email'), error: wrong('email', say('wrong_email')) }}
        type="email"
        autocomplete="off"
        value=${draft.email}
        max="254"
        onInput=${(/** @type {string} */ email) => edit({ email })}
      />
    `}
  <//>`;
}
