import { getMember } from '../../../calls/members.js';
import { html } from '../../../lib/html.js';
import { useLoaded } from '../../../lib/loaded.js';
import { moment } from '../../../lib/when.js';
import { By } from '../../../parts/admin/by.js';
import { Chip } from '../../../parts/admin/chip.js';
import { Head } from '../../../parts/admin/head.js';
import { Shown } from '../../../parts/admin/loaded.js';
import { say as sayMembers } from '../members/say.js';
import { AccessChip } from '../members/shown.js';
import { say as sayAll } from '../say.js';
import { zone } from '../who.js';
import { Actions } from './actions.js';
import { Duplicates } from './duplicates.js';
import { Enrollments } from './enrollments.js';
import { History } from './history.js';
import { Mails } from './mails.js';
import { Places } from './places.js';
import { say } from './say.js';

/** @typedef {import('../../../calls/members.js').MemberFile} MemberFile */

/**
 * One member: who they are, where they are, how they came, and what was done about them.
 * @param {{ id: string }} props
 */
export function MemberPage({ id }) {
  const loaded = useLoaded(() => getMember(id), [id]);
  const file = loaded.data;
  return html`
    <${Head} title=${file?.member.name ?? say('one')} back=${{ to: '/admin/members', page: sayAll('members') }} lead=${file && html`<span class="address">${file.member.email}</span>`}>
      ${file && html`<${Actions} member=${file.member} then=${loaded.again} />`}
    <//>
    <${Shown} of=${loaded} as=${(/** @type {MemberFile} */ file) => html`<${Whole} file=${file} then=${loaded.again} />`} />
  `;
}

/** @param {{ file: MemberFile, then: () => Promise<void> }} props */
const Whole = ({ file, then }) =>
  html`<div class="columns">
    <div>
      <${Facts} file=${file} />
      <${Places} file=${file} then=${then} />
      <${Enrollments} file=${file} then=${then} />
    </div>
    <div>
      <${Mails} file=${file} then=${then} />
      <${History} file=${file} />
    </div>
  </div>`;

/** @param {{ file: MemberFile }} props */
const Facts = ({ file: { member, sessions } }) =>
  html`<section class="box" aria-label=${say('facts')}>
    <dl class="facts">
      <dt>${sayMembers('column_access')}</dt>
      <dd>
        <${AccessChip} access=${member.access} />
        ${member.granted_at &&
        html` <span class="quiet small">${say('since', { when: moment(member.granted_at, zone()) })}${member.granted_by && html`, <${By} id=${member.granted_by} />`}</span>`}
      </dd>
      ${member.role === 'admin' && html`<dt>${say('role')}</dt><dd><${Chip} tone="accent" text=${sayMembers('role_admin')} /> <a href="/admin/admins">${say('to_admins')}</a></dd>`}
      <dt>${say('came')}</dt>
      <dd>${moment(member.created_at, zone())}</dd>
      <dt>${say('sessions')}</dt>
      <dd>${sessions === 0 ? say('sessions_none') : say('sessions_n', { n: sessions })}</dd>
      <${Duplicates} ids=${member.possible_duplicates ?? []} />
    </dl>
  </section>`;
