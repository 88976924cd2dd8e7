import { html } from '../../lib/html.js';
import { say } from '../../lib/language.js';
import { Panel } from '../../parts/panel.js';

/**
 * Says that the browser did not keep the session, and what to do.
 * @param {{ spent: boolean, next: () => void }} props whether the login link is spent, so that a new one is needed; what the button does
 */
export const NotKept = ({ spent, next }) =>
  html`<${Panel} icon="alert" tone="bad" heading=${say(spent ? 'sign_in_not_kept' : 'sign_in_blocked')}>
    <p>${say('sign_in_not_kept_text')}</p>
    <p>${say(spent ? 'sign_in_not_kept_spent' : 'sign_in_not_kept_still_good')}</p>
    <p><button type="button" class="button wide" onClick=${next}>${say(spent ? 'sign_in_send' : 'try_again')}</button></p>
  <//>`;
