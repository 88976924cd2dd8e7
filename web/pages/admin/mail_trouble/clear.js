import { useRef, useState } from 'preact/hooks';
import { Problem } from '../../../api.js';
import { clearSuppression } from '../../../calls/members.js';
import { html } from '../../../lib/html.js';
import { tell } from '../../../lib/told.js';
import { Bar } from '../../../parts/admin/bar.js';
import { Confirm } from '../../../parts/admin/confirm.js';
import { say } from './say.js';

/** @typedef {import('../../../calls/suppressions.js').Suppression} Suppression */

/**
 * Asks before addresses are mailed again, and says how far it is.
 * @param {{ all: readonly Suppression[], onClose: () => void, then: () => Promise<void> }} props
 */
export function Clear({ all, onClose, then }) {
  const done = useRef(/** @type {Set<string>} */ (new Set()));
  const [n, setN] = useState(0);
  const one = all.length === 1 ? all[0] : undefined;
  async function run() {
    // What was done before a call failed is not done again.
    for (const { member } of all.filter(({ member }) => !done.current.has(member.id))) {
      try {
        await clearSuppression(member.id);
      } catch (error) {
        // Another admin was first, or the member is gone.
        if (!(error instanceof Problem && error.code === 'not_found')) throw error;
      }
      done.current.add(member.id);
      setN(done.current.size);
    }
    tell(one ? say('cleared', { name: one.member.name }) : say('cleared_many', { n: all.length }));
    await then();
  }
  const close = () => {
    onClose();
    // Some may be done, though not all.
    if (done.current.size > 0 && done.current.size < all.length) void then();
  };
  return html`<${Confirm} title=${one ? say('clear_title', { name: one.member.name }) : say('clear_many_title', { n: all.length })} label=${say('clear')} onClose=${close} run=${run}>
    <p>${say('clear_text')}</p>
    <p>${say('clear_then')}</p>
    ${n > 0 && !one && html`<p role="status">${say('clearing', { n })}</p><${Bar} part=${n} of=${all.length} />`}
  <//>`;
}
