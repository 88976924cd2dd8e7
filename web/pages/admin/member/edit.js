import { useState } from 'preact/hooks';
import { Problem } from '../../../api.js';
import { updateMember } from '../../../calls/members.js';
import { useDraft } from '../../../lib/draft.js';
import { focusSoon } from '../../../lib/focus.js';
import { html } from '../../../lib/html.js';
import { useLoaded } from '../../../lib/loaded.js';
import { tell } from '../../../lib/told.js';
import { Confirm } from '../../../parts/admin/confirm.js';
import { TextField } from '../../../parts/admin/fields.js';
import { unitNames } from '../members/names.js';
import { KINDS } from '../members/units.js';
import { say as sayAll } from '../say.js';
import { say } from './say.js';
import { UnitsField } from './units_field.js';

/** @typedef {import('../../../calls/members.js').WholeMember} WholeMember */

/**
 * Somebody's name and units, edited by hand.
 * @param {{ member: WholeMember, onClose: () => void, then: () => Promise<void> }} props
 */
export function Edit({ member, onClose, then }) {
  const before = { name: member.name, groups: member.groups, sites: member.sites, regions: member.regions };
  const { draft, edit, edited, forget } = useDraft(`member-${member.id}`, before);
  const [kept, setKept] = useState(edited);
  const [wrong, setWrong] = useState(/** @type {Record<string, string>} */ ({}));
  const units = useLoaded(unitNames, []);
  async function run() {
    setWrong({});
    const name = draft.name.trim();
    const moved = KINDS.some((kind) => [...draft[kind]].sort().join() !== [...member[kind]].sort().join());
    const { groups, sites, regions } = draft;
    // What was not touched is not sent: somebody else may have changed it meanwhile.
    const change = { ...(name !== member.name && { name }), ...(moved && { allocation: { groups, sites, regions } }) };
    try {
      if (Object.keys(change).length > 0) await updateMember(member.id, change);
    } catch (error) {
      if (error instanceof Problem && error.code === 'invalid_fields') {
        setWrong(error.fields);
        focusSoon(error.fields['name'] ? 'member-name' : 'member-units');
      }
      throw error;
    }
    forget();
    tell(sayAll('saved'));
    await then();
  }
  const anew = () => {
    edit(before);
    setKept(false);
    focusSoon('member-name');
  };
  const name = { id: 'member-name', label: say('name'), error: wrong['name'] && say('wrong_name') };
  const wrongUnits = Object.keys(wrong).some((field) => field !== 'name');
  return html`<${Confirm} title=${say('edit_title', { name: member.name })} label=${sayAll('save')} onClose=${onClose} run=${run}>
    ${kept && html`<p class="quiet">${sayAll('draft_kept')} <button type="button" class="link" onClick=${anew}>${sayAll('draft_drop')}</button></p>`}
    <${TextField} field=${name} value=${draft.name} max="100" onInput=${(/** @type {string} */ name) => edit({ name })} />
    <${UnitsField} units=${units} chosen=${draft} onChange=${edit} error=${wrongUnits ? say('wrong_units') : undefined} />
    <p class="quiet small">${say('edit_text')}</p>
  <//>`;
}
