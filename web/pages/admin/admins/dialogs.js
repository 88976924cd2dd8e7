import { useState } from 'preact/hooks';
import { Problem } from '../../../api.js';
import { addAdmin, removeAdmin } from '../../../calls/admins.js';
import { html } from '../../../lib/html.js';
import { useKeys } from '../../../lib/keys.js';
import { tell } from '../../../lib/told.js';
import { Confirm } from '../../../parts/admin/confirm.js';
import { TextField } from '../../../parts/admin/fields.js';
import { FormDialog } from '../../../parts/admin/form_dialog.js';
import { admin as whoIs } from '../who.js';
import { say } from './say.js';

/** @typedef {import('../../../calls/admins.js').Admin} Admin */
/** @typedef {{ name: string, email: string }} Draft */

/** @param {{ known: readonly Admin[], onClose: () => void, then: () => Promise<void> }} props */
export function AddAdmin({ known, onClose, then }) {
  const keyOf = useKeys();
  /** @param {Draft} typed */
  async function run(typed) {
    const draft = { name: typed.name.trim(), email: typed.email.trim() };
    const added = await addAdmin(draft, keyOf(draft));
    tell(say(known.some(({ id }) => id === added.id) ? 'was_admin' : 'added', { name: added.name }));
    await then();
  }
  return html`<${FormDialog} title=${say('add')} label=${say('add')} name="admin" initial=${{ name: '', email: '' }} run=${run} onClose=${onClose}>
    ${(/** @type {import('../../../parts/admin/form_dialog.js').Filling<Draft>} */ { draft, edit, wrong }) => html`
      <p class="quiet">${say('add_text')}</p>
      <${TextField}
        field=${{ id: 'admin-email', label: say('field_email'), error: wrong('email', say('wrong_email')) }}
        type="email"
        value=${draft.email}
        max=${254}
        autocomplete="off"
        onInput=${(/** @type {string} */ email) => edit({ email })}
      />
      <${TextField}
        field=${{ id: 'admin-name', label: say('field_name'), hint: say('field_name_hint'), error: wrong('name', say('wrong_name')) }}
        value=${draft.name}
        max=${100}
        autocomplete="off"
        onInput=${(/** @type {string} */ name) => edit({ name })}
      />
    `}
  <//>`;
}

/** @param {{ admin: Admin, onClose: () => void, then: () => Promise<void> }} props */
export function RemoveAdmin({ admin: { id, name }, onClose, then }) {
  const [last, setLast] = useState(false);
  const me = id === whoIs().id;
  async function run() {
    setLast(false);
    try {
      await removeAdmin(id);
    } catch (error) {
      if (error instanceof Problem && error.code === 'last_admin') setLast(true);
      throw error;
    }
    if (me) return location.replace('/sign-in');
    tell(say('removed', { name }));
    await then();
  }
  return html`<${Confirm} title=${me ? say('remove_me_title') : say('remove_title', { name })} label=${say('remove')} danger onClose=${onClose} run=${run}>
    <p>${say(me ? 'remove_me_text' : 'remove_text')}</p>
    ${last && html`<p>${me ? say('last') : say('last_other', { name })}</p>`}
  <//>`;
}
