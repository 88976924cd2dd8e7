/** Asks for a later last day of links, and says what somebody else has changed meanwhile. */

import { useState } from 'preact/hooks';
import { Problem } from '../../../api.js';
import { html } from '../../../lib/html.js';
import { dateIn, daysAfter, localMoment } from '../../../lib/when.js';
import { Confirm } from '../../../parts/admin/confirm.js';
import { TextField } from '../../../parts/admin/fields.js';
import { Notice } from '../../../parts/notice.js';
import { zone } from '../who.js';
import { endsBefore, extendAll, extendOne } from './extending.js';
import { say } from './say.js';

/** @typedef {import('../../../calls/links.js').Link} Link */

/** The furthest day that a link can be extended to. */
const FURTHEST_DAYS = 730;

/** @param {{ links: readonly Link[], onClose: () => void, then: () => Promise<void> }} props `then` shows them as they are */
export function Extend({ links: seen, onClose, then }) {
  const [links, setLinks] = useState(seen);
  const [changed, setChanged] = useState(false);
  const today = dateIn(zone());
  const furthest = daysAfter(today, FURTHEST_DAYS);
  const [first, last] = lastDays(links, today);
  const [day, setDay] = useState(least(daysAfter(last, 30), furthest));
  const [wrong, setWrong] = useState(false);
  const one = links.length === 1 ? links[0] : undefined;
  const later = links.filter((link) => !endsBefore(link, day)).length;
  /** A day that makes no link last longer is none to extend to. */
  function ready() {
    setWrong(later === links.length);
    return later < links.length;
  }
  /** Extends one link only from the expiry that is shown: another one that it has by now is shown first. */
  async function run() {
    setWrong(false);
    setChanged(false);
    try {
      const other = one ? await extendOne(one, day, then) : void (await extendAll(links, day, then));
      if (!other) return true;
      setLinks([other]);
      setChanged(true);
      return false;
    } catch (error) {
      if (error instanceof Problem && error.code === 'invalid_fields') setWrong(true);
      throw error;
    }
  }
  const never = one !== undefined && one.expires_local === null;
  const field = { id: 'extend-day', label: say('extend_field'), hint: say('extend_hint', { zone: zone() }), error: wrong ? say(later === links.length ? 'wrong_day_earlier' : 'wrong_day') : undefined };
  return html`<${Confirm}
    title=${one ? say('extend_title', { name: one.name }) : say('extend_many_title', { n: links.length })}
    label=${say('extend')}
    off=${never}
    onClose=${onClose}
    run=${run}
    ready=${ready}
  >
    ${changed && html`<${Notice} text=${say(never ? 'extend_never' : 'extend_changed')} />`}
    ${one && one.expires_local && html`<p class="quiet">${say('extend_now', { when: localMoment(one.expires_local) })}</p>`}
    ${!never && html`<${TextField} field=${field} type="date" value=${day} onInput=${setDay} min=${first} max=${furthest} />`}
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
