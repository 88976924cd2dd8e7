import { useEffect, useRef, useState } from 'preact/hooks';
import { html } from '../../../lib/html.js';
import { useOnce } from '../../../lib/once.js';
import { Bulk } from '../../../parts/admin/bulk.js';
import { tellNotLoaded } from '../../../parts/admin/trouble.js';
import { WORDS } from './deed.js';
import { isUnsure, sorted } from './fits.js';
import { say } from './say.js';
import { walk } from './walk.js';

/** @typedef {import('../../../calls/members.js').Deed} Deed */
/** @typedef {import('../../../calls/members.js').Member} Member */

const DEEDS = /** @type {readonly Deed[]} */ (['grants', 'refusals', 'revocations', 'restorations', 'login-mails']);

/** @type {Record<Deed, import('../../../parts/admin/icon.js').IconName>} */
const ICONS = { grants: 'admit', refusals: 'refuse', revocations: 'pause', restorations: 'resume', 'login-mails': 'send' };

/**
 * What can be done with those who are selected, and the way to select all who fit, over all pages.
 * @param {{ keys: ReadonlySet<string>, people: readonly Member[], shown: readonly Member[], more: boolean, asked: import('../../../calls/members.js').Asked,
 *   setKeys: (keys: ReadonlySet<string>) => void, know: (all: Member[]) => void, act: (deed: Deed, whole: boolean) => void }} props
 */
export function Selected({ keys, people, shown, more, asked, setKeys, know, act }) {
  const [busy, once] = useOnce();
  const [n, setN] = useState(0);
  const [all, setAll] = useState(/** @type {ReadonlySet<string> | undefined} */ (undefined));
  const [why, setWhy] = useState('');
  useEffect(() => setWhy(''), [keys]);
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
  return html`<${Bulk} n=${keys.size} onClear=${() => setKeys(new Set())} actions=${DEEDS.map((deed) => action(deed, people, () => act(deed, whole), setWhy))}>
    ${why && html`<span class="bulk-note small" role="status">${why}</span>`}
    ${page && (more || busy) && !whole &&
    (busy
      ? html`<span class="bulk-note small"><span role="status">${say('selecting', { n })}</span> <button type="button" class="link" onClick=${() => void (stopped.current = true)}>${say('stop')}</button></span>`
      : html`<button type="button" class="link bulk-note small" onClick=${() => void selectAll()}>${say('select_whole')}</button>`)}
    ${whole && html`<span class="bulk-note small quiet">${say('whole_selected', { n: keys.size })}</span>`}
  <//>`;
}

/**
 * Does something with those whom it can concern: how many they are, where their rows tell and they are not all, and why there are none.
 * @param {Deed} deed
 * @param {readonly Member[]} people
 * @param {() => void} act
 * @param {(why: string) => void} tell is told why, if it is pressed all the same
 * @returns {import('../../../parts/admin/bulk.js').Action}
 */
function action(deed, people, act, tell) {
  const word = WORDS[deed];
  const { fit } = sorted(deed, people);
  const n = fit.length;
  const label = n === 0 || n === people.length || fit.some((one) => isUnsure(deed, one)) ? say(word) : say('some_of', { act: say(word), n, all: people.length });
  const why = n === 0 ? say(`none_${word}`) : undefined;
  return { label, icon: ICONS[deed], danger: deed === 'revocations', off: why, run: () => (why ? tell(why) : act()) };
}
