import { useEffect, useRef, useState } from 'preact/hooks';
import { Problem } from '../../../api.js';
import { listMembers } from '../../../calls/members.js';
import { html } from '../../../lib/html.js';
import { useListed } from '../../../lib/listed.js';
import { amend, remember, useRoute } from '../../../lib/route.js';
import { byText } from '../../../lib/sort.js';
import { Empty } from '../../../parts/admin/empty.js';
import { Head } from '../../../parts/admin/head.js';
import { Icon } from '../../../parts/admin/icon.js';
import { Rest } from '../../../parts/admin/loaded.js';
import { Table } from '../../../parts/admin/table.js';
import { Notice } from '../../../parts/notice.js';
import { say as sayAll } from '../say.js';
import { ORDERS, askedBy, orderOf } from './asked.js';
import { useCounted } from './counted.js';
import { MembersCsv } from './csv.js';
import { DeedDialog } from './deed.js';
import { Filters } from './filters.js';
import { useNames } from './names.js';
import { GrantAll, GrantAllButton } from './order.js';
import { say } from './say.js';
import { unitName } from './units.js';
import { Selected } from './selected.js';
import { AccessChip, LastMail, Person, When, Where, mailWords, whereOf } from './shown.js';

/** @typedef {import('../../../calls/members.js').Member} Member */
/** @typedef {{ order: true } | { deed: import('../../../calls/members.js').Deed, people: Member[] }} Doing */

/** All members of the organization. */
export function Members() {
  const { query } = useRoute();
  const asked = askedBy(query);
  const key = JSON.stringify(asked);
  const names = useNames().data;
  const { counts, first, forget } = useCounted();
  // The counts are of everybody: beside another filter they would not be of the lists that the tabs lead to.
  const narrowed = [asked.link, asked.unit, asked.q, asked.mail].some((part) => part !== undefined);
  const listed = useListed(async (cursor) => {
    if (cursor === undefined && !narrowed) return first(asked);
    const { members, next } = await listMembers(asked, cursor);
    return { rows: members, next };
  }, [key]);
  const [keys, setKeys] = useState(/** @type {ReadonlySet<string>} */ (new Set()));
  const [doing, setDoing] = useState(/** @type {Doing | undefined} */ (undefined));
  // Whoever was selected once, by their id: a selection goes over pages that are not shown.
  const seen = useRef(/** @type {Map<string, Member>} */ (new Map()));
  // What can't be seen any more is not acted on.
  useEffect(() => setKeys(new Set()), [key]);

  const members = unique(listed.rows ?? []);
  for (const member of members) seen.current.set(member.id, member);
  const order = orderOf(asked);
  const any = [...query.keys()].some((name) => name !== 'sort');
  const chosen = () => [...keys].flatMap((id) => seen.current.get(id) ?? []);
  const then = async () => {
    setKeys(new Set());
    forget();
    await listed.again();
  };

  return html`
    <${Head} title=${sayAll('members')} lead=${say('lead')}>
      <${MembersCsv} asked=${asked} names=${names} />
      <a class="button plain slim" href="/admin/import"><${Icon} name="upload" />${say('import')}</a>
      ${order && members.length > 0 && html`<${GrantAllButton} key=${members.map(({ id }) => id).join()} filter=${order} all=${listed.more || listed.loading ? undefined : members.length} onClick=${() => setDoing({ order: true })} />`}
    <//>
    <${Filters} asked=${asked} search=${query.get('q') ?? ''} names=${names} counts=${narrowed ? undefined : counts} choose=${amend} />
    ${asked.access === 'rejected' && members.length > 0 && html`<p class="quiet small">${say('rejected_note')}</p>`}
    ${members.length > 0 &&
    html`<${Table}
      caption=${sayAll('members')}
      rows=${members}
      keyOf=${(/** @type {Member} */ { id }) => id}
      selection=${{ keys, set: setKeys, name: (/** @type {Member} */ { name }) => name }}
      ordering=${{ natural: 'access', whole: listed.complete }}
      columns=${[
        { label: say('column_name'), look: 'wide first', sort: ORDERS.name, cell: (/** @type {Member} */ member) => html`<${Person} member=${member} />` },
        { label: say('column_access'), sort: ORDERS.access, cell: (/** @type {Member} */ member) => html`<${AccessChip} access=${member.access} />` },
        {
          label: say('column_where'),
          sort: byText('unit', (/** @type {Member} */ member) => whereOf(member, names).join(', ')),
          cell: (/** @type {Member} */ member) => html`<${Where} member=${member} names=${names} />`,
        },
        { label: say('column_mail'), sort: byText('mail', mailWords), cell: (/** @type {Member} */ member) => html`<${LastMail} member=${member} />` },
        { label: say('column_came'), sort: ORDERS.came, cell: (/** @type {Member} */ member) => html`<${When} at=${member.created_at} />` },
      ]}
    />`}
    ${!listed.loading && listed.rows && members.length === 0 && html`<${Nothing} any=${any} sought=${query.has('q')} onClear=${() => remember({})} />`}
    ${tooMany(listed.problem) ? html`<${Notice} text=${say('too_many_to_sort')} /><p><button type="button" class="button plain slim" onClick=${() => amend({ sort: '' })}>${say('sort_by_access')}</button></p>` : html`<${Rest} of=${listed} />`}
    <${Selected}
      keys=${keys}
      people=${chosen()}
      shown=${members}
      more=${listed.more}
      asked=${asked}
      setKeys=${setKeys}
      know=${(/** @type {Member[]} */ all) => all.forEach((member) => seen.current.set(member.id, member))}
      act=${(/** @type {import('../../../calls/members.js').Deed} */ deed, /** @type {boolean} */ whole) =>
        setDoing(deed === 'grants' && whole && order ? { order: true } : { deed, people: chosen() })}
    />
    ${doing && 'order' in doing && order && html`<${GrantAll} filter=${order} about=${aboutOrder(order, names)} onClose=${() => setDoing(undefined)} />`}
    ${doing && 'deed' in doing && html`<${DeedDialog} deed=${doing.deed} people=${doing.people} onClose=${() => setDoing(undefined)} then=${then} />`}
  `;
}

/** Whoever changes while the pages are fetched may come on two of them. @param {Member[]} members */
const unique = (members) => [...new Map(members.map((member) => [member.id, member])).values()];

/** @param {unknown} problem */
const tooMany = (problem) => problem instanceof Problem && problem.fields['sort'] !== undefined;

/**
 * Whom a job is about.
 * @param {NonNullable<ReturnType<typeof orderOf>>} order
 * @param {import('./units.js').Names | undefined} names
 */
const aboutOrder = ({ access, link, unit }, names) => html`<p>
  ${say(`order_access_${access}`)}
  ${link && html` ${say('order_link', { name: names?.links.find(({ id }) => id === link)?.name ?? '…' })}`}
  ${unit && html` ${say('order_unit', { name: names ? unitName(names.units, unit) : '…' })}`}
</p>`;

/** @param {{ any: boolean, sought: boolean, onClear: () => void }} props */
const Nothing = ({ any, sought, onClear }) =>
  any
    ? html`<${Empty} icon="search" title=${sayAll('nothing_found')}>${sought && html`<p>${say('not_yet')}</p>`}<button type="button" class="link" onClick=${onClear}>${sayAll('clear_filters')}</button><//>`
    : html`<${Empty} icon="people" title=${say('none')}><p>${say('none_text')}</p><//>`;
