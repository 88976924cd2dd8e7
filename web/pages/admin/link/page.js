import { listCatalog } from '../../../calls/catalog.js';
import { html } from '../../../lib/html.js';
import { useLoaded } from '../../../lib/loaded.js';
import { useRoute } from '../../../lib/route.js';
import { Head } from '../../../parts/admin/head.js';
import { Icon } from '../../../parts/admin/icon.js';
import { NotLoaded, Waiting } from '../../../parts/admin/loaded.js';
import { GivesDeleted } from '../links/deleted_units.js';
import { LinkMenu } from '../links/menu.js';
import { say as sayLinks } from '../links/say.js';
import { say as sayAll } from '../say.js';
import { PerDay } from './chart.js';
import { Address, Figures, History, Share } from './head_parts.js';
import { Gives, Numbers, STATES, Terms } from './numbers.js';
import { People } from './people.js';
import { say } from './say.js';
import { useWatched } from './watch.js';

/** All about one link. It is fetched anew while somebody looks, so that a rush is seen. @param {import('../routes.js').Values} props */
export function LinkPage({ id }) {
  const { query } = useRoute();
  const state = STATES.find((one) => one === query.get('state'));
  const watched = useWatched(id, state);
  const catalog = useLoaded(listCatalog, []);
  const { stats, problem } = watched;
  const back = { to: '/admin/links', page: sayLinks('title') };
  if (!stats) {
    return html`<${Head} title=${sayLinks('title')} back=${back} />
      ${problem !== undefined ? html`<${NotLoaded} problem=${problem} again=${watched.again} />` : html`<${Waiting} />`}`;
  }
  const { link } = stats;
  const there = link.state !== 'deleted';
  return html`
    <${Head} title=${link.name} back=${back} lead=${link.description}>
      ${there && html`<${Share} link=${link} />`}
      ${there && html`<a class="button plain slim" href=${`/admin/links/${link.id}/edit`}><${Icon} name="edit" />${sayLinks('edit')}</a>`}
      <${LinkMenu} link=${link} then=${watched.again} text=${sayAll('actions')} />
    <//>
    ${problem !== undefined && html`<${NotLoaded} problem=${problem} again=${watched.again} />`}
    ${!there && html`<p class="notice">${say('is_deleted')}</p>`}
    ${there && catalog.data && html`<${GivesDeleted} link=${link} catalog=${catalog.data} />`}
    <${Figures} stats=${stats} />
    <${People} stats=${stats} state=${state} watched=${watched} />
    <div class="columns">
      <div>
        ${there && html`<${Address} link=${link} />`}
        <${PerDay} perDay=${stats.per_day} zone=${stats.time_zone} />
        <${Terms} link=${link} catalog=${catalog} />
      </div>
      <div>
        <${Numbers} stats=${stats} />
        <${Gives} link=${link} catalog=${catalog} />
        <${History} link=${link} />
      </div>
    </div>
    <p class="quiet small">${say('reloads')}</p>
  `;
}
