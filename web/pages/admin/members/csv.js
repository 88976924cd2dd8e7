import { useEffect, useRef, useState } from 'preact/hooks';
import { BYTE_ORDER_MARK, separatorOf } from '../../../lib/csv.js';
import { html } from '../../../lib/html.js';
import { useOnce } from '../../../lib/once.js';
import { save } from '../../../lib/save.js';
import { Icon } from '../../../parts/admin/icon.js';
import { tellNotLoaded } from '../../../parts/admin/trouble.js';
import { say as sayAll } from '../say.js';
import { zone } from '../who.js';
import { tableOfMembers } from './table.js';
import { walk } from './walk.js';

/**
 * Hands the members that are asked for over as a file, over all pages.
 * @param {{ asked: import('../../../calls/members.js').Asked, names: import('./units.js').Names | undefined }} props
 */
export function MembersCsv({ asked, names }) {
  const [busy, once] = useOnce();
  const [n, setN] = useState(0);
  const left = useRef(false);
  useEffect(() => () => void (left.current = true), []);
  async function fetchAll() {
    setN(0);
    try {
      const members = await walk(asked, setN, () => left.current);
      if (members && names) {
        const table = tableOfMembers(members, names, { zone: zone(), separator: separatorOf() });
        save('members.csv', [BYTE_ORDER_MARK, table], 'text/csv;charset=utf-8');
      }
    } catch (error) {
      tellNotLoaded(error);
    }
  }
  return html`<button type="button" class="button plain slim" aria-disabled=${busy || !names ? 'true' : 'false'} onClick=${() => names && once(fetchAll)}>
    <${Icon} name="download" />${busy ? sayAll('downloading', { n }) : sayAll('download_csv')}
  </button>`;
}
