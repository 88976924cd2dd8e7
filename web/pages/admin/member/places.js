import { useState } from 'preact/hooks';
import { html } from '../../../lib/html.js';
import { Icon } from '../../../parts/admin/icon.js';
import { KINDS, KIND_WORDS } from '../members/units.js';
import { say as sayAll } from '../say.js';
import { Edit } from './edit.js';
import { say } from './say.js';

/** @typedef {import('../../../calls/members.js').MemberFile} MemberFile */

/**
 * The units that somebody is in, and through what.
 * @param {{ file: MemberFile, then: () => Promise<void> }} props
 */
export function Places({ file, then }) {
  const [editing, setEditing] = useState(false);
  const { access, allocation } = file.member;
  const units = KINDS.flatMap((kind) => allocation[kind].map((unit) => ({ ...unit, kind })));
  return html`<section class="box" aria-labelledby="places">
    <div class="box-head">
      <h2 id="places">${say('places')}</h2>
      <button type="button" class="button plain slim" onClick=${() => setEditing(true)}><${Icon} name="edit" />${say('edit')}</button>
    </div>
    ${units.length === 0 && html`<p class="quiet">${say('places_none')}</p>`}
    ${units.length > 0 && access !== 'granted' && html`<p class="quiet">${say('places_later')}</p>`}
    <ul class="rows">
      ${units.map(
        ({ id, name, kind }) => html`<li key=${id}>
          <span>${name ?? html`<span class="quiet">${sayAll('unit_gone')}</span>`} <span class="quiet small">${sayAll(KIND_WORDS[kind])}</span></span>
          <span class="quiet small">${through(file, kind, id).join(', ')}</span>
        </li>`,
      )}
    </ul>
    ${editing && html`<${Edit} member=${file.member} onClose=${() => setEditing(false)} then=${then} />`}
  </section>`;
}

/**
 * By what somebody is in a unit: by hand, or by links.
 * @param {MemberFile} file
 * @param {import('../members/units.js').Kind} kind
 * @param {string} id
 */
function through({ member, enrollments }, kind, id) {
  const links = enrollments
    .filter(({ state, allocation, allocation_ended_at }) => state === 'enrolled' && allocation_ended_at === null && allocation[kind].some((unit) => unit.id === id))
    .map(({ link }) => say('by_link', { name: link.name ?? '…' }));
  return [...(member.assigned[kind].includes(id) ? [say('by_hand')] : []), ...links];
}
