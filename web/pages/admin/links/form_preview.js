import { useEffect, useState } from 'preact/hooks';
import { html } from '../../../lib/html.js';
import { fill, load, say as sayHere } from '../../../lib/language.js';
import { NAMES } from '../../../locales/languages.js';
import { SelectField } from '../../../parts/admin/fields.js';
import { Gives } from '../../../parts/gives.js';
import { organization } from '../who.js';
import { Given } from './given.js';
import { say } from './form_say.js';
import { intoWhich, writtenIn } from './form_languages.js';
import { translationOf } from './form_texts.js';
import { domainsIn } from './form_values.js';
import { publicGives } from './gives.js';

/** @typedef {import('./form_values.js').Values} Values */
/** @typedef {import('../../../calls/catalog.js').Catalog} Catalog */

/**
 * What people who join get, and what they read.
 * @param {{ values: Values, tag: string, choose: (tag: string) => void, catalog: Catalog }} props
 */
export function Preview({ values, tag, choose, catalog }) {
  return html`<div class="preview">
    <section class="box" aria-labelledby="preview-gives">
      <h2 id="preview-gives">${say('preview_gives')}</h2>
      <${Given} allocation=${values} catalog=${catalog} />
    </section>
    <section class="box" aria-labelledby="preview-join">
      <h2 id="preview-join">${say('preview_join')}</h2>
      ${Object.keys(values.translations).length > 0 &&
      html`<${SelectField}
        field=${{ id: 'preview-language', label: say('preview_language') }}
        value=${tag || writtenIn(values)}
        onInput=${choose}
        options=${[...new Set([writtenIn(values), ...intoWhich(values)])].map((tag) => [tag, NAMES[tag]])}
      />`}
      <${Greeting} values=${values} tag=${tag} catalog=${catalog} />
    </section>
  </div>`;
}

/**
 * The page's own texts in a language; those of the dashboard's language until they are loaded, and where they can't be.
 * @param {string} tag
 */
function useTexts(tag) {
  const [loaded, setLoaded] = useState(/** @type {{ tag: string, texts: import('../../../locales/en.js').Texts } | undefined} */ (undefined));
  useEffect(() => {
    if (tag === '') return;
    load(tag).then((texts) => setLoaded({ tag, texts }), () => setLoaded(undefined));
  }, [tag]);
  const texts = loaded?.tag === tag ? loaded.texts : undefined;
  /** @type {typeof sayHere} */
  const sayJoin = (key, values = {}) => (texts ? fill(texts[key], values) : sayHere(key, values));
  return { sayJoin, lang: texts && tag };
}

/** @param {{ values: Values, tag: string, catalog: Catalog }} props `tag` of the language that it is read in; nothing for the one of the texts */
function Greeting({ values, tag, catalog }) {
  const { admission, fields, only } = values;
  const { sayJoin, lang } = useTexts(tag);
  const read = (/** @type {import('./form_texts.js').Text} */ text) => (tag && translationOf(values, tag, text).trim()) || text.text;
  const welcome = read({ kind: 'welcome', row: '', text: values.welcome.trim() });
  const way = admission === 'approval' ? '_approval' : '';
  const { name } = organization();
  const domains = domainsIn(only);
  const gives = publicGives(values, catalog);
  return html`<div class="greeting stack" lang=${lang}>
    <p class="quiet small">${sayJoin('join_invites', { organization: name })}</p>
    <p class="greeting-title">${sayJoin(`join_heading${way}`)}</p>
    <div class="small"><${Gives} gives=${gives} say=${sayJoin} /></div>
    ${values.welcome.trim() && html`<p class="welcome">${welcome}</p>`}
    <p class="quiet small">${sayJoin(admission === 'approval' ? 'join_how_approval' : 'join_how_instant', { organization: name })}</p>
    <ul class="greeting-fields small">
      <li>${sayJoin('field_name')}</li>
      <li>${sayJoin('field_email')}${domains.length > 0 && html` <span class="quiet">${sayJoin('field_email_domains', { domains: domains.join(', ') })}</span>`}</li>
      ${fields.map(({ id, label, required }) => label.trim() && html`<li key=${id}>${read({ kind: 'question', row: id, text: label.trim() })}${!required && html` <span class="quiet">(${sayJoin('field_optional')})</span>`}</li>`)}
    </ul>
    <p class="greeting-button" aria-hidden="true">${sayJoin(`join_button${way}`)}</p>
  </div>`;
}
