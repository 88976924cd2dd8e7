/** The translations of a link's texts as the form holds them, and as the API takes them. It knows no page. */

/** @typedef {import('../../../calls/worker.js').Translations} Translations */
/** @typedef {{ welcome: string, fields: Record<string, { label: string, options: Record<string, string> }> }} Translated texts in one language: of a question by the
 *   id of its row, of a choice by the choice */

/** @type {Translated} */
export const UNTRANSLATED = { welcome: '', fields: {} };

/** @param {Translations} translations @returns {Record<string, Translated>} */
export const translatedOf = (translations) =>
  mapped(translations, ({ welcome = '', fields = {} }) => ({ welcome, fields: mapped(fields, ({ label = '', options = {} }) => ({ label, options })) }));

/**
 * What is sent: what was translated of what is there.
 * @param {Record<string, Translated>} translated
 * @param {boolean} greets whether there is a welcome text
 * @param {readonly { id: string, key: string, options: string[] }[]} asked
 * @returns {Translations | null}
 */
export function translationsOf(translated, greets, asked) {
  const all = mapped(translated, ({ welcome, fields }) => {
    const questions = asked.map(({ id, key, options }) => {
      const { label = '', options: words = {} } = fields[id] ?? {};
      const chosen = written(options.map((option) => [option, words[option]?.trim() ?? '']));
      return [key, { ...(label.trim() && { label: label.trim() }), ...(filled(chosen) && { options: chosen }) }];
    });
    const texts = Object.fromEntries(questions.filter(([, texts]) => filled(/** @type {object} */ (texts))));
    return { ...(greets && welcome.trim() && { welcome: welcome.trim() }), ...(filled(texts) && { fields: texts }) };
  });
  const said = Object.entries(all).filter(([, texts]) => filled(texts));
  return said.length > 0 ? Object.fromEntries(said.sort(([one], [other]) => (one < other ? -1 : 1))) : null;
}

/** @param {object} texts */
const filled = (texts) => Object.keys(texts).length > 0;

/** @param {[string, string][]} texts */
const written = (texts) => Object.fromEntries(texts.filter(([, text]) => text !== ''));

/**
 * @template T, U
 * @param {Record<string, T>} values
 * @param {(value: T) => U} change
 * @returns {Record<string, U>}
 */
const mapped = (values, change) => Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));
