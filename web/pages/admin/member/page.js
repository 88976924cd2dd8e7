import { getMember } from '../../../calls/members.js';
import { html } from '../../../lib/html.js';
import { useLoaded } from '../../../lib/loaded.js';
import { useRoute } from '../../../lib/route.js';
import { moment } from '../../../lib/when.js';
import { By } from '../../../parts/admin/by.js';
import { Chip } from '../../../parts/admin/chip.js';
import { Head } from '../../../parts/admin/head.js';
import { Shown } from '../../../parts/admin/loaded.js';
import { Notice } from '../../../parts/notice.js';
import { say as sayMembers } from '../members/say.js';
import { AccessChip } from '../members/shown.js';
import { say as sayAll } from '../say.js';
import { zone } from '../who.js';
import { Actions, correctable } from './actions.js';
import { Duplicates } from './duplicates.js';
import { Enrollments, TONES } from './enrollments.js';
import { History } from './history.js';
import { Mails } from './mails.js';
import { Places } from './places.js';
import { say } from './say.js';
import { stateOf } from './state.js';

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
      ${file && html`<${Actions} file=${file} then=${loaded.again} />`}
    <//>
    <${Shown} of=${loaded} as=${(/** @type {MemberFile} */ file) => html`<${Whole} file=${file} then=${loaded.again} />`} />
  `;
}

/** @param {{ file: MemberFile, then: () => Promise<void> }} props */
const Whole = ({ file, then }) =>
  html`${useRoute().query.has('correct') && !correctable(file.member) && html`<${Notice} text=${say('not_correctable')} />`}
  <div class="columns">
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
const Facts = ({ file }) => {
  const { member, sessions } = file;
  return html`<section class="box" aria-label=${say('facts')}>
    <dl class="facts">
      <dt>${sayMembers('column_access')}</dt>
      <dd>
        <${State} file=${file} />
        ${member.access === 'granted' && member.granted_at &&
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
};

/** What has become of somebody, and what comes next. @param {{ file: MemberFile }} props */
function State({ file }) {
  const { access } = file.member;
  const state = stateOf(file);
  // Only a file brings people who wait without a registration.
  const next = state ?? (access === 'pending' ? 'imported' : access);
  return html`${state ? html`<${Chip} tone=${TONES[state]} text=${say(`state_${state}`)} />` : html`<${AccessChip} access=${access} />`}
    ${next !== 'granted' && html`<br /><span class="quiet small">${say(`next_${next}`)}</span>`}`;
}
