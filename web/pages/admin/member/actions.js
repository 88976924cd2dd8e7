import { useState } from 'preact/hooks';
import { addAdmin } from '../../../calls/admins.js';
import { exportMember } from '../../../calls/members.js';
import { html } from '../../../lib/html.js';
import { useOnce } from '../../../lib/once.js';
import { save } from '../../../lib/save.js';
import { tell } from '../../../lib/told.js';
import { Confirm } from '../../../parts/admin/confirm.js';
import { Menu } from '../../../parts/admin/menu.js';
import { tellNotLoaded } from '../../../parts/admin/trouble.js';
import { DeedDialog, WORDS } from '../members/deed.js';
import { say as sayMembers } from '../members/say.js';
import { say as sayAll } from '../say.js';
import { Correct } from './correct.js';
import { Erase } from './erase.js';
import { say } from './say.js';

/** @typedef {import('../../../calls/members.js').WholeMember} WholeMember */
/** @typedef {import('../../../calls/members.js').Deed} Deed */

/** @type {Record<import('../../../calls/members.js').Access, Deed>} what is most often wanted */
const FIRST = { unverified: 'grants', pending: 'grants', granted: 'login-mails', revoked: 'restorations' };

/**
 * What can be done about a member.
 * @param {{ member: WholeMember, then: () => Promise<void> }} props
 */
export function Actions({ member, then }) {
  const [deed, setDeed] = useState(/** @type {Deed | undefined} */ (undefined));
  const [asked, setAsked] = useState(/** @type {'admin' | 'correct' | 'erase' | undefined} */ (undefined));
  const [, once] = useOnce();
  const { access, role } = member;
  const first = FIRST[access];
  const item = (/** @type {Deed} */ one, /** @type {import('../../../parts/admin/icon.js').IconName} */ icon, /** @type {boolean} */ fits, danger = false) =>
    fits && one !== first && { label: sayMembers(WORDS[one]), icon, danger, run: () => setDeed(one) };
  const hand = () =>
    once(async () => {
      try {
        save('member.json', [JSON.stringify(await exportMember(member.id), null, 2)], 'application/json');
      } catch (error) {
        tellNotLoaded(error);
      }
    });
  return html`<button type="button" class="button slim" onClick=${() => setDeed(first)}>${sayMembers(WORDS[first])}</button>
    <${Menu}
      label=${sayAll('actions_for', { name: member.name })}
      text=${say('more')}
      look="button plain slim"
      items=${[
        item('grants', 'admit', access !== 'revoked'),
        item('login-mails', 'send', access !== 'revoked'),
        item('refusals', 'refuse', access !== 'revoked'),
        role !== 'admin' && access !== 'revoked' && { label: say('make_admin'), icon: 'admins', run: () => setAsked('admin') },
        role !== 'admin' && access !== 'revoked' && member.address_proven === false && { label: say('correct'), icon: 'person', run: () => setAsked('correct') },
        { label: say('export'), icon: 'download', run: () => void hand() },
        item('revocations', 'pause', access !== 'revoked' && role !== 'admin', true),
        role !== 'admin' && { label: say('erase'), icon: 'remove', danger: true, run: () => setAsked('erase') },
      ]}
    />
    ${deed && html`<${DeedDialog} deed=${deed} people=${[member]} onClose=${() => setDeed(undefined)} then=${then} />`}
    ${asked === 'admin' && html`<${MakeAdmin} member=${member} onClose=${() => setAsked(undefined)} then=${then} />`}
    ${asked === 'correct' && html`<${Correct} member=${member} onClose=${() => setAsked(undefined)} then=${then} />`}
    ${asked === 'erase' && html`<${Erase} member=${member} onClose=${() => setAsked(undefined)} />`}`;
}

/** @param {{ member: WholeMember, onClose: () => void, then: () => Promise<void> }} props */
function MakeAdmin({ member, onClose, then }) {
  const [key] = useState(() => crypto.randomUUID());
  async function run() {
    await addAdmin(member, key);
    tell(say('made_admin', { name: member.name }));
    await then();
  }
  return html`<${Confirm} title=${say('make_admin_title', { name: member.name })} label=${say('make_admin')} onClose=${onClose} run=${run}><p>${say('make_admin_text', { name: member.name })}</p><//>`;
}
