/** How granting access will end, as the server counts it before anything happens. */

import { useEffect, useState } from 'preact/hooks';
import { Problem } from '../../../api.js';
import { AT_ONCE, previewGrants } from '../../../calls/members.js';
import { html } from '../../../lib/html.js';
import { CheckField } from '../../../parts/admin/fields.js';
import { NotLoaded } from '../../../parts/admin/loaded.js';
import { say } from './say.js';

/** @typedef {import('../../../calls/members.js').Preview} Preview */
/** @typedef {{ members: readonly string[] } | { filter: import('../../../calls/jobs.js').NewGrantFilter }} Whom */
/** @typedef {{ so: Preview | undefined, whole: boolean, problem: unknown, again: () => void }} Counted `so` is what was counted so far */

/** Whom a grant skips, in the order in which they are told. */
const SKIPPED = /** @type {const} */ (['link_full', 'rejected', 'revoked', 'already_granted', 'not_found']);

/**
 * @param {Whom | undefined} whom nobody is asked about without it
 * @returns {Counted}
 */
export function usePreview(whom) {
  const [state, setState] = useState(/** @type {{ so?: Preview, whole: boolean, problem?: unknown }} */ ({ whole: false }));
  const [tries, setTries] = useState(0);
  useEffect(() => {
    if (!whom) return undefined;
    let left = false;
    setState({ whole: false });
    (async () => {
      try {
        for await (const so of counts(whom)) {
          if (left) return;
          setState({ so, whole: false });
        }
        if (!left) setState(({ so }) => ({ so, whole: true }));
      } catch (problem) {
        if (!(problem instanceof Problem)) throw problem;
        if (!left) setState({ whole: false, problem });
      }
    })();
    return () => void (left = true);
  }, [JSON.stringify(whom), tries]);
  return { so: state.so, whole: state.whole, problem: state.problem, again: () => setTries((tries) => tries + 1) };
}

/** The counts, growing: those of a filter go on behind its cursor, those of people a hundred at a time. @param {Whom} whom */
async function* counts(whom) {
  /** @type {string | undefined} */
  let cursor;
  if ('filter' in whom) {
    do {
      const so = await previewGrants({ filter: whom.filter }, cursor);
      yield so;
      cursor = so.next ?? undefined;
    } while (cursor !== undefined);
    return;
  }
  for (let from = 0; from < whom.members.length; from += AT_ONCE) {
    const so = await previewGrants({ members: whom.members.slice(from, from + AT_ONCE) }, cursor);
    yield so;
    cursor = so.next ?? undefined;
  }
}

/**
 * How many will get access, once all are counted.
 * @param {Counted} counted
 * @param {boolean} includeRejected
 */
export function granted({ so, whole }, includeRejected) {
  if (!so || !whole) return undefined;
  const { granted = 0, rejected = 0 } = so.outcomes;
  return includeRejected ? granted + rejected : granted;
}

/**
 * Who will get access, who will not and why, and whether to include those whom an admin rejected.
 * @param {{ counted: Counted, includeRejected: boolean, setIncludeRejected: (on: boolean) => void }} props
 */
export function GrantPreview({ counted, includeRejected, setIncludeRejected }) {
  const { so, whole, problem, again } = counted;
  if (problem !== undefined) return html`<${NotLoaded} problem=${problem} again=${async () => again()} />`;
  const n = granted(counted, includeRejected);
  if (!so || !whole || n === undefined) return html`<p class="quiet" role="status">${so ? say('preview_counting', { n: so.people }) : say('preview_begins')}</p>`;
  const { rejected = 0 } = so.outcomes;
  const skipped = SKIPPED.filter((one) => (so.outcomes[one] ?? 0) > 0 && !(one === 'rejected' && includeRejected));
  return html`<div class="stack">
    <p><strong>${say('preview_granted', { n })}</strong></p>
    ${skipped.length > 0 &&
    html`<ul class="rows">
      ${skipped.map(
        (one) => html`<li key=${one}><span>${say(`skipped_${one}`)}<br /><span class="quiet small">${say(`next_${one}`)}</span></span><strong>${say('people_n', { n: so.outcomes[one] ?? 0 })}</strong></li>`,
      )}
    </ul>`}
    ${rejected > 0 && html`<${CheckField} id="include-rejected" label=${say('include_rejected', { n: rejected })} checked=${includeRejected} onChange=${setIncludeRejected} />`}
  </div>`;
}
