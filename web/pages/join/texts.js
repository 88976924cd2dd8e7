/** The texts of a link in the reader's language, where there is a translation; else as they were written. It knows no page. */

import { speaks } from '../../lib/language.js';

/** @typedef {import('../../calls/worker.js').PublicLink} PublicLink */
/** @typedef {{ text: string, lang?: string }} Said `lang`: the language of a text that is in another than the page */

/**
 * @param {PublicLink} link
 * @param {string} written the text as it was written
 * @param {string} [translated]
 * @returns {Said}
 */
function said({ text_language: lang }, written, translated) {
  if (translated) return { text: translated };
  return lang === speaks() ? { text: written } : { text: written, lang };
}

/** @param {PublicLink} link */
export const welcomeOf = (link) => said(link, link.welcome ?? '', link.translations[speaks()]?.welcome);

/**
 * The label of a question, and the words of an option of it.
 * @param {PublicLink} link
 * @param {import('../../calls/worker.js').Asked} question
 */
export function questionOf(link, { key, label }) {
  const texts = link.translations[speaks()]?.fields?.[key];
  return { label: said(link, label, texts?.label), words: (/** @type {string} */ option) => said(link, option, texts?.options?.[option]) };
}
