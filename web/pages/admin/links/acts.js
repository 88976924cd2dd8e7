/** What is done with links, and what is said of it. */

import { Problem } from '../../../api.js';
import { changeLinks, deleteLink, duplicateLink, getLink, regenerateLink } from '../../../calls/links.js';
import { tell } from '../../../lib/told.js';
import { say as sayAll } from '../say.js';
import { admin } from '../who.js';
import { say } from './say.js';

/** @typedef {import('../../../calls/links.js').Link} Link */
/** @typedef {import('../../../calls/links.js').Change} Change */
/** @typedef {import('../../../calls/links.js').ChangeResult['outcome']} Outcome */

/** How many links one call changes. */
const AT_ONCE = 100;

/**
 * Changes many links, a hundred a call.
 * @param {readonly Link[]} links
 * @param {Change} change
 * @returns {Promise<Map<Outcome, string[]>>} their ids by what became of them
 */
export async function changeAll(links, change) {
  /** @type {Map<Outcome, string[]>} */
  const outcomes = new Map();
  for (let from = 0; from < links.length; from += AT_ONCE) {
    const ids = links.slice(from, from + AT_ONCE).map(({ id }) => id);
    const { results } = await changeLinks(ids, change);
    for (const { id, outcome } of results) outcomes.set(outcome, [...(outcomes.get(outcome) ?? []), id]);
  }
  return outcomes;
}

/**
 * Switches links off or on, and says how many, with a way back.
 * @param {readonly Link[]} links
 * @param {'active' | 'inactive'} state
 * @param {() => Promise<void>} then shows them as they are
 */
export async function switchAll(links, state, then) {
  const outcomes = await changeAll(links, { state });
  const changed = links.filter(({ id }) => outcomes.get('changed')?.includes(id));
  const back = state === 'active' ? 'inactive' : 'active';
  const undo = {
    label: sayAll('undo'),
    run: async () => {
      await changeAll(changed, { state: back });
      await then();
    },
  };
  const one = links.length === 1 && links[0];
  const done = one ? say(back === 'active' ? 'deactivated' : 'reactivated', { name: one.name }) : say(back === 'active' ? 'many_deactivated' : 'many_reactivated', { n: changed.length });
  if (changed.length > 0 || !one) tell(`${done} ${othersOf(outcomes)}`.trim(), changed.length > 0 ? { undo } : {});
  else tell(othersOf(outcomes), { tone: 'bad' });
  await then();
  return outcomes;
}

/**
 * What became of those that were not changed.
 * @param {Map<Outcome, string[]>} outcomes
 */
export function othersOf(outcomes) {
  const others = /** @type {const} */ (['unchanged', 'starts_later', 'not_found', 'unavailable']);
  return others.flatMap((outcome) => (outcomes.has(outcome) ? [say(`many_${outcome}`, { n: outcomes.get(outcome)?.length ?? 0 })] : [])).join(' ');
}

/** @param {Link} link */
export async function renew(link) {
  try {
    await regenerateLink(link);
  } catch (error) {
    if (!(await isRenewed(link, error))) throw error;
  }
  tell(say('regenerated', { name: link.name }));
}

/**
 * Whether the new code is there, as this admin wanted it: the answer that said so was lost.
 * @param {Link} link as it was seen
 * @param {unknown} error
 */
async function isRenewed(link, error) {
  if (!(error instanceof Problem) || error.code !== 'version_conflict') return false;
  const { version, code, code_replaced_by } = await getLink(link.id);
  return version === link.version + 1 && code !== link.code && code_replaced_by === admin().id;
}

/** @param {Link} link */
export async function remove(link) {
  await deleteLink(link.id);
  tell(say('deleted', { name: link.name }));
}

/**
 * @param {Link} link
 * @param {string} name
 * @param {string} key so that a copy that is asked for again is made once
 */
export async function duplicate(link, name, key) {
  const copy = await duplicateLink(link.id, name, key);
  tell(say('duplicated', { name: copy.name }));
  return copy;
}

