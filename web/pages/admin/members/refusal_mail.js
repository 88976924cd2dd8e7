/** The choice of a mail about a refusal: whether to send it, what the admin adds, and what it will say. */

import { html } from '../../../lib/html.js';
import { AreaField, CheckField } from '../../../parts/admin/fields.js';
import { organization } from '../who.js';
import { say } from './say.js';

/** @typedef {import('./refusal_draft.js').RefusalMailDraft} RefusalMailDraft */

/** The most characters of a message. */
const MAX = 500;

/** @param {{ mail: RefusalMailDraft, setMail: (mail: RefusalMailDraft) => void }} props */
export function RefusalMail({ mail, setMail }) {
  const { on, message, wrong } = mail;
  const field = { id: 'refusal-message', label: say('mail_message'), hint: say('mail_message_hint'), error: wrong, optional: true };
  return html`<${CheckField} id="refusal-mail" label=${say('mail_refused')} hint=${say('mail_refused_hint')} checked=${on} onChange=${(/** @type {boolean} */ on) => setMail({ ...mail, on })} />
    ${on &&
    html`<${AreaField} field=${field} value=${message} max=${MAX} onInput=${(/** @type {string} */ message) => setMail({ ...mail, message, wrong: '' })} />
      <${Preview} message=${message.trim()} />`}`;
}

/** @param {{ message: string }} props */
function Preview({ message }) {
  const { name } = organization();
  return html`<section class="stack" aria-labelledby="refusal-preview">
    <h3 class="label" id="refusal-preview">${say('mail_preview')}</h3>
    <div class="greeting stack small">
      <p class="greeting-title">${say('mail_preview_title', { organization: name })}</p>
      <p>${say('mail_preview_reason', { organization: name })}</p>
      ${message &&
      html`<p>${say('mail_preview_message', { organization: name })}</p>
        <blockquote class="welcome">${message}</blockquote>`}
      <p>${say('mail_preview_otherwise')}</p>
    </div>
  </section>`;
}
