/** Whom a deed concerns of those who were chosen, said before anything happens: how many, and why not the others. */

import { Problem } from '../../../api.js';
import { getMember } from '../../../calls/members.js';
import { html } from '../../../lib/html.js';
import { useLoaded } from '../../../lib/loaded.js';
import { NotLoaded } from '../../../parts/admin/loaded.js';
import { waits } from '../member/state.js';
import { isUnsure, sorted } from './fits.js';
import { wordOf } from './outcomes.js';
import { usePreview } from './preview.js';
import { say } from './say.js';

/** @typedef {import('../../../calls/members.js').Deed} Deed */
/** @typedef {import('../../../calls/members.js').Outcome} Outcome */

/** Of how many people it is asked one by one whether a registration of theirs waits. */
const ASKED = 20;

/**
 * @template {import('./fits.js').Row & { id: string }} T
 * @typedef {object} Concerned
 * @property {readonly T[]} fit whom the deed is sent for
 * @property {number | undefined} n for how many of them it does something; nothing while that is being counted
 * @property {boolean} most whether it may be fewer than `n`
 * @property {ReadonlyMap<Outcome, number>} others how many are left out, by why
 * @property {unknown} problem why it could not be counted
 * @property {() => void} again counts again
 */

/**
 * @template {import('./fits.js').Row & { id: string }} T
 * @param {Deed} deed
 * @param {readonly T[]} people
 * @returns {Concerned<T>}
 */
export function useConcerned(deed, people) {
  const { fit, others } = sorted(deed, people);
  // Whether a registration of somebody waits is not in their row: they may have access, or come from an imported file.
  const unsure = deed === 'refusals' ? fit.filter((one) => isUnsure(deed, one)) : [];
  const few = unsure.length <= ASKED;
  const known = useWaiting(few ? unsure.map(({ id }) => id) : []);
  // What a grant would find of those who have access is what a refusal would take.
  const granted = few ? [] : unsure.filter(({ access }) => access === 'granted').map(({ id }) => id);
  const counted = usePreview(granted.length > 0 ? { members: granted } : undefined);
  const problem = known.problem ?? counted.problem;
  const again = () => void (known.problem === undefined ? counted.again() : known.again());
  const left = (/** @type {number} */ none) => (none > 0 ? new Map([...others, /** @type {const} */ (['nothing_pending', (others.get('nothing_pending') ?? 0) + none])]) : others);
  if (unsure.length === 0) return { fit, n: fit.length, most: false, others, problem, again };
  if (few) {
    if (known.data === undefined) return { fit, n: undefined, most: false, others, problem, again };
    const waiting = known.data;
    const rest = fit.filter((one) => !isUnsure(deed, one) || waiting.has(one.id));
    return { fit: rest, n: rest.length, most: false, others: left(fit.length - rest.length), problem, again };
  }
  if (granted.length > 0 && (!counted.so || !counted.whole)) return { fit, n: undefined, most: false, others, problem, again };
  const outcomes = counted.so?.outcomes ?? {};
  const none = granted.length === 0 ? 0 : granted.length - (outcomes.granted ?? 0) - (outcomes.link_full ?? 0);
  return { fit, n: fit.length - none, most: granted.length < unsure.length, others: left(none), problem, again };
}

/** Those of some people of whom a registration waits. @param {readonly string[]} ids */
const useWaiting = (ids) =>
  useLoaded(async () => {
    const waiting = await Promise.all(ids.map(async (id) => ((await isWaiting(id)) ? [id] : [])));
    return new Set(waiting.flat());
  }, [ids.join()]);

/** @param {string} id */
async function isWaiting(id) {
  try {
    return waits((await getMember(id)).enrollments);
  } catch (error) {
    // They were erased since.
    if (error instanceof Problem && error.code === 'not_found') return false;
    throw error;
  }
}

/**
 * @param {{ deed: Deed, word: 'refuse' | 'revoke' | 'restore' | 'send', all: number, concerned: Concerned<any> }} props
 */
export function WhomItConcerns({ deed, word, all, concerned: { n, most, others, problem, again } }) {
  if (problem !== undefined) return html`<${NotLoaded} problem=${problem} again=${async () => again()} />`;
  if (n === undefined) return html`<p class="quiet" role="status">${say('fit_begins')}</p>`;
  if (others.size === 0 && !most) return null;
  return html`<div class="stack" role="status">
    ${all > 1 && html`<p><strong>${say(most ? 'fit_refuse_most' : `fit_${word}`, { n, all })}</strong></p>`}
    ${most && html`<p class="quiet small">${say('fit_imported')}</p>`}
    <ul class="rows">
      ${[...others].map(([outcome, n]) => {
        const why = /** @type {'nothing_pending'} */ (wordOf(deed, outcome));
        return html`<li key=${outcome}><span>${say(`outcome_${why}`, { n })}<br /><span class="quiet small">${say(`advice_${why}`)}</span></span></li>`;
      })}
    </ul>
  </div>`;
}
