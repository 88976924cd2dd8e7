import { useState } from 'preact/hooks';
import { addAdmin } from '../../../calls/admins.js';
import { exportMember } from '../../../calls/members.js';
import { html } from '../../../lib/html.js';
import { useOnce } from '../../../lib/once.js';
import { remember, useRoute } from '../../../lib/route.js';
import { save } from '../../../lib/save.js';
import { tell } from '../../../lib/told.js';
import { Confirm } from '../../../parts/admin/confirm.js';
import { Menu } from '../../../parts/admin/menu.js';
import { tellNotLoaded } from '../../../parts/admin/trouble.js';
import { DeedDialog, WORDS } from '../members/deed.js';
import { unfit } from '../members/fits.js';
import { say as sayMembers } from '../members/say.js';
import { say as sayAll } from '../say.js';
import { Correct } from './correct.js';
import { Erase } from './erase.js';
import { say } from './say.js';
import { canSignIn, waits } from './state.js';

/** @typedef {import('../../../calls/members.js').WholeMember} WholeMember */
/** @typedef {import('../../../calls/members.js').Deed} Deed */

/** @type {Record<import('../../../calls/members.js').Access, Deed>} what is most often wanted */
const FIRST = { unverified: 'grants', rejected: 'grants', pending: 'grants', granted: 'login-mails', revoked: 'restorations' };

/** Whether the address of somebody can still be corrected. @param {WholeMember} member */
export const correctable = ({ role, access, address_proven }) => role !== 'admin' && access !== 'revoked' && address_proven === false;

/**
 * What can be done about a member.
 * @param {{ file: import('../../../calls/members.js').MemberFile, then: () => Promise<void> }} props
 */
export function Actions({ file: { member, enrollments }, then }) {
  const asksToCorrect = useRoute().query.has('correct');
  const [deed, setDeed] = useState(/** @type {Deed | undefined} */ (undefined));
  const [asked, setAsked] = useState(/** @type {'admin' | 'correct' | 'erase' | undefined} */ (asksToCorrect && correctable(member) ? 'correct' : undefined));
  const [, once] = useOnce();
  const { access, role } = member;
  const first = FIRST[access];
  const item = (/** @type {Deed} */ one, /** @type {import('../../../parts/admin/icon.js').IconName} */ icon, /** @type {boolean} */ fits, hint = '') =>
    fits && one !== first && { label: sayMembers(WORDS[one]), icon, hint, danger: one === 'revocations', run: () => setDeed(one) };
  const corrected = () => {
    setAsked(undefined);
    if (asksToCorrect) remember({});
  };
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
        item('grants', 'admit', access !== 'revoked' && waits(enrollments)),
        item('login-mails', 'send', canSignIn({ member, enrollments })),
        item('refusals', 'refuse', waits(enrollments), say('hint_refuse')),
        role !== 'admin' && access !== 'revoked' && { label: say('make_admin'), icon: 'admins', run: () => setAsked('admin') },
        correctable(member) && { label: say('correct'), icon: 'person', run: () => setAsked('correct') },
        { label: say('export'), icon: 'download', run: () => void hand() },
        item('revocations', 'pause', unfit('revocations', member) === undefined, say('hint_revoke')),
        role !== 'admin' && { label: say('erase'), hint: say('hint_erase'), icon: 'remove', danger: true, run: () => setAsked('erase') },
      ]}
    />
    ${deed && html`<${DeedDialog} deed=${deed} people=${[member]} onClose=${() => setDeed(undefined)} then=${then} />`}
    ${asked === 'admin' && html`<${MakeAdmin} member=${member} onClose=${() => setAsked(undefined)} then=${then} />`}
    ${asked === 'correct' && html`<${Correct} member=${member} onClose=${corrected} then=${then} />`}
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
