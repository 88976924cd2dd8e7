/** How links are given a later last day, so that none is given an earlier one than somebody else gave it meanwhile. */

import { Problem } from '../../../api.js';
import { getLink, listLinks, updateLink } from '../../../calls/links.js';
import { tell } from '../../../lib/told.js';
import { calendarDay } from '../../../lib/when.js';
import { changeAll, othersOf } from './acts.js';
import { say } from './say.js';

/** @typedef {import('../../../calls/links.js').Link} Link */

/** How often a link is looked at again that others edit at the same time. */
const TRIES = 5;

/** Whether a link expires before the end of a day. @param {Link} link @param {string} day */
export const endsBefore = ({ expires_local }, day) => expires_local !== null && expires_local.slice(0, 16) < `${day} 23:59`;

/**
 * Gives one link a later last day, if it still expires when it was seen to. An edit of something else does not matter.
 * @param {Link} seen
 * @param {string} expires a date
 * @param {() => Promise<void>} then shows it as it is
 * @returns {Promise<Link | undefined>} the link as it is now, where it expires at another moment and was not extended
 */
export async function extendOne(seen, expires, then) {
  let { version } = seen;
  for (let tries = 1; ; tries += 1) {
    try {
      await updateLink({ id: seen.id, version }, { expires });
      break;
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'version_conflict' || tries === TRIES) throw error;
    }
    const now = await getLink(seen.id);
    // It was done, and the answer that said so was lost; or somebody else did the same.
    if (now.expires_local?.startsWith(`${expires} 23:59`)) break;
    if (now.expires_at !== seen.expires_at) {
      await then();
      return now;
    }
    version = now.version;
  }
  tell(say('extended', { name: seen.name, day: calendarDay(expires) }));
  await then();
  return undefined;
}

/**
 * Gives links a later last day. Those that expire later, or never, are left as they are: all are looked at again, for the list may be old.
 * @param {readonly Link[]} all
 * @param {string} expires a date
 * @param {() => Promise<void>} then shows them as they are
 */
export async function extendAll(all, expires, then) {
  const links = (await asTheyAre(all)).filter((link) => endsBefore(link, expires));
  const outcomes = await changeAll(links, { expires });
  const later = all.length - links.length;
  const n = (outcomes.get('changed')?.length ?? 0) + (outcomes.get('unchanged')?.length ?? 0);
  outcomes.delete('unchanged');
  const others = [later > 0 && say('many_ends_later', { n: later }), othersOf(outcomes)];
  tell([say('many_extended', { n }), ...others].filter(Boolean).join(' '), { tone: n > 0 ? 'good' : 'bad' });
  await then();
}

/**
 * Links as they are now, page by page until all of them came.
 * @param {readonly Link[]} links
 */
async function asTheyAre(links) {
  const ids = new Set(links.map(({ id }) => id));
  /** @type {Link[]} */
  const now = [];
  /** @type {string | undefined} */
  let cursor;
  do {
    const page = await listLinks(cursor);
    now.push(...page.links.filter(({ id }) => ids.has(id)));
    cursor = page.next ?? undefined;
  } while (cursor !== undefined && now.length < ids.size);
  return now;
}
