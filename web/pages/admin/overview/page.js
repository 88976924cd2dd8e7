import { useState } from 'preact/hooks';
import { html } from '../../../lib/html.js';
import { number, speaker } from '../../../lib/speaker.js';
import { textsOf } from '../../../locales/admin/texts.js';
import { Funnel } from '../../../parts/admin/funnel.js';
import { Head } from '../../../parts/admin/head.js';
import { Icon } from '../../../parts/admin/icon.js';
import { NotLoaded, Waiting } from '../../../parts/admin/loaded.js';
import { useOrganization } from '../who.js';
import { FirstSteps } from './first_steps.js';
import { useSums } from './sums.js';

const say = speaker(() => textsOf('overview'));

/** @typedef {import('../../../calls/links.js').Overview} Sums */

const STATES = /** @type {const} */ (['enrolled', 'reserved', 'pending', 'waiting', 'lapsed', 'removed']);

/** What came through all links, and what waits to be done. */
export function Overview() {
  const [days, setDays] = useState(/** @type {7 | 30} */ (30));
  const { sums, members, problem, again } = useSums(days);
  const { name } = useOrganization();
  const isNew = sums !== undefined && sums.funnel.registered === 0;
  // Where there is no link and nobody but the first admin, everything that is counted here is nothing.
  const isEmpty = isNew && Object.values(sums.links).every((n) => n === 0) && sums.members.granted.count <= 1 && sums.members.pending.count === 0;
  return html`
    <${Head} title=${say('title')} lead=${say('lead', { organization: name })} />
    ${problem !== undefined && html`<${NotLoaded} problem=${problem} again=${again} />`}
    ${isNew && html`<${FirstSteps} />`}
    ${(sums || members) && !isEmpty && html`<${Figures} sums=${sums} members=${members} />`}
    ${!sums && problem === undefined && html`<${Waiting} />`}
    ${sums &&
    !isEmpty &&
    html`${sums.links_with_deleted_units > 0 && html`<p class="notice"><${Icon} name="warning" /><span>${say('deleted_units', { n: sums.links_with_deleted_units })} <a href="/admin/links?gives=deleted" data-count=${sums.links_with_deleted_units}>${say('look_through')}</a></span></p>`}
      <div class="columns">
        <div><${Busiest} sums=${sums} days=${days} setDays=${setDays} /></div>
        <div>
          <section class="box" aria-labelledby="funnel">
            <h2 id="funnel">${say('funnel')}</h2>
            <p class="quiet small">${say('funnel_text')}</p>
            <${Funnel} steps=${/** @type {const} */ (['opened', 'registered', 'signed_in']).map((step) => ({ label: say(step), n: sums.funnel[step] }))} />
          </section>
          <section class="box" aria-labelledby="states">
            <h2 id="states">${say('states')}</h2>
            ${sums.by_state.lapsed > 0 && html`<p class="quiet small">${say('states_text')}</p>`}
            <ul class="rows">
              ${STATES.map((state) => html`<li key=${state}><span>${say(`state_${state}`)}</span><strong>${number(sums.by_state[state])}</strong></li>`)}
            </ul>
          </section>
        </div>
      </div>`}
  `;
}

/** What is still being counted has no number. */
const COUNTING = '…';

/** @param {{ sums: Sums | undefined, members: Sums['members'] | undefined }} props */
function Figures({ sums, members }) {
  const open = sums && (sums.links.open ?? 0);
  // Full or over, they take people all the same, who wait.
  const waitingLists = sums?.links.waiting_list ?? 0;
  const so = (/** @type {number | undefined} */ n) => (n === undefined ? COUNTING : number(n));
  const counted = (/** @type {'pending' | 'granted'} */ access) => {
    if (!members) return COUNTING;
    const { count, more } = members[access];
    return more ? say('more_than', { n: count }) : number(count);
  };
  // A count that ends at a limit is not how many the list has.
  const exact = (/** @type {'pending' | 'granted'} */ access) => (members && !members[access].more ? members[access].count : undefined);
  return html`<div class="figures">
    <${Figure} label=${say('open_links')} value=${so(open)} count=${open} to="/admin/links?status=open" under=${[waitingLists > 0 && say('open_waiting_list', { n: waitingLists })]} />
    <${Figure}
      label=${say('free_seats')}
      value=${so(sums?.seats.free)}
      under=${sums && [sums.seats.open_without_cap > 0 && say('free_without_cap', { n: sums.seats.open_without_cap }), sums.seats.held > 0 && say('held', { n: sums.seats.held })]}
    />
    <${Figure} label=${say('waiting_admin')} value=${counted('pending')} count=${exact('pending')} to="/admin/members?access=pending" />
    <${Figure} label=${say('granted')} value=${counted('granted')} count=${exact('granted')} to="/admin/members?access=granted" />
  </div>`;
}

/** @param {{ label: string, value: string, count?: number, to?: string, under?: readonly (string | false)[] }} props `count` is how many the list has that it leads to */
const Figure = ({ label, value, count, to, under }) =>
  html`<div class="figure">
    <span class="quiet">${label}</span>
    <span class="figure-value">${value}</span>
    ${to && html`<a class="small" href=${to} data-count=${count} aria-label=${`${say('look_through')}: ${label}`}>${say('look_through')}</a>`}
    ${under?.map((words) => words && html`<span class="quiet small" key=${words}>${words}</span>`)}
  </div>`;

/** @param {{ sums: Sums, days: 7 | 30, setDays: (days: 7 | 30) => void }} props */
const Busiest = ({ sums, days, setDays }) =>
  html`<section class="box" aria-labelledby="busiest">
    <div class="box-head">
      <h2 id="busiest">${say('busiest')}</h2>
      <div class="tabs" role="group" aria-label=${say('days')}>
        ${/** @type {const} */ ([7, 30]).map(
          (one) => html`<button type="button" class="tab" key=${one} aria-pressed=${days === one ? 'true' : 'false'} onClick=${() => setDays(one)}>${say(`days_${one}`)}</button>`,
        )}
      </div>
    </div>
    ${sums.days !== days && html`<${Waiting} />`}
    ${sums.days === days && sums.most_registered.length === 0 && html`<p class="quiet">${say('busiest_none')}</p>`}
    <ul class="rows">
      ${(sums.days === days ? sums.most_registered : []).map(
        (link) => html`<li key=${link.id}>
          <a href=${`/admin/links/${link.id}`}>${link.name ?? say('busiest_gone')}</a><strong>${say('registrations', { n: link.registered })}</strong>
        </li>`,
      )}
    </ul>
  </section>`;
