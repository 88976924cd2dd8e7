/** What is asked before something is done with a link. */

import { useState } from 'preact/hooks';
import { Problem } from '../../../api.js';
import { html } from '../../../lib/html.js';
import { useKeys } from '../../../lib/keys.js';
import { go } from '../../../lib/route.js';
import { dateIn, daysAfter, localMoment } from '../../../lib/when.js';
import { Confirm } from '../../../parts/admin/confirm.js';
import { TextField } from '../../../parts/admin/fields.js';
import { zone } from '../who.js';
import { duplicate, endsBefore, extendAll, remove, renew } from './acts.js';
import { SameName } from '../../../parts/admin/same_name.js';
import { hiddenWords } from '../hidden.js';
import { say as sayForm } from './form_say.js';
import { useNameTaken } from './other_names.js';
import { say } from './say.js';

/** @typedef {import('../../../calls/links.js').Link} Link */
/** @typedef {{ link: Link, onClose: () => void, then: () => Promise<void> }} Props `then` shows the link as it is */

/** The furthest day that a link can be extended to. */
const FURTHEST_DAYS = 730;

/** @param {Props} props */
export const Regenerate = ({ link, onClose, then }) =>
  html`<${Confirm}
    title=${say('regenerate_title', { name: link.name })}
    label=${say('regenerate')}
    danger
    onClose=${onClose}
    run=${async () => {
      await renew(link);
      await then();
    }}
  >
    <p>${say('regenerate_text')}</p>
  <//>`;

/** @param {Props} props */
export const Delete = ({ link, onClose, then }) =>
  html`<${Confirm}
    title=${say('delete_title', { name: link.name })}
    label=${say('remove')}
    danger
    onClose=${onClose}
    run=${async () => {
      await remove(link);
      await then();
    }}
  >
    <p>${say('delete_text')}</p>
  <//>`;

/** @param {{ link: Link, onClose: () => void }} props */
export function Duplicate({ link, onClose }) {
  const [name, setName] = useState(say('duplicate_name', { name: link.name }).slice(0, 100));
  const [wrong, setWrong] = useState(/** @type {string | undefined} */ (undefined));
  const keyOf = useKeys();
  const isTaken = useNameTaken(name);
  async function run() {
    setWrong(undefined);
    try {
      const copy = await duplicate(link, name.trim(), keyOf({ name: name.trim() }));
      go(`/admin/links/${copy.id}`);
    } catch (error) {
      if (error instanceof Problem && error.code === 'invalid_fields') setWrong(hiddenWords(error.fields['name']) ?? say('wrong_name'));
      throw error;
    }
  }
  const field = { id: 'duplicate-name', label: say('duplicate_field'), error: wrong };
  return html`<${Confirm} title=${say('duplicate_title', { name: link.name })} label=${say('duplicate')} onClose=${onClose} run=${run}>
    <p class="quiet">${say('duplicate_text')}</p>
    <${TextField} field=${field} value=${name} onInput=${setName} max=${100} />
    <${SameName} words=${isTaken && sayForm('warn_same_name', { name: name.trim() })} />
  <//>`;
}

/** @param {{ links: readonly Link[], onClose: () => void, then: () => Promise<void> }} props */
export function Extend({ links, onClose, then }) {
  const today = dateIn(zone());
  const furthest = daysAfter(today, FURTHEST_DAYS);
  const [first, last] = lastDays(links, today);
  const [day, setDay] = useState(least(daysAfter(last, 30), furthest));
  const [wrong, setWrong] = useState(false);
  const one = links.length === 1 && links[0];
  const later = links.filter((link) => !endsBefore(link, day)).length;
  /** A day that makes no link last longer is none to extend to. */
  function ready() {
    setWrong(later === links.length);
    return later < links.length;
  }
  async function run() {
    setWrong(false);
    try {
      await extendAll(links, day, then);
    } catch (error) {
      if (error instanceof Problem && error.code === 'invalid_fields') setWrong(true);
      throw error;
    }
  }
  const field = { id: 'extend-day', label: say('extend_field'), hint: say('extend_hint', { zone: zone() }), error: wrong ? say(later === links.length ? 'wrong_day_earlier' : 'wrong_day') : undefined };
  return html`<${Confirm}
    title=${one ? say('extend_title', { name: one.name }) : say('extend_many_title', { n: links.length })}
    label=${say('extend')}
    onClose=${onClose}
    run=${run}
    ready=${ready}
  >
    ${one && one.expires_local && html`<p class="quiet">${say('extend_now', { when: localMoment(one.expires_local) })}</p>`}
    <${TextField} field=${field} type="date" value=${day} onInput=${setDay} min=${first} max=${furthest} />
    ${later > 0 && later < links.length && html`<p class="quiet small" role="status">${say('extend_later', { n: later })}</p>`}
  <//>`;
}

/** @param {string} a @param {string} b */
const least = (a, b) => (a < b ? a : b);

/**
 * The first and the last of the days on which links expire, but none before today.
 * @param {readonly Link[]} links
 * @param {string} today
 * @returns {[string, string]}
 */
function lastDays(links, today) {
  const days = links.flatMap(({ expires_local }) => (expires_local ? [expires_local.slice(0, 10)] : [])).sort();
  const from = (/** @type {string | undefined} */ day) => (day !== undefined && day > today ? day : today);
  return [from(days[0]), from(days.at(-1))];
}
