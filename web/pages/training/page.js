import { useState } from 'preact/hooks';
import { signOut } from '../../calls/worker.js';
import { html } from '../../lib/html.js';
import { say } from '../../lib/language.js';
import { useOnce } from '../../lib/once.js';
import { announce } from '../../lib/page.js';
import { wordsOf } from '../../lib/words.js';
import { Button } from '../../parts/button.js';
import { Contact } from '../../parts/contact.js';
import { Icon } from '../../parts/icon.js';
import { Logo } from '../../parts/logo.js';
import { Notice } from '../../parts/notice.js';
import { Modules } from './modules.js';
import { Name } from './name.js';
import { Nothing } from './nothing.js';
import { Registrations } from './registrations.js';

/** @typedef {import('../../calls/worker.js').Training} Training */

/**
 * What is there for somebody, and where they belong.
 * @param {{ training: Training, changed: boolean, again: () => Promise<void> }} props `changed`: the page showed another member before;
 * `again` shows what there is then
 */
export function TrainingPage({ training, changed, again }) {
  const { organization, modules } = training;
  const [member, setMember] = useState(training.member);
  return html`
    <${Top} training=${training} />
    ${changed && html`<${Notice} text=${say('error_other_member')} />`}
    <div class="sections">
      <h1 id="hello" tabindex="-1">${say('training_hello', { name: member.name })}</h1>
      ${member.name_confirmed === false &&
      html`<${Name} member=${member} confirmed=${(/** @type {string} */ name) => {
        setMember({ ...member, name, name_confirmed: true });
        announce(say('name_done'));
      }} />`}
      ${modules.length > 0 ? html`<${Modules} training=${training} />` : html`<${Nothing} training=${training} />`}
      <${Units} training=${training} />
      <${Registrations} training=${training} again=${again} />
      ${organization.support_contact &&
      html`<p class="quiet">${around('training_contact', 'contact', html`<${Contact} contact=${organization.support_contact} />`)}</p>`}
    </div>
  `;
}

/** @param {{ training: Training }} props */
function Top({ training }) {
  const [problem, setProblem] = useState(/** @type {unknown} */ (undefined));
  const [busy, once] = useOnce();
  async function leave() {
    setProblem(undefined);
    try {
      await signOut();
      location.replace('/sign-in');
    } catch (error) {
      setProblem(error);
    }
  }
  return html`<header class="top">
      <div class="who">
        <${Logo} logo=${training.organization.logo} />
        <p class="eyebrow">${training.organization.name}</p>
      </div>
      <div class="actions">
        ${training.member.role === 'admin' && html`<a href="/admin">${say('training_admin')}</a>`}
        <${Button} label=${say('sign_out')} busy=${busy} onClick=${() => once(leave)} look="plain slim" />
      </div>
    </header>
    ${problem !== undefined && html`<${Notice} text=${wordsOf(problem)} />`}`;
}

/** @param {{ training: Training }} props */
function Units({ training }) {
  const kinds = /** @type {const} */ ([
    ['groups', 'training_group'],
    ['sites', 'training_site'],
    ['regions', 'training_region'],
  ]);
  const units = kinds.flatMap(([kind, word]) => training[kind].map((unit) => ({ kind, word, unit })));
  if (units.length === 0) return null;
  return html`<section class="stack" aria-labelledby="units">
    <h2 id="units">${say('training_units')}</h2>
    <ul class="units">
      ${units.map(
        ({ kind, word, unit }) => html`<li class="unit" key=${unit.id}>
          <${Icon} name=${kind} /><span><span class="quiet">${say(word)}</span> ${unit.name}</span>
        </li>`,
      )}
    </ul>
  </section>`;
}

/**
 * A text with markup in the place of one of its values.
 * @param {keyof import('../../lib/language.js').Texts} key
 * @param {string} name
 * @param {import('preact').VNode} value
 */
function around(key, name, value) {
  const [before, after] = say(key).split(`{${name}}`);
  return html`${before}${value}${after}`;
}
