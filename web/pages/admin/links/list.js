import { useState } from 'preact/hooks';
import { listCatalog } from '../../../calls/catalog.js';
import { listLinks } from '../../../calls/links.js';
import { html, typed } from '../../../lib/html.js';
import { useListed } from '../../../lib/listed.js';
import { useLoaded } from '../../../lib/loaded.js';
import { useOnce } from '../../../lib/once.js';
import { amend, remember, useRoute } from '../../../lib/route.js';
import { number } from '../../../lib/speaker.js';
import { Bulk } from '../../../parts/admin/bulk.js';
import { Chip } from '../../../parts/admin/chip.js';
import { copy } from '../../../parts/admin/copy.js';
import { Empty } from '../../../parts/admin/empty.js';
import { FilterFold } from '../../../parts/admin/filter_fold.js';
import { Head } from '../../../parts/admin/head.js';
import { Icon } from '../../../parts/admin/icon.js';
import { Rest } from '../../../parts/admin/loaded.js';
import { Table } from '../../../parts/admin/table.js';
import { tellTrouble } from '../../../parts/admin/trouble.js';
import { Field, controlOf } from '../../../parts/field.js';
import { say as sayAll } from '../say.js';
import { switchAll } from './acts.js';
import { deletedUnits } from './deleted_units.js';
import { Extend } from './extend.js';
import { KINDS } from './gives.js';
import { LinkMenu } from './menu.js';
import { say } from './say.js';
import { Seats, StatusChip, Time, areHeld } from './shown.js';
import { SORTS, STATUSES, found } from './sorted.js';

/** @typedef {import('../../../calls/links.js').Link} Link */

/** All access links of the organization. */
export function Links() {
  const { query } = useRoute();
  const [gives, unit] = [query.get('gives') ?? '', query.get('unit') ?? ''];
  const catalog = useLoaded(listCatalog, []);
  const [search, status] = [query.get('q') ?? '', query.get('status') ?? ''];
  const listed = useListed(async (cursor) => {
    const { links, next } = await listLinks(cursor);
    return { rows: links, next };
  }, [], { whole: true });
  const [keys, setKeys] = useState(/** @type {ReadonlySet<string>} */ (new Set()));
  const [extending, setExtending] = useState(false);
  const [busy, once] = useOnce();

  const links = listed.rows ?? [];
  const ofUnit = (/** @type {Link} */ { allocation }) => unit === '' || KINDS.some((kind) => allocation[kind].includes(unit));
  const withDeleted = (/** @type {Link} */ link) => catalog.data !== undefined && deletedUnits(link, catalog.data) > 0;
  const flagged = links.filter(withDeleted).length;
  const searched = found(links, search).filter((link) => ofUnit(link) && (gives !== 'deleted' || withDeleted(link)));
  const fitting = status ? searched.filter((link) => link.status === status) : searched.filter(notDeleted);
  const selected = links.filter(({ id, state }) => keys.has(id) && state !== 'deleted');
  const switchSelected = (/** @type {'active' | 'inactive'} */ state) =>
    once(async () => {
      try {
        const outcomes = await switchAll(selected, state, listed.again);
        setKeys(new Set(outcomes.get('unavailable')));
      } catch (error) {
        tellTrouble(error);
      }
    });

  return html`
    <${Head} title=${say('title')} lead=${say('lead')}>
      <a class="button slim" href="/admin/links/new"><${Icon} name="add" />${say('create')}</a>
    <//>
    ${links.length > 0 &&
    html`<div class="stack">
      <div class="filters">
        <div class="search field">
          <${Field} field=${{ id: 'search', label: sayAll('search'), optional: false }}>
            <input ...${controlOf({ id: 'search', label: '', optional: true })} class="input" type="search" placeholder=${say('search_hint')} value=${search} onInput=${typed((q) => amend({ q }))} />
          <//>
        </div>
      </div>
      <${FilterFold} n=${status ? 1 : 0}><div class="tabs" role="group" aria-label=${say('column_state')}>
        ${['', ...STATUSES].map((one) => {
          const n = one ? searched.filter((link) => link.status === one).length : searched.filter(notDeleted).length;
          if (one && one !== status && n === 0) return null;
          return html`<button type="button" class="tab" key=${one} data-count=${listed.complete ? n : undefined} aria-pressed=${status === one ? 'true' : 'false'} onClick=${() => amend({ status: one })}>
            ${one ? say(`status_${/** @type {Link['status']} */ (one)}`) : links.every(notDeleted) ? sayAll('all') : say('all_but_deleted')} ${listed.complete && number(n)}
          </button>`;
        })}
      </div><//>
    </div>`}
    ${unit !== '' && html`<p class="notice"><span>${ofUnitWords(catalog.data, unit)} <button type="button" class="link" onClick=${() => amend({ unit: '' })}>${say('show_all')}</button></span></p>`}
    ${flagged > 0 &&
    html`<p class="notice"><${Icon} name="warning" /><span>${say('links_give_deleted', { n: flagged })} ${gives === 'deleted'
      ? html`<button type="button" class="link" onClick=${() => amend({ gives: '' })}>${say('show_all')}</button>`
      : html`<a href="/admin/links?gives=deleted" data-count=${flagged}>${say('show_them')}</a>`}</span></p>`}
    ${fitting.length > 0 &&
    html`<${Table}
      caption=${say('title')}
      rows=${fitting}
      keyOf=${(/** @type {Link} */ { id }) => id}
      selection=${{ keys, set: setKeys, name: (/** @type {Link} */ { name }) => name }}
      ordering=${{ naturally: say('sort_newest'), whole: listed.complete }}
      columns=${[
        { label: say('column_name'), look: 'wide first', sort: SORTS.name, cell: (/** @type {Link} */ link) => html`<${Name} link=${link} flagged=${withDeleted(link)} />` },
        { label: say('column_state'), sort: SORTS.state, cell: (/** @type {Link} */ link) => html`<${StatusChip} link=${link} />` },
        { label: say('column_seats'), sort: SORTS.seats, cell: (/** @type {Link} */ link) => html`<${Seats} link=${link} />${areHeld(link) && html`<span class="quiet small">${say('held')}</span>`}` },
        { label: say('column_time'), sort: SORTS.time, cell: (/** @type {Link} */ link) => html`<${Time} link=${link} />` },
        { label: '', hidden: sayAll('actions'), look: 'end', cell: (/** @type {Link} */ link) => html`<${Actions} link=${link} then=${listed.again} />` },
      ]}
    />`}
    ${!listed.loading && listed.rows && fitting.length === 0 && html`<${Nothing} any=${links.length > 0} onClear=${() => remember({})} />`}
    <${Rest} of=${listed} />
    <${Bulk}
      n=${selected.length}
      onClear=${() => setKeys(new Set())}
      actions=${[
        selected.some(({ state }) => state === 'active') && { label: say('deactivate'), icon: 'pause', off: busy, run: () => switchSelected('inactive') },
        selected.some(({ state }) => state === 'inactive') && { label: say('reactivate'), icon: 'resume', off: busy, run: () => switchSelected('active') },
        selected.some(({ expires_at }) => expires_at !== null) && { label: say('extend'), icon: 'extend', run: () => setExtending(true) },
      ]}
    />
    ${extending && html`<${Extend} links=${selected} onClose=${() => setExtending(false)} then=${listed.again} />`}
  `;
}

