import { updateMember } from '../../../calls/members.js';
import { html } from '../../../lib/html.js';
import { useLoaded } from '../../../lib/loaded.js';
import { tell } from '../../../lib/told.js';
import { Checklist } from '../../../parts/admin/checklist.js';
import { TextField } from '../../../parts/admin/fields.js';
import { FormDialog } from '../../../parts/admin/form_dialog.js';
import { Shown } from '../../../parts/admin/loaded.js';
import { unitNames } from '../members/names.js';
import { KINDS, KIND_WORDS, unitName } from '../members/units.js';
import { say as sayAll } from '../say.js';
import { say } from './say.js';

/** @typedef {import('../../../calls/members.js').WholeMember} WholeMember */
/** @typedef {import('../../../calls/members.js').UnitIds} UnitIds */
/** @typedef {ReadonlyMap<string, import('../members/units.js').NamedUnit>} Units */
/** @typedef {UnitIds & { name: string }} Draft */

/**
 * Somebody's name and units, edited by hand.
 * @param {{ member: WholeMember, onClose: () => void, then: () => Promise<void> }} props
 */
export function Edit({ member, onClose, then }) {
  const units = useLoaded(unitNames, []);
  const { groups, sites, regions } = member;
  async function run(/** @type {Draft} */ draft) {
    const name = draft.name.trim();
    const moved = KINDS.some((kind) => [...draft[kind]].sort().join() !== [...member[kind]].sort().join());
    // What was not touched is not sent: somebody else may have changed it meanwhile.
    const change = { ...(name !== member.name && { name }), ...(moved && { allocation: { groups: draft.groups, sites: draft.sites, regions: draft.regions } }) };
    if (Object.keys(change).length > 0) await updateMember(member.id, change);
    tell(sayAll('saved'));
    await then();
  }
  return html`<${FormDialog}
    title=${say('edit_title', { name: member.name })}
    label=${sayAll('save')}
    name=${`member-${member.id}`}
    initial=${{ name: member.name, groups, sites, regions }}
    onClose=${onClose}
    run=${run}
  >
    ${(/** @type {import('../../../parts/admin/form_dialog.js').Filling<Draft>} */ { draft, edit, wrong }) => html`
      <${TextField}
        field=${{ id: 'member-name', label: say('name'), error: wrong('name', say('wrong_name')) }}
        value=${draft.name}
        max="100"
        onInput=${(/** @type {string} */ name) => edit({ name })}
      />
      <${Shown}
        of=${units}
        as=${(/** @type {Units} */ units) => html`<${Checklist}
          id="member-units"
          legend=${say('units')}
          hint=${say('edit_text')}
          none=${say('units_none')}
          error=${['allocation', ...KINDS].map((field) => wrong(field, say('wrong_units'))).find(Boolean)}
          options=${optionsOf(units, draft)}
          chosen=${KINDS.flatMap((kind) => draft[kind])}
          onChange=${(/** @type {string[]} */ chosen) => edit(byKind(units, draft, chosen))}
        />`}
      />
    `}
  <//>`;
}

/**
 * The units of the catalog, and those of somebody's that left it: they stay until they are taken away.
 * @param {Units} units
 * @param {UnitIds} draft
 */
function optionsOf(units, draft) {
  const gone = KINDS.flatMap((kind) => draft[kind].filter((id) => !units.has(id)).map((id) => ({ id, kind, name: unitName(units, id) })));
  return [...units.values(), ...gone].map(({ id, kind, name }) => ({ id, label: name, hint: sayAll(KIND_WORDS[kind]) }));
}

/**
 * @param {Units} units
 * @param {UnitIds} draft
 * @param {string[]} chosen
 * @returns {UnitIds}
 */
function byKind(units, draft, chosen) {
  const of = (/** @type {import('../members/units.js').Kind} */ kind) => chosen.filter((id) => (units.get(id)?.kind ?? kind) === kind && (units.has(id) || draft[kind].includes(id)));
  return { groups: of('groups'), sites: of('sites'), regions: of('regions') };
}
