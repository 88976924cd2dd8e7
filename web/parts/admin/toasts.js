import { html } from '../../lib/html.js';
import { useOnce } from '../../lib/once.js';
import { tell, untell, useTold } from '../../lib/told.js';
import { say } from '../../pages/admin/say.js';
import { Icon } from './icon.js';
import { SignIn, tellTrouble } from './trouble.js';

/** What was just done, each with a way to take it back where there is one. */
export const Toasts = () =>
  html`<div class="toasts" role="status">${useTold().map((told) => html`<${Toast} key=${told.id} told=${told} />`)}</div>`;

/** @param {{ told: import('../../lib/told.js').Told }} props */
function Toast({ told: { id, text, tone, undo, signIn } }) {
  const [busy, once] = useOnce();
  const takeBack = async () => {
    try {
      await undo?.run();
      untell(id);
      tell(say('undone'));
    } catch (error) {
      tellTrouble(error);
    }
  };
  return html`<div class=${`toast ${tone}`}>
    <${Icon} name=${tone === 'good' ? 'tick' : 'warning'} />
    <p>${text}${signIn && html` <${SignIn} />`}</p>
    ${undo &&
    html`<button type="button" class="toast-button" aria-disabled=${busy ? 'true' : 'false'} onClick=${() => once(takeBack)}>
      <${Icon} name="undo" />${undo.label}
    </button>`}
    <button type="button" class="toast-button" aria-label=${say('dismiss')} onClick=${() => untell(id)}><${Icon} name="close" /></button>
  </div>`;
}
