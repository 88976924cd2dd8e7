import { useEffect, useRef, useState } from 'preact/hooks';
import { html } from '../../../lib/html.js';
import { useOnce } from '../../../lib/once.js';
import { Bulk } from '../../../parts/admin/bulk.js';
import { tellNotLoaded } from '../../../parts/admin/trouble.js';
import { WORDS } from './deed.js';
import { say } from './say.js';
import { walk } from './walk.js';

/** @typedef {import('../../../calls/members.js').Deed} Deed */
/** @typedef {import('../../../calls/members.js').Member} Member */

const DEEDS = /** @type {readonly Deed[]} */ (['grants', 'refusals', 'revocations', 'restorations', 'login-mails']);

/** @type {Record<Deed, import('../../../parts/admin/icon.js').IconName>} */
const ICONS = { grants: 'admit', refusals: 'refuse', revocations: 'pause', restorations: 'resume', 'login-mails': 'send' };

/**
 * What can be done with those who are selected, and the way to select all who fit, over all pages.
 * @param {{ keys: ReadonlySet<string>, shown: readonly Member[], more: boolean, asked: import('../../../calls/members.js').Asked,
 *   setKeys: (keys: ReadonlySet<string>) => void, know: (all: Member[]) => void, act: (deed: Deed, whole: boolean) => void }} props
 */
export function Selected({ keys, shown, more, asked, setKeys, know, act }) {
  const [busy, once] = useOnce();
  const [n, setN] = useState(0);
  const [all, setAll] = useState(/** @type {ReadonlySet<string> | undefined} */ (undefined));
  const stopped = useRef(false);
  useEffect(() => () => void (stopped.current = true), []);
  const whole = all !== undefined && keys === all;
  const page = shown.length > 0 && shown.every(({ id }) => keys.has(id));
  const selectAll = () =>
    once(async () => {
      stopped.current = false;
      setN(0);
      try {
        const members = await walk(asked, setN, () => stopped.current);
        if (!members) return;
        know(members);
        const ids = new Set(members.map(({ id }) => id));
        setAll(ids);
        setKeys(ids);
      } catch (error) {
        tellNotLoaded(error);
      }
    });
  return html`<${Bulk}
    n=${keys.size}
    onClear=${() => setKeys(new Set())}
    actions=${DEEDS.map((deed) => ({ label: say(WORDS[deed]), icon: ICONS[deed], danger: deed === 'revocations', run: () => act(deed, whole) }))}
  >
    ${page && (more || busy) && !whole &&
    (busy
      ? html`<span class="bulk-note small"><span role="status">${say('selecting', { n })}</span> <button type="button" class="link" onClick=${() => void (stopped.current = true)}>${say('stop')}</button></span>`
      : html`<button type="button" class="link bulk-note small" onClick=${() => void selectAll()}>${say('select_whole')}</button>`)}
    ${whole && html`<span class="bulk-note small quiet">${say('whole_selected', { n: keys.size })}</span>`}
  <//>`;
}
