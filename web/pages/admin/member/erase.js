import { useState } from 'preact/hooks';
import { Problem } from '../../../api.js';
import { eraseMember } from '../../../calls/members.js';
import { focusSoon } from '../../../lib/focus.js';
import { html } from '../../../lib/html.js';
import { go } from '../../../lib/route.js';
import { tell } from '../../../lib/told.js';
import { Confirm } from '../../../parts/admin/confirm.js';
import { TextField } from '../../../parts/admin/fields.js';
import { say } from './say.js';

/**
 * Erases somebody, once their address is typed.
 * @param {{ member: import('../../../calls/members.js').WholeMember, onClose: () => void }} props
 */
export function Erase({ member, onClose }) {
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState(false);
  const [tried, setTried] = useState(false);
  const is = typed.trim().toLowerCase() === member.email.toLowerCase();
  async function run() {
    setTried(true);
    try {
      await eraseMember(member.id);
    } catch (error) {
      // An answer that was lost: they were erased by the call before.
      if (!(tried && error instanceof Problem && error.code === 'not_found')) throw error;
    }
    tell(say('erased', { name: member.name }));
    go('/admin/members');
  }
  const field = { id: 'erase-address', label: say('erase_field', { email: member.email }), error: wrong && !is ? say('wrong_address') : undefined };
  return html`<${Confirm}
    title=${say('erase_title', { name: member.name })}
    label=${say('erase')}
    danger
    ready=${() => {
      setWrong(!is);
      if (!is) focusSoon('erase-address');
      return is;
    }}
    onClose=${onClose}
    run=${run}
  >
    <p>${say('erase_goes')}</p>
    <p>${say('erase_stays')}</p>
    <p>${say('erase_final')}</p>
    <${TextField} field=${field} type="email" autocomplete="off" value=${typed} onInput=${setTyped} />
  <//>`;
}