/** @param {Link} link */
const notDeleted = (link) => link.status !== 'deleted';

/** Which links are shown, where those of one unit are. @param {import('../../../calls/catalog.js').Catalog | undefined} catalog @param {string} id */
function ofUnitWords(catalog, id) {
  const name = catalog ? KINDS.flatMap((kind) => catalog[kind]).find((unit) => unit.id === id)?.name : '…';
  return name === undefined ? say('of_unit_gone') : say('of_unit', { name });
}

/** @param {{ link: Link, flagged: boolean }} props */
const Name = ({ link, flagged }) =>
  html`<a class="table-name" href=${`/admin/links/${link.id}`}>${link.name}</a>${flagged && html` <${Chip} tone="bad" text=${say('has_deleted')} />`}
    <br /><span class="quiet small">${link.description || say(`admission_${link.admission}`)}</span>`;

/** @param {{ link: Link, then: () => Promise<void> }} props */
const Actions = ({ link, then }) =>
  html`<div class="row-actions">
    ${link.state !== 'deleted' &&
    html`<button type="button" class="icon-button" aria-label=${say('copy_link_of', { name: link.name })} title=${say('copy_link')} onClick=${() => void copy(link.url)}>
      <${Icon} name="copy" />
    </button>`}
    <${LinkMenu} link=${link} then=${then} />
  </div>`;

/** @param {{ any: boolean, onClear: () => void }} props */
const Nothing = ({ any, onClear }) =>
  any
    ? html`<${Empty} icon="search" title=${sayAll('nothing_found')}><button type="button" class="link" onClick=${onClear}>${sayAll('clear_filters')}</button><//>`
    : html`<${Empty} icon="link" title=${say('none')}><p>${say('none_text')}</p><//>`;
