/** Whom a deed concerns of those who were chosen, said before anything happens: how many, and why not the others. */

import { html } from '../../../lib/html.js';
import { NotLoaded } from '../../../parts/admin/loaded.js';
import { isUnsure, sorted } from './fits.js';
import { wordOf } from './outcomes.js';
import { usePreview } from './preview.js';
import { say } from './say.js';

/** @typedef {import('../../../calls/members.js').Deed} Deed */
/** @typedef {import('../../../calls/members.js').Outcome} Outcome */

/**
 * @template {import('./fits.js').Row & { id: string }} T
 * @typedef {object} Concerned
 * @property {readonly T[]} fit whom the deed is sent for
 * @property {number | undefined} n for how many of them it does something; nothing while that is being counted
 * @property {ReadonlyMap<Outcome, number>} others how many are left out, by why
 * @property {ReturnType<typeof usePreview>} counted
 */

/**
 * @template {import('./fits.js').Row & { id: string }} T
 * @param {Deed} deed
 * @param {readonly T[]} people
 * @returns {Concerned<T>}
 */
export function useConcerned(deed, people) {
  const { fit, others } = sorted(deed, people);
  // Whether a registration of somebody with access waits is not in their row: what a grant would find is what a refusal would take.
  const unsure = deed === 'refusals' ? fit.filter((one) => isUnsure(deed, one)).map(({ id }) => id) : [];
  const counted = usePreview(unsure.length > 0 ? { members: unsure } : undefined);
  if (unsure.length === 0) return { fit, n: fit.length, others, counted };
  if (!counted.so || !counted.whole) return { fit, n: undefined, others, counted };
  const { granted = 0, link_full = 0 } = counted.so.outcomes;
  const none = unsure.length - granted - link_full;
  const all = new Map(others);
  if (none > 0) all.set('nothing_pending', (others.get('nothing_pending') ?? 0) + none);
  // If nothing waits for any of them, they are left alone.
  return { fit: none === unsure.length ? fit.filter((one) => !isUnsure(deed, one)) : fit, n: fit.length - none, others: all, counted };
}

/**
 * @param {{ deed: Deed, word: 'refuse' | 'revoke' | 'restore' | 'send', all: number, concerned: Concerned<any> }} props
 */
export function WhomItConcerns({ deed, word, all, concerned: { n, others, counted } }) {
  if (counted.problem !== undefined) return html`<${NotLoaded} problem=${counted.problem} again=${async () => counted.again()} />`;
  if (n === undefined) return html`<p class="quiet" role="status">${say('fit_begins')}</p>`;
  if (others.size === 0) return null;
  return html`<div class="stack" role="status">
    ${all > 1 && html`<p><strong>${say(`fit_${word}`, { n, all })}</strong></p>`}
    <ul class="rows">
      ${[...others].map(([outcome, n]) => {
        const why = /** @type {'nothing_pending'} */ (wordOf(deed, outcome));
        return html`<li key=${outcome}><span>${say(`outcome_${why}`, { n })}<br /><span class="quiet small">${say(`advice_${why}`)}</span></span></li>`;
      })}
    </ul>
  </div>`;
}
