import { html } from '../../../lib/html.js';
import { LANGUAGES, NAMES } from '../../../locales/languages.js';
import { AreaField, SelectField, TextField } from '../../../parts/admin/fields.js';
import { organization } from '../who.js';
import { say } from './form_say.js';
import { progressOf, textsOf, translated, translationOf } from './form_texts.js';

/** @typedef {import('./form_values.js').Values} Values */
/** @typedef {(change: Partial<Values>) => void} Edit */

/** The language in which the texts are written. @param {Values} values */
export const writtenIn = ({ text_language }) => text_language || organization().language;

/** The languages that there may be translations into, and those that there are. @param {Values} values */
export const intoWhich = (values) => LANGUAGES.filter((tag) => tag !== writtenIn(values) || progressOf(values, tag).n > 0);

/**
 * The welcome text and the questions in other languages.
 * @param {{ values: Values, errors: Record<string, string>, edit: Edit, tag: string, choose: (tag: string) => void }} props `tag` of the language that is
 *   looked at
 */
export function Languages({ values, errors, edit, tag, choose }) {
  const texts = textsOf(values);
  const into = intoWhich(values);
  const shown = into.includes(tag) ? tag : (into[0] ?? '');
  const counted = (/** @type {string} */ tag) => say('translated', { language: NAMES[tag] ?? tag, ...progressOf(values, tag) });
  return html`<div class="stack" id="translations" tabindex="-1" data-wrong=${errors['translations'] ? '' : undefined}>
    <p class="quiet small">${say('translations_text')}</p>
    ${errors['translations'] && html`<p class="error">${errors['translations']}</p>`}
    <div class="form-two">
      <${SelectField}
        field=${{ id: 'text-language', label: say('text_language'), error: errors['text_language'] }}
        value=${writtenIn(values)}
        onInput=${(/** @type {string} */ text_language) => edit({ text_language })}
        options=${LANGUAGES.map((tag) => [tag, NAMES[tag]])}
      />
      <${SelectField} field=${{ id: 'translate-into', label: say('translate_into') }} value=${shown} onInput=${choose} options=${into.map((tag) => [tag, counted(tag)])} />
    </div>
    ${texts.length === 0
      ? html`<p class="quiet small">${say('translate_nothing')}</p>`
      : html`<p class="small" role="status">${say('translated_of', { language: NAMES[shown] ?? shown, ...progressOf(values, shown) })}</p>`}
    ${texts.map((text) => html`<${One} key=${`${shown}-${text.kind}-${text.row}-${text.text}`} values=${values} tag=${shown} text=${text} edit=${edit} choose=${choose} />`)}
  </div>`;
}

/** @param {{ values: Values, tag: string, text: import('./form_texts.js').Text, edit: Edit, choose: (tag: string) => void }} props */
function One({ values, tag, text, edit, choose }) {
  const value = translationOf(values, tag, text);
  const at = textsOf(values).findIndex((other) => other.kind === text.kind && other.row === text.row && other.text === text.text);
  const field = {
    id: `translation-${tag}-${at}`,
    label: say(`translate_${text.kind}`, { text: text.text }),
    hint: value.trim() === '' ? say('translate_missing') : '',
    optional: true,
  };
  const set = (/** @type {string} */ words) => {
    // The preview is of what is being written.
    choose(tag);
    edit({ translations: translated(values, tag, text, words) });
  };
  return text.kind === 'welcome'
    ? html`<p class="welcome small" lang=${writtenIn(values)}>${text.text}</p>
        <${AreaField} field=${field} value=${value} max=${500} lang=${tag} onInput=${set} />`
    : html`<${TextField} field=${field} value=${value} max=${100} lang=${tag} onInput=${set} />`;
}
