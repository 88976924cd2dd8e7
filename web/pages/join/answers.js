import { html, typed } from '../../lib/html.js';
import { say } from '../../lib/language.js';
import { Choices, Field, controlOf } from '../../parts/field.js';
import { questionOf } from './texts.js';

/** Up to so many choices are all shown; more are a list to open. */
const IN_SIGHT = 4;

/**
 * @typedef {import('../../calls/worker.js').Asked} Asked
 * @typedef {import('../../calls/worker.js').PublicLink} PublicLink
 * @typedef {Record<string, string>} Typed
 */

/**
 * What the link asks beside name and address.
 * @param {{ link: PublicLink, answers: Typed, errors: Typed, change: (answers: Typed) => void }} props
 */
export const Answers = ({ link, answers, errors, change }) =>
  html`${link.fields.map(
    (question) => html`<${Answer}
      key=${question.key}
      link=${link}
      question=${question}
      value=${answers[question.key] ?? ''}
      error=${errors[`answers.${question.key}`]}
      set=${(/** @type {string} */ value) => change({ ...answers, [question.key]: value })}
    />`,
  )}`;

/** @param {{ link: PublicLink, question: Asked, value: string, error?: string, set: (value: string) => void }} props */
function Answer({ link, question, value, error, set }) {
  const { label, words } = questionOf(link, question);
  const field = { id: `answer-${question.key}`, label: label.text, lang: label.lang, error, optional: !question.required };
  const options = question.options ?? [];
  if (question.kind === 'choice' && options.length <= IN_SIGHT) {
    return html`<${Choices} field=${field} options=${options} words=${words} value=${value} onChange=${typed(set)} />`;
  }
  return html`<${Field} field=${field}><${Control} words=${words} question=${question} field=${field} value=${value} set=${set} /><//>`;
}

/**
 * @param {{ question: Asked, words: (option: string) => import('./texts.js').Said, field: import('../../parts/field.js').FieldProps, value: string, set: (value: string) => void }} props
 */
function Control({ question, words, field, value, set }) {
  const shared = { ...controlOf(field), class: 'input', value, onInput: typed(set) };
  switch (question.kind) {
    case 'choice':
      return html`<select ...${shared}>
        <option value="">${say('field_choose')}</option>
        ${(question.options ?? []).map((option) => {
          const { text, lang } = words(option);
          return html`<option key=${option} value=${option} lang=${lang}>${text}</option>`;
        })}
      </select>`;
    case 'number':
      return html`<input ...${shared} inputmode="decimal" autocomplete="off" />`;
    case 'date':
      return html`<input ...${shared} type="date" />`;
    default:
      return html`<input ...${shared} maxlength="200" autocomplete="off" />`;
  }
}
