/** All members that are asked for, however many pages they are. */

import { AT_ONCE, listMembers } from '../../../calls/members.js';

/** @typedef {import('../../../calls/members.js').Member} Member */

/**
 * @param {import('../../../calls/members.js').Asked} asked
 * @param {(n: number) => void} so told how many came so far
 * @param {() => boolean} stopped
 * @returns {Promise<Member[] | undefined>} nothing if it was stopped
 */
export async function walk(asked, so, stopped) {
  /** @type {Map<string, Member>} */
  const members = new Map();
  /** @type {string | undefined} */
  let cursor;
  do {
    const page = await listMembers(asked, cursor, AT_ONCE);
    if (stopped()) return undefined;
    // Whoever changes their access meanwhile may come twice.
    for (const member of page.members) members.set(member.id, member);
    so(members.size);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return [...members.values()];
}
