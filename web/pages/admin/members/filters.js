import { useEffect, useState } from 'preact/hooks';
import { html, typed } from '../../../lib/html.js';
import { useNarrow } from '../../../lib/narrow.js';
import { CheckField, SelectField } from '../../../parts/admin/fields.js';
import { FilterFold } from '../../../parts/admin/filter_fold.js';
import { Field, controlOf } from '../../../parts/field.js';
import { say as sayAll } from '../say.js';
import { say } from './say.js';
import { Tabs } from './tabs.js';
import { KIND_WORDS } from './units.js';

/** How long the typing rests before it is searched for. */
const REST_MS = 300;

/**
 * Whom to show: everything that can be chosen, as it stands in the address.
 * @param {{ asked: import('../../../calls/members.js').Asked, search: string, names: import('./units.js').Names | undefined,
 *   counts: import('../../../calls/members.js').Counts | undefined, choose: (change: Record<string, string>) => void }} props
 */
export function Filters({ asked, search, names, counts, choose }) {
  const links = names?.links ?? [];
  const units = [...(names?.units.values() ?? [])];
  const narrow = useNarrow();
  const sought = html`<${Search} value=${search} onChange=${(/** @type {string} */ q) => choose({ q })} />`;
  return html`<div class="stack">
    ${narrow && sought}
    <${FilterFold} n=${[asked.access, asked.link, asked.unit, asked.mail].filter(Boolean).length}>
      <${Tabs} access=${asked.access} counts=${counts} choose=${choose} />
      <div class="filters">
        ${!narrow && sought}
        <${SelectField}
          field=${{ id: 'link', label: say('filter_link') }}
          value=${asked.link ?? ''}
          onInput=${(/** @type {string} */ link) => choose({ link })}
          options=${[['', say('any_link')], ...ofAddress(asked.link, links.map(({ id, name, state }) => [id, state === 'deleted' ? say('deleted_link', { name }) : name]))]}
        />
        <${SelectField}
          field=${{ id: 'unit', label: say('filter_unit') }}
          value=${asked.unit ?? ''}
          onInput=${(/** @type {string} */ unit) => choose({ unit })}
          options=${[['', say('any_unit')], ...ofAddress(asked.unit, units.map(({ id, name, kind }) => [id, `${sayAll(KIND_WORDS[kind])}: ${name}`]))]}
        />
      </div>
      <${CheckField} id="mail" label=${say('filter_mail')} checked=${asked.mail === 'trouble'} onChange=${(/** @type {boolean} */ on) => choose({ mail: on ? 'trouble' : '' })} />
    <//>
  </div>`;
}

/**
 * What stands in the address can be chosen even where it has no name any more.
 * @param {string | undefined} chosen
 * @param {[string, string][]} options
 * @returns {[string, string][]}
 */
const ofAddress = (chosen, options) => (chosen === undefined || options.some(([id]) => id === chosen) ? options : [[chosen, '…'], ...options]);

/** @param {{ value: string, onChange: (text: string) => void }} props */
function Search({ value, onChange }) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return undefined;
    const timer = setTimeout(() => onChange(text), REST_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return html`<div class="search field">
    <${Field} field=${{ id: 'search', label: sayAll('search'), optional: false }}>
      <input ...${controlOf({ id: 'search', label: '', optional: true })} class="input" type="search" maxlength="100" placeholder=${say('search_hint')} value=${text} onInput=${typed(setText)} />
    <//>
  </div>`;
}
