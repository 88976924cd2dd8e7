import { useEffect, useRef, useState } from 'preact/hooks';
import { Problem } from '../../../api.js';
import { getOrganization, updateOrganization } from '../../../calls/organization.js';
import { useDraft } from '../../../lib/draft.js';
import { focusSoon } from '../../../lib/focus.js';
import { html } from '../../../lib/html.js';
import { spoken } from '../../../lib/language.js';
import { useOnce } from '../../../lib/once.js';
import { tell } from '../../../lib/told.js';
import { SelectField, TextField } from '../../../parts/admin/fields.js';
import { Trouble } from '../../../parts/admin/trouble.js';
import { focusWrong } from '../../../parts/admin/wrong.js';
import { Button } from '../../../parts/button.js';
import { hiddenWords } from '../hidden.js';
import { say as sayAll } from '../say.js';
import { organizationIs } from '../who.js';
import { AccentField } from './accent.js';
import { say } from './say.js';
import { clockOf, zones } from './zones.js';

/** @typedef {import('../../../calls/organization.js').Organization} Organization */
/** @typedef {{ name: string, time_zone: string, language: string, support_contact: string, accent_color: string }} Draft */

const FIELDS = /** @type {const} */ (['name', 'time_zone', 'language', 'support_contact', 'accent_color']);
const LANGUAGES = /** @type {const} */ (['en', 'es', 'de', 'pl']);

/** @param {Organization} organization @returns {Draft} */
const draftOf = ({ name, time_zone, language, support_contact, accent_color }) => ({
  name,
  time_zone,
  language,
  support_contact: support_contact ?? '',
  accent_color: accent_color ?? '',
});

/** What may be empty. */
const OPTIONAL = ['support_contact', 'accent_color'];

/** What is to be sent of a draft: what differs from what is there. @param {Draft} draft @param {Organization} organization */
function changeOf(draft, organization) {
  const is = draftOf(organization);
  const changed = FIELDS.filter((field) => draft[field].trim() !== is[field]).map((field) => [field, draft[field].trim()]);
  return Object.fromEntries(changed.map(([field = '', value = '']) => [field, value === '' && OPTIONAL.includes(field) ? null : value]));
}

/** @param {{ organization: Organization, then: (change: () => Organization) => void }} props */
export function SettingsForm({ organization, then }) {
  const { draft, edit, edited, forget } = useDraft('admin-settings', draftOf(organization));
  const [restored] = useState(edited);
  const [problem, setProblem] = useState(/** @type {Problem | undefined} */ (undefined));
  const [theirs, setTheirs] = useState(/** @type {Organization | undefined} */ (undefined));
  const [busy, once] = useOnce();
  const form = useRef(/** @type {HTMLFormElement | null} */ (null));
  useEffect(() => focusWrong(form.current, problem), [problem]);
  const now = theirs ?? organization;

  /** @param {Organization} is @param {Partial<import('../../../calls/organization.js').Settings>} back */
  function saved(is, back) {
    forget();
    organizationIs(is);
    const undo = async () => {
      const was = await updateOrganization({ version: is.version, ...back });
      organizationIs(was);
      then(() => was);
    };
    tell(sayAll('saved'), { undo: { label: sayAll('undo'), run: undo } });
    then(() => is);
    focusSoon('settings');
  }

  async function send() {
    setProblem(undefined);
    const change = changeOf(draft, now);
    if (Object.keys(change).length === 0) return tell(say('nothing_changed'));
    try {
      const is = await updateOrganization({ version: now.version, ...change });
      saved(is, Object.fromEntries(FIELDS.filter((field) => field in change).map((field) => [field, now[field]])));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      setProblem(error);
      if (error.code === 'version_conflict') await look();
    }
  }
  /** Looks at what somebody else saved, so that it can be seen before it is overwritten. */
  async function look() {
    try {
      setTheirs(await getOrganization());
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      setProblem(error);
    }
  }

  const error = (/** @type {typeof FIELDS[number]} */ field) => (problem && Object.hasOwn(problem.fields, field) ? (hiddenWords(problem.fields[field]) ?? say(`wrong_${field}`)) : undefined);
  const hint = (/** @type {typeof FIELDS[number]} */ field) => {
    const words = say(`hint_${field}`);
    if (!theirs || draftOf(theirs)[field] === draftOf(organization)[field]) return words;
    const value = draftOf(theirs)[field];
    return `${words} ${value ? say('theirs', { value }) : say('theirs_none')}`;
  };
  const field = (/** @type {typeof FIELDS[number]} */ name) => ({ id: `organization-${name}`, label: say(name), hint: hint(name), error: error(name), optional: OPTIONAL.includes(name) });
  const time = clockOf(draft.time_zone, spoken());
  const onSubmit = (/** @type {Event} */ event) => {
    event.preventDefault();
    void once(send);
  };
  return html`<form class="box form narrow" id="settings" tabindex="-1" aria-label=${say('title')} novalidate ref=${form} onSubmit=${onSubmit}>
    ${restored && edited && html`<p class="small">${sayAll('draft_kept')} <button type="button" class="link" onClick=${() => edit(draftOf(organization))}>${sayAll('draft_drop')}</button></p>`}
    <${TextField} field=${field('name')} value=${draft.name} max=${100} onInput=${(/** @type {string} */ name) => edit({ name })} autocomplete="off" />
    <div class="stack">
      <${TextField} field=${field('time_zone')} value=${draft.time_zone} onInput=${(/** @type {string} */ time_zone) => edit({ time_zone })} list="zones" autocomplete="off" spellcheck=${false} />
      ${time && html`<p class="hint">${say('time_now', { time })}</p>`}
      <datalist id="zones">${zones(organization.time_zone).map((zone) => html`<option key=${zone} value=${zone}></option>`)}</datalist>
    </div>
    <${SelectField}
      field=${field('language')}
      value=${draft.language}
      onInput=${(/** @type {string} */ language) => edit({ language })}
      options=${LANGUAGES.map((one) => [one, say(`language_${one}`)])}
    />
    <${TextField} field=${field('support_contact')} value=${draft.support_contact} max=${254} onInput=${(/** @type {string} */ support_contact) => edit({ support_contact })} autocomplete="off" />
    <${AccentField} field=${field('accent_color')} value=${draft.accent_color} onInput=${(/** @type {string} */ accent_color) => edit({ accent_color })} />
    ${problem && html`<${Trouble} problem=${problem} text=${problem.code === 'version_conflict' && theirs ? say('conflict') : undefined} />`}
    <div class="form-foot"><${Button} label=${sayAll('save')} busy=${busy} look="slim" /></div>
  </form>`;
}
