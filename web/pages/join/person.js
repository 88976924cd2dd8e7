import { html, typed } from '../../lib/html.js';
import { say } from '../../lib/language.js';
import { Field, controlOf } from '../../parts/field.js';
import { listed } from './registration.js';

/**
 * Name and address, and a trap for programs.
 * @param {{
 *   link: import('../../calls/worker.js').PublicLink,
 *   draft: import('./registration.js').Draft,
 *   errors: Record<string, string>,
 *   change: (change: Partial<import('./registration.js').Draft>) => void,
 * }} props
 */
export function Person({ link, draft, errors, change }) {
  const name = { id: 'name', label: say('field_name'), error: errors['name'] };
  const hint = link.domains
    ? say('field_email_domains', { domains: listed(link.domains) })
    : say('field_email_hint', { organization: link.organization });
  const email = { id: 'email', label: say('field_email'), hint, error: errors['email'] };
  return html`
    <${Field} field=${name}>
      <input ...${controlOf(name)} class="input" name="name" autocomplete="name" autocapitalize="words" maxlength="100"
        value=${draft.name} onInput=${typed((name) => change({ name }))} />
    <//>
    <${Field} field=${email}>
      <input ...${controlOf(email)} class="input" name="email" type="email" inputmode="email" autocomplete="email"
        autocapitalize="none" spellcheck="false" maxlength="254"
        value=${draft.email} onInput=${typed((email) => change({ email }))} />
    <//>
    <div class="elsewhere" aria-hidden="true">
      <label>${say('field_website')}
        <input name="website" tabindex="-1" autocomplete="off" value=${draft.website}
          onInput=${typed((website) => change({ website }))} />
      </label>
    </div>
  `;
}
