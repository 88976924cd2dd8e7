/** What is asked before something is done with a link. */

import { useState } from 'preact/hooks';
import { Problem } from '../../../api.js';
import { html } from '../../../lib/html.js';
import { useKeys } from '../../../lib/keys.js';
import { go } from '../../../lib/route.js';
import { Confirm } from '../../../parts/admin/confirm.js';
import { TextField } from '../../../parts/admin/fields.js';
import { duplicate, remove, renew } from './acts.js';
import { SameName } from '../../../parts/admin/same_name.js';
import { hiddenWords } from '../hidden.js';
import { say as sayForm } from './form_say.js';
import { useNameTaken } from './other_names.js';
import { say } from './say.js';

/** @typedef {import('../../../calls/links.js').Link} Link */
/** @typedef {{ link: Link, onClose: () => void, then: () => Promise<void> }} Props `then` shows the link as it is */

/** @param {Props} props */
export const Regenerate = ({ link, onClose, then }) =>
  html`<${Confirm}
    title=${say('regenerate_title', { name: link.name })}
    label=${say('regenerate')}
    danger
    onClose=${onClose}
    run=${async () => {
      await renew(link);
      await then();
    }}
  >
    <p>${say('regenerate_text')}</p>
  <//>`;

/** @param {Props} props */
export const Delete = ({ link, onClose, then }) =>
  html`<${Confirm}
    title=${say('delete_title', { name: link.name })}
    label=${say('remove')}
    danger
    onClose=${onClose}
    run=${async () => {
      await remove(link);
      await then();
    }}
  >
    <p>${say('delete_text')}</p>
  <//>`;

/** @param {{ link: Link, onClose: () => void }} props */
export function Duplicate({ link, onClose }) {
  const [name, setName] = useState(say('duplicate_name', { name: link.name }).slice(0, 100));
  const [wrong, setWrong] = useState(/** @type {string | undefined} */ (undefined));
  const keyOf = useKeys();
  const isTaken = useNameTaken(name);
  async function run() {
    setWrong(undefined);
    try {
      const copy = await duplicate(link, name.trim(), keyOf({ name: name.trim() }));
      go(`/admin/links/${copy.id}`);
    } catch (error) {
      if (error instanceof Problem && error.code === 'invalid_fields') setWrong(hiddenWords(error.fields['name']) ?? say('wrong_name'));
      throw error;
    }
  }
  const field = { id: 'duplicate-name', label: say('duplicate_field'), error: wrong };
  return html`<${Confirm} title=${say('duplicate_title', { name: link.name })} label=${say('duplicate')} onClose=${onClose} run=${run}>
    <p class="quiet">${say('duplicate_text')}</p>
    <${TextField} field=${field} value=${name} onInput=${setName} max=${100} />
    <${SameName} words=${isTaken && sayForm('warn_same_name', { name: name.trim() })} />
  <//>`;
}
