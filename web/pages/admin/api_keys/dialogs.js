import { createApiKey, revokeApiKey } from '../../../calls/api_keys.js';
import { html } from '../../../lib/html.js';
import { useKeys } from '../../../lib/keys.js';
import { tell } from '../../../lib/told.js';
import { dateIn } from '../../../lib/when.js';
import { Confirm } from '../../../parts/admin/confirm.js';
import { RadioField, TextField } from '../../../parts/admin/fields.js';
import { FormDialog } from '../../../parts/admin/form_dialog.js';
import { Secret } from '../../../parts/admin/secret.js';
import { zone } from '../who.js';
import { say } from './say.js';

/** @typedef {import('../../../calls/api_keys.js').ApiKey} ApiKey */
/** @typedef {import('../../../calls/api_keys.js').MadeApiKey} MadeApiKey */
/** @typedef {{ name: string, scope: import('../../../calls/api_keys.js').Scope, expires: string }} Draft */

/** @type {Draft} */
const INITIAL = { name: '', scope: 'read', expires: '' };

/** @param {{ onClose: () => void, onMade: (made: MadeApiKey) => void, then: () => Promise<void> }} props */
export function NewKey({ onClose, onMade, then }) {
  const keyOf = useKeys();
  /** @param {Draft} draft */
  async function run({ name, scope, expires }) {
    const wanted = { name: name.trim(), scope, ...(expires && { expires }) };
    onMade(await createApiKey(wanted, keyOf(wanted)));
    void then();
  }
  return html`<${FormDialog} title=${say('create')} label=${say('create')} name="api-key" initial=${INITIAL} run=${run} onClose=${onClose}>
    ${(/** @type {import('../../../parts/admin/form_dialog.js').Filling<Draft>} */ { draft, edit, wrong }) => html`
      <${TextField}
        field=${{ id: 'key-name', label: say('field_name'), hint: say('field_name_hint'), error: wrong('name', say('wrong_name')) }}
        value=${draft.name}
        max=${100}
        autocomplete="off"
        onInput=${(/** @type {string} */ name) => edit({ name })}
      />
      <${RadioField}
        field=${{ id: 'key-scope', label: say('field_scope'), error: wrong('scope', say('wrong_scope')) }}
        value=${draft.scope}
        onInput=${(/** @type {Draft['scope']} */ scope) => edit({ scope })}
        options=${/** @type {const} */ (['read', 'manage']).map((value) => ({ value, label: say(`scope_${value}`), hint: say(`scope_${value}_hint`) }))}
      />
      <${TextField}
        field=${{ id: 'key-expires', label: say('field_expires'), hint: say('field_expires_hint', { zone: zone() }), error: wrong('expires', say('wrong_expires')), optional: true }}
        type="date"
        min=${dateIn(zone())}
        value=${draft.expires}
        onInput=${(/** @type {string} */ expires) => edit({ expires })}
      />
    `}
  <//>`;
}

/** @param {{ name: string, text: string, onClose: () => void }} props */
export const Made = ({ name, text, onClose }) =>
  html`<${Secret} title=${say('made_title', { name })} warning=${say('made_text')} label=${say('made_label')} text=${text} kept=${say('made_kept')} onClose=${onClose} />`;

/**
 * Revokes a key, after it was asked about.
 * @param {{ apiKey: ApiKey, onClose: () => void, then: () => Promise<void>, title: string, children: unknown }} props
 */
const Revoking = ({ apiKey: { id, name }, onClose, then, title, children }) =>
  html`<${Confirm}
    title=${title}
    label=${say('revoke')}
    danger
    onClose=${onClose}
    run=${async () => {
      await revokeApiKey(id);
      tell(say('revoked', { name }));
      await then();
    }}
  >
    ${children}
  <//>`;

/** @param {{ apiKey: ApiKey, onClose: () => void, then: () => Promise<void> }} props */
export const Revoke = ({ apiKey, ...rest }) => html`<${Revoking} apiKey=${apiKey} ...${rest} title=${say('revoke_title', { name: apiKey.name })}><p>${say('revoke_text')}</p><//>`;

/**
 * A key whose text was told once, in an answer that never came.
 * @param {{ made: MadeApiKey, onClose: () => void, then: () => Promise<void> }} props
 */
export const Lost = ({ made, ...rest }) => html`<${Revoking} apiKey=${made} ...${rest} title=${say('lost_title', { name: made.name })}><p>${say('lost_text')}</p><//>`;
