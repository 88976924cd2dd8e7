import { exportMember } from '../../../calls/members.js';
import { html } from '../../../lib/html.js';
import { useLoaded } from '../../../lib/loaded.js';
import { moment } from '../../../lib/when.js';
import { By } from '../../../parts/admin/by.js';
import { Shown } from '../../../parts/admin/loaded.js';
import { unitNames } from '../members/names.js';
import { KINDS, unitName } from '../members/units.js';
import { zone } from '../who.js';
import { changed } from './changed.js';
import { say } from './say.js';

/** @typedef {import('../../../calls/members.js').MemberFile} MemberFile */
/** @typedef {import('../../../calls/members.js').Act} Act */
/** @typedef {{ acts: Act[], units: Awaited<ReturnType<typeof unitNames>> }} Past */

const ACTS = /** @type {const} */ ([
  'access_granted', 'access_revoked', 'access_restored', 'access_refused', 'member_edited', 'address_corrected', 'member_imported', 'enrollment_removed', 'allocation_ended',
  'login_resent', 'suppression_cleared', 'admin_added', 'admin_removed',
]);

/**
 * What admins and the system did about somebody, the newest first.
 * @param {{ file: MemberFile }} props
 */
export function History({ file }) {
  // It is read anew with the member.
  const loaded = useLoaded(async () => {
    const [{ acts }, units] = await Promise.all([exportMember(file.member.id), unitNames()]);
    return { acts: [...acts].sort((a, b) => b.at.localeCompare(a.at)), units };
  }, [file]);
  return html`<section class="box" aria-labelledby="history">
    <h2 id="history">${say('history')}</h2>
    <${Shown}
      of=${loaded}
      as=${(/** @type {Past} */ { acts, units }) => html`
        ${acts.length === 0 && html`<p class="quiet">${say('history_none')}</p>`}
        <ul class="rows">
          ${acts.map(
            (/** @type {Act} */ act) => html`<li key=${act.at + act.act}>
              <span>
                ${wordsOf(act.act)}${details(act, file, units).map((detail) => html`<br /><span class="small">${detail}</span>`)}
                <br /><span class="quiet small">${moment(act.at, zone())}, <${By} id=${act.by} /></span>
              </span>
            </li>`,
          )}
        </ul>
      `}
    />
  </section>`;
}

/** @param {string} act */
function wordsOf(act) {
  const known = ACTS.find((one) => one === act);
  return known ? say(`act_${known}`) : act;
}

/**
 * What an act changed, as far as there are words for it.
 * @param {Act} act
 * @param {MemberFile} file
 * @param {Past['units']} units
 */
function details({ before, after }, { enrollments }, units) {
  const names = (/** @type {string[]} */ ids) => ids.map((id) => unitName(units, id)).join(', ');
  const links = [after['link'], before['link'], after['enrolled']].flat().flatMap((id) => enrollments.find(({ link }) => link.id === id)?.link.name ?? []);
  const [added, taken] = [changed(KINDS, after, before), changed(KINDS, before, after)];
  return [
    after['renamed'] === true && say('detail_renamed'),
    links.length > 0 && say('detail_links', { names: links.join(', ') }),
    added.length > 0 && say('detail_added', { names: names(added) }),
    taken.length > 0 && say('detail_taken', { names: names(taken) }),
  ].filter((detail) => detail !== false);
}
